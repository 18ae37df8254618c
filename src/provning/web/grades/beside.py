"""What stood beside a grade that is taken away, so that undoing it brings everything back.

It travels in the person's own page, signed and tied to its placement, like `identity.kept`.
"""

from dataclasses import asdict
from uuid import UUID

from django.core import signing

from provning.grading.rows import DraftResult, Particulars

SALT = "provning.beside"
LIFETIME = 12 * 60 * 60


def beside_token(result: DraftResult) -> str:
    """Return what a saved row took away with the grade, "" when it was nothing."""
    if result.value or result.before is None or result.before == Particulars():
        return ""
    kept = [str(result.placement_id), asdict(result.before)]
    return signing.dumps(kept, salt=SALT, compress=True)


def read_beside(token: str, placement_id: UUID) -> Particulars | None:
    """Return what a token brings back to the placement, None when it is not ours or another's."""
    try:
        key, kept = signing.loads(token, salt=SALT, max_age=LIFETIME)
    except signing.BadSignature:
        return None
    return Particulars(**kept) if key == str(placement_id) else None
