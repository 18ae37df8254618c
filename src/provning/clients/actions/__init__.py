"""The only writes of clients, their keys and their calls."""

from provning.clients.actions.calling import Refusal, begin_call, end_call, issue_token
from provning.clients.actions.disposal import dispose_calls, dispose_tokens
from provning.clients.actions.managing import create_client, revoke_client, rotate_client

__all__ = [
    "Refusal",
    "begin_call",
    "create_client",
    "dispose_calls",
    "dispose_tokens",
    "end_call",
    "issue_token",
    "revoke_client",
    "rotate_client",
]
