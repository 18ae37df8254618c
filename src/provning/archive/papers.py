"""The final catalogues that are current in each part of each term, and what they lack: pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from provning.catalogues.content import CatalogueContent
from provning.kernel.terms import Term

PartKey = tuple[Term, bool]
"""A term, and whether the part is the protected one."""


@dataclass(frozen=True, slots=True)
class DecidedIds:
    """The decisions of one part: those that stand, and all of them with those replaced since.

    What stands has to be in the newest paper; what a rättelse or ändring has taken the place of is
    in an earlier one, and may be in the newest.
    """

    standing: frozenset[str] = frozenset()
    every: frozenset[str] = frozenset()


NOTHING_DECIDED = DecidedIds()


@dataclass(frozen=True, slots=True)
class FinalPaper:
    """One final version of the catalogue, with what it says.

    `decisions` are the ids of the decisions in it.
    """

    id: UUID
    document_id: str
    term: Term
    protected: bool
    teacher_id: UUID | None
    version: int
    pages: int
    sha256: str
    content: CatalogueContent
    decisions: frozenset[str]

    @property
    def key(self) -> PartKey:
        """Return which part of which term it is."""
        return (self.term, self.protected)


def newest(papers: Iterable[FinalPaper]) -> list[FinalPaper]:
    """Return the newest version of each part, and of each teacher who has versions alone."""
    found: dict[tuple[PartKey, UUID | None], FinalPaper] = {}
    for paper in papers:
        found[paper.key, paper.teacher_id] = paper
    return sorted(found.values(), key=lambda each: (each.term, each.protected, each.document_id))


def to_deliver(
    papers: Iterable[FinalPaper], decided: Mapping[PartKey, DecidedIds]
) -> list[FinalPaper]:
    """Return the papers that together are the newest catalogue, part by part.

    The unit's own version, unless those of the teachers hold decisions that it lacks.
    """
    by_part: defaultdict[PartKey, list[FinalPaper]] = defaultdict(list)
    for paper in newest(papers):
        by_part[paper.key].append(paper)
    return [
        paper
        for key, parts in by_part.items()
        for paper in _complete(parts, decided.get(key, NOTHING_DECIDED))
    ]


def unprinted(papers: Iterable[FinalPaper], decided: DecidedIds) -> int:
    """Return how many of the decisions that stand are in none of the papers."""
    return len(decided.standing.difference(*(each.decisions for each in papers)))


def _complete(parts: Sequence[FinalPaper], decided: DecidedIds) -> Sequence[FinalPaper]:
    """Choose between a part's own version and its teachers' versions."""
    whole = [each for each in parts if each.teacher_id is None]
    split = [each for each in parts if each.teacher_id is not None]
    if not whole or (split and unprinted(split, decided) < unprinted(whole, decided)):
        return split
    return whole
