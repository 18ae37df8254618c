"""What every prövningsgrupp and placement has, so that nobody types it (Manual s. 1-2)."""

from typing import Final

SCHOOL_FORM: Final = "KV"
"""Skolform: the manual covers kommunal vuxenutbildning only (Manual s. 1)."""

MEASURE: Final = "PRÖ"
"""Utbildningsåtgärd of the group (Manual s. 1)."""

TIME_OF_DAY: Final = "Annat"
"""Dag eller Kväll of the group (Manual s. 1)."""

DISTANCE: Final = True
"""Distansundervisning is ticked on the group (Manual s. 1)."""

PLACEMENT_STATUS: Final = "Prövning"
"""Status of every placement in a prövningsgrupp (Manual s. 2)."""

STUDY_ACTIVE: Final = True
"""Studieaktiv is Ja on every placement in a prövningsgrupp (Manual s. 2)."""
