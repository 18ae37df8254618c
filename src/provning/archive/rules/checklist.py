"""What has to be in place before a delivery is sent: pure, every lack at once.

That a decision stands in a signed catalogue follows from law and the manual and cannot be set
aside. What may wait for a supplementary delivery is local custom (`PolicyKey.DELIVERY_EXCEPTIONS`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from provning.archive.rules.periods import Period
from provning.kernel.problems import Problem
from provning.kernel.terms import Term

MANUAL = "Manual s. 4"
CATALOGUE_LAW = "Förordning (2011:1108) 4 kap. 11 §"
SECRECY_LAW = "Offentlighets- och sekretesslagen (2009:400) 21 kap. 3 §"
MOST_NAMED = 3


class Allowed(StrEnum):
    """What local custom lets be missing when there is a written reason."""

    NONE = "none"
    UNGRADED = "ungraded"
    UNGRADED_UNSIGNED = "ungraded_unsigned"


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """One final version that is to be delivered.

    `unsigned_by` names whose signature is missing; `names_protected` says that it stands in the
    ordinary part and speaks of somebody who is protected today.
    """

    document_id: str
    unsigned_by: tuple[str, ...] = ()
    names_protected: bool = False


@dataclass(frozen=True, slots=True)
class PartFacts:
    """How one part of a term's catalogue stands.

    `unprinted` counts the decisions that stand in no final version; `papers` are the newest ones
    that are still to be delivered. `hidden` says that the reader may not see the part.
    """

    term: Term
    protected: bool
    unprinted: int
    papers: tuple[PaperFacts, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class UngradedFacts:
    """A group with placements that have neither grade nor outcome."""

    group_name: str
    count: int


@dataclass(frozen=True, slots=True)
class Checklist:
    """Everything that the rules ask of a period's delivery."""

    period: Period
    last_day: date
    parts: Sequence[PartFacts]
    ungraded: Sequence[UngradedFacts]
    allowed: Allowed


def checklist_problems(facts: Checklist, today: date) -> list[Problem]:
    """Return everything that is missing; what custom lets be missing is overridable."""
    running = [_running(facts)] if today <= facts.last_day else []
    return [
        *running,
        *(problem for part in facts.parts for problem in part_problems(part, facts.allowed)),
        *ungraded_problems(facts.ungraded, facts.allowed),
    ]


def part_problems(part: PartFacts, allowed: Allowed) -> list[Problem]:
    """Return what is missing in one part of a term's catalogue."""
    found = [_unprinted(part)] if part.unprinted else []
    found += [_names_protected(each) for each in part.papers if each.names_protected]
    overridable = allowed is Allowed.UNGRADED_UNSIGNED
    found += [_unsigned(each, overridable=overridable) for each in part.papers if each.unsigned_by]
    if found and part.hidden:
        return [_hidden(part, overridable=all(each.overridable for each in found))]
    return found


def ungraded_problems(groups: Sequence[UngradedFacts], allowed: Allowed) -> list[Problem]:
    """Return that placements wait for a grade, all groups in one problem."""
    if not groups:
        return []
    message = (
        "{count} prövningar saknar både betyg och utfall: {groups}. Besluta betygen eller ange"
        " utfallet, eller skriv varför de kommer i en kompletterande leverans."
    )
    params: dict[str, object] = {
        "count": sum(each.count for each in groups),
        "groups": _listed(each.group_name for each in groups),
    }
    overridable = allowed is not Allowed.NONE
    return [Problem("delivery-ungraded", "", message, MANUAL, params, overridable=overridable)]


def nothing_new(period: Period) -> Problem:
    """Say that there is nothing to deliver."""
    message = (
        "Det finns ingen slutlig betygskatalog för {period} som inte redan är levererad. Skriv ut"
        " katalogen först."
    )
    return Problem("delivery-nothing-new", "", message, MANUAL, {"period": period.label})


def _running(facts: Checklist) -> Problem:
    message = (
        "{period} pågår till och med {day}. Leveransen skickas när perioden är slut och"
        " katalogerna är slutliga."
    )
    params: dict[str, object] = {"period": facts.period.label, "day": facts.last_day.isoformat()}
    return Problem("delivery-period-running", "", message, MANUAL, params)


def _unprinted(part: PartFacts) -> Problem:
    message = (
        "{count} beslut i {term} står inte i någon slutlig betygskatalog. Skriv ut katalogen och"
        " förbered leveransen på nytt."
    )
    params: dict[str, object] = {"count": part.unprinted, "term": part.term.label}
    return Problem("delivery-unprinted", "", message, CATALOGUE_LAW, params)


def _names_protected(paper: PaperFacts) -> Problem:
    message = (
        "{document} nämner någon som har skyddad identitet. Skriv ut katalogen på nytt, så att"
        " personen står i den skyddade delen, och förbered leveransen på nytt."
    )
    params: dict[str, object] = {"document": paper.document_id}
    return Problem("delivery-names-protected", "", message, SECRECY_LAW, params)


def _unsigned(paper: PaperFacts, *, overridable: bool) -> Problem:
    message = "{document} är inte undertecknad av {names}. Låt dem underteckna katalogen."
    params: dict[str, object] = {
        "document": paper.document_id,
        "names": _listed(paper.unsigned_by),
    }
    return Problem("delivery-unsigned", "", message, MANUAL, params, overridable=overridable)


def _hidden(part: PartFacts, *, overridable: bool) -> Problem:
    message = (
        "Den skyddade delen av katalogen för {term} är inte klar. Be den som får se skyddade"
        " personer, till exempel rektor, att öppna leveransen."
    )
    params: dict[str, object] = {"term": part.term.label}
    return Problem("delivery-part-hidden", "", message, SECRECY_LAW, params, overridable)


def _listed(names: Iterable[str]) -> str:
    """Name the first few and count the rest."""
    found = list(names)
    shown = ", ".join(found[:MOST_NAMED])
    rest = len(found) - MOST_NAMED
    return f"{shown} och {rest} till" if rest > 0 else shown
