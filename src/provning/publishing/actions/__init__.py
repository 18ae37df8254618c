"""The only writes of subscriptions and of what clients report."""

from provning.publishing.actions.reporting import dispose_reports, report
from provning.publishing.actions.subscribing import renew, subscribe, unsubscribe
from provning.publishing.actions.telling import clear_finished_calls, tell_subscribers

__all__ = [
    "clear_finished_calls",
    "dispose_reports",
    "renew",
    "report",
    "subscribe",
    "tell_subscribers",
    "unsubscribe",
]
