"""What makes a subscription, a log entry or a statistic right; pure, everything wrong at once."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from provning.kernel.problems import Problem
from provning.publishing.deleted import ENTITIES
from provning.publishing.moments import read_moment

STANDARD = "SS 12000:2020"
POLICY = "Policy"
LONGEST_NAME = 200
LONGEST_TARGET = 1000
LONGEST_MESSAGE = 4000
LEVELS = ("Info", "Warning", "Error")
COUNTS = ("newCount", "updatedCount", "deletedCount")
LARGEST_COUNT = 2**31


def subscription_problems(name: Any, target: Any, resource_types: Any) -> list[Problem]:
    """Say everything that is wrong with a subscription."""
    problems = []
    if not _is_text(name, LONGEST_NAME):
        message = "name ska vara en text med högst {longest} tecken."
        params = {"longest": LONGEST_NAME}
        problems.append(Problem("subscription-name", "name", message, STANDARD, params))
    if not _is_text(target, LONGEST_TARGET) or not _is_address(target):
        message = "target ska vara en adress som börjar med https://."
        problems.append(Problem("subscription-target", "target", message, POLICY))
    if types_of(resource_types) is None:
        message = "resourceTypes ska vara en lista av {types}."
        types = {"types": ", ".join(ENTITIES)}
        problems.append(Problem("subscription-types", "resourceTypes", message, STANDARD, types))
    return problems


def types_of(resource_types: Any) -> list[str] | None:
    """Return the entities that are named, as objects or, as the example does, as words."""
    if not isinstance(resource_types, list):
        return None
    words = [each.get("resource") if isinstance(each, dict) else each for each in resource_types]
    known = [word for word in words if isinstance(word, str) and word in ENTITIES]
    return list(dict.fromkeys(known)) if words and len(known) == len(words) else None


def log_problems(content: Mapping[str, Any]) -> list[Problem]:
    """Say everything that is wrong with a log entry."""
    problems = []
    if not _is_text(content.get("message"), LONGEST_MESSAGE):
        message = "message ska vara en text med högst {longest} tecken."
        params = {"longest": LONGEST_MESSAGE}
        problems.append(Problem("report-message", "message", message, STANDARD, params))
    if content.get("severityLevel") not in LEVELS:
        message = "severityLevel ska vara {levels}."
        levels = {"levels": ", ".join(LEVELS)}
        problems.append(Problem("report-level", "severityLevel", message, STANDARD, levels))
    return problems + _common_problems(content, needed=False)


def statistics_problems(content: Mapping[str, Any]) -> list[Problem]:
    """Say everything that is wrong with a statistic."""
    problems = []
    for name in COUNTS:
        count = content.get(name)
        if not isinstance(count, int) or isinstance(count, bool) or abs(count) > LARGEST_COUNT:
            message = "{name} ska vara ett heltal."
            problems.append(Problem("report-count", name, message, STANDARD, {"name": name}))
    return problems + _common_problems(content, needed=True)


def _common_problems(content: Mapping[str, Any], *, needed: bool) -> list[Problem]:
    problems = []
    kind, moment = content.get("resourceType"), content.get("timeOfOccurance")
    if (kind is not None or needed) and kind not in ENTITIES:
        message = "resourceType ska vara ett av {types}."
        types = {"types": ", ".join(ENTITIES)}
        problems.append(Problem("report-type", "resourceType", message, STANDARD, types))
    if moment is not None and (not isinstance(moment, str) or read_moment(moment) is None):
        message = "timeOfOccurance ska vara en tidpunkt som 2026-11-24T10:30:00+01:00."
        problems.append(Problem("report-moment", "timeOfOccurance", message, STANDARD))
    if content.get("resourceId") is not None and not _is_uuid(content["resourceId"]):
        message = "resourceId ska vara ett id."
        problems.append(Problem("report-resource", "resourceId", message, STANDARD))
    return problems


def _is_text(value: Any, longest: int) -> bool:
    return isinstance(value, str) and 0 < len(value) <= longest and "\x00" not in value


def _is_address(target: str) -> bool:
    try:
        parts = urlsplit(target)
        return parts.scheme in {"https", "http"} and bool(parts.hostname) and not parts.username
    except ValueError:
        return False


def _is_uuid(value: Any) -> bool:
    try:
        UUID(str(value))
    except ValueError:
        return False
    return True
