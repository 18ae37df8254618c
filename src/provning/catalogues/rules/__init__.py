"""What a catalogue needs before it is made, and before it is signed: pure."""

from provning.catalogues.rules.electronic import (
    Finding,
    electronic_stays,
    file_findings,
    may_sign_electronically,
    method_problems,
    signing_form_used,
)
from provning.catalogues.rules.making import (
    all_withdrawn,
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
    PRINCIPAL,
    SigningState,
    already_withdrawn,
    covers,
    no_principal,
    reason_problems,
    signed_meanwhile,
    signing_problems,
)

__all__ = [
    "PRINCIPAL",
    "Finding",
    "SigningState",
    "all_withdrawn",
    "already_withdrawn",
    "covers",
    "document_ids",
    "electronic_stays",
    "file_findings",
    "is_preliminary",
    "is_stuck",
    "kept_per_teacher",
    "kept_whole",
    "made_meanwhile",
    "may_sign_electronically",
    "method_problems",
    "no_principal",
    "nothing_decided",
    "order_form_used",
    "reason_problems",
    "signed_meanwhile",
    "signing_form_used",
    "signing_problems",
    "teacher_has_none",
]
