"""The names of what happens to subscriptions."""

from provning.audit.registry import register_event

SUBSCRIBED = register_event("ss12000_subscribed", "{client} prenumererar på ändringar.")
UNSUBSCRIBED = register_event("ss12000_unsubscribed", "{client} slutade prenumerera.")
