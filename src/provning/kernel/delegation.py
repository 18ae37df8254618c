"""Delegation: what rektor has let somebody else decide, and how the decision says so."""

import re
from typing import Final

DELEGATION_LAW: Final = "Skollagen 2 kap. 10 §"


SAID: Final = re.compile(rf"På delegation av (.+), {re.escape(DELEGATION_LAW)}\.$")


def on_delegation(reason: str, delegated_by: str) -> str:
    """Return the reason of a decision with whose delegation it was made on, "" stays "".

    `delegated_by` is rektor's name, "" when the decision is made by right of one's own.
    """
    if not reason or not delegated_by:
        return reason
    return f"{reason.rstrip('.')}. På delegation av {delegated_by}, {DELEGATION_LAW}."


def delegator_in(reason: str) -> str:
    """Return the rektor whom `on_delegation` named in a decision's reason, "" for nobody."""
    found = SAID.search(reason)
    return found[1] if found else ""
