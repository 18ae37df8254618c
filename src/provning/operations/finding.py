"""What a check of the installation finds."""

from dataclasses import dataclass
from enum import StrEnum


class Condition(StrEnum):
    """How bad a finding is; a fault stops somebody from working or risks what is stored."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: what was found, and when it is not well how to mend it."""

    code: str
    level: Condition
    text: str
    remedy: str = ""


def well(code: str, text: str) -> Finding:
    """Return that all is well."""
    return Finding(code, Condition.OK, text)


def warning(code: str, text: str, remedy: str) -> Finding:
    """Return what ought to be mended."""
    return Finding(code, Condition.WARNING, text, remedy)


def fault(code: str, text: str, remedy: str) -> Finding:
    """Return what has to be mended."""
    return Finding(code, Condition.FAULT, text, remedy)
