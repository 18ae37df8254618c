"""The only writes to requests: sent by a provider, handled by Vuxenutbildningscentrum."""

from provning.applications.actions.handling import (
    answer_request,
    ask_back,
    refuse_request,
    withdraw_request,
)
from provning.applications.actions.registering import register_requested
from provning.applications.actions.sending import send_request

__all__ = [
    "answer_request",
    "ask_back",
    "refuse_request",
    "register_requested",
    "send_request",
    "withdraw_request",
]
