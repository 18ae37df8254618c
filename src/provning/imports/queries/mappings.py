"""How columns were matched by hand before; for imports and whoever else reads the same files."""

from provning.imports.models import ColumnMapping
from provning.imports.policies import Place
from provning.imports.reading import headers_digest


def saved_mapping(place: Place, purpose: str, headers: list[str]) -> dict[str, str]:
    """Return what each header of such a file means: the provider's own, else the organiser's.

    Empty when nobody has matched such headers. The answer is for `tables.match_columns`.
    """
    found = ColumnMapping.objects.filter(
        organiser_id=place.organiser_id, purpose=purpose, headers_sha256=headers_digest(headers)
    )
    own = {each.provider_id: dict(each.columns) for each in found}
    return own.get(place.provider_id) or own.get(None) or {}
