"""What a catalogue needs before it is made, and before it is signed: pure."""

from provning.catalogues.rules.making import (
    all_withdrawn,
    another_under_way,
    copy_problems,
    document_ids,
    is_preliminary,
    is_stuck,
    kept_per_teacher,
    kept_whole,
    made_meanwhile,
    nothing_decided,
    order_form_used,
    teacher_has_none,
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
    "all_withdrawn",
    "already_withdrawn",
    "another_under_way",
    "copy_problems",
    "covers",
    "document_ids",
    "is_preliminary",
    "is_stuck",
    "kept_per_teacher",
    "kept_whole",
    "made_meanwhile",
    "no_principal",
    "nothing_decided",
    "order_form_used",
    "reason_problems",
    "signed_meanwhile",
    "signing_problems",
    "teacher_has_none",
]
