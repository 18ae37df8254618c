"""What a catalogue needs before it is made, and before it is signed: pure."""

from provning.catalogues.rules.making import (
    document_ids,
    is_preliminary,
    is_stuck,
    made_meanwhile,
    nothing_decided,
    order_form_used,
)
from provning.catalogues.rules.signing import (
    SigningState,
    already_withdrawn,
    covers,
    no_principal,
    reason_problems,
    signed_meanwhile,
    signing_problems,
)

__all__ = [
    "SigningState",
    "already_withdrawn",
    "covers",
    "document_ids",
    "is_preliminary",
    "is_stuck",
    "made_meanwhile",
    "no_principal",
    "nothing_decided",
    "order_form_used",
    "reason_problems",
    "signed_meanwhile",
    "signing_problems",
]
