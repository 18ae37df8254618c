"""Making an extract for an authority: the whole file or nothing."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from provning.audit.actions import record
from provning.catalogues.actions.documents import store_document
from provning.kernel.actors import Actor
from provning.kernel.problems import refuse_if
from provning.kernel.terms import Term
from provning.organisation.models import Organiser
from provning.reporting import events, rules
from provning.reporting.comparing import Cells, Compared, compared
from provning.reporting.layout import Target
from provning.reporting.models import AuthorityExtract, AuthorityLine
from provning.reporting.policies import require_organiser, sees_protected
from provning.reporting.queries.source import source_rows, trials
from provning.reporting.queries.views import view_for
from provning.reporting.rules import Judged, Severity, View, judge
from provning.reporting.writing import cells_in, file_of

MEDIA_TYPE = "text/plain; charset=utf-8"
AT_A_TIME = 500

Told = Callable[[int, int], None]
"""Is told how many rows have been read, of how many."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """A file that is ready to be stored, with what was judged for it."""

    view: View
    lines: tuple[Judged, ...]
    left_out: int

    @property
    def names(self) -> list[str]:
        """Return the names of the columns."""
        return [each.name for each in self.view.columns]

    @property
    def cells(self) -> dict[UUID, Cells]:
        """Return each line by its placement."""
        return {
            each.row.placement_id: dict(zip(self.names, each.line.cells, strict=True))
            for each in self.lines
            if each.line
        }

    @property
    def content(self) -> bytes:
        """Return the file."""
        texts = (each.line.text for each in self.lines if each.line)
        return file_of(texts, self.view.columns)

    @property
    def blanks(self) -> list[list[str]]:
        """Return the codes that were not known, each once."""
        unknown = {key for each in self.lines if each.line for key in each.line.unknown}
        return [list(key) for key in sorted(unknown)]

    @property
    def counts(self) -> dict[str, int]:
        """Return how many lines there are of each sort, and how many rows stayed out."""
        graded = sum(bool(each.row.grade) for each in self.lines)
        return {
            "rows": len(self.lines),
            "graded": graded,
            "ungraded": len(self.lines) - graded,
            "persons": len({each.row.person_id for each in self.lines}),
            "protected": sum(each.row.protected for each in self.lines),
            "left_out": self.left_out,
        }


def make_authority_extract(
    *,
    actor: Actor,
    organiser_id: UUID,
    target: Target,
    term: Term,
    today: date,
    told: Told | None = None,
) -> AuthorityExtract:
    """Make an organiser's file of a term, or return the latest when it says the same.

    All or nothing: raises `ProblemsFoundError` when one row cannot be written. A code that is not
    known leaves its column blank, and the extract then stays a draft (`mark_sent` refuses it).
    """
    require_organiser_right(actor, organiser_id)
    view = view_for(organiser_id, target, term, today)
    refuse_if([] if view.trials_in else [rules.trials_left_out()])
    drafted = _drafted(organiser_id, view, told)
    counts = drafted.counts
    hidden = counts["protected"] and not sees_protected(actor, organiser_id)
    refuse_if([rules.protected_right()] if hidden else [])
    return _store(actor, organiser_id, drafted)


def require_organiser_right(actor: Actor, organiser_id: UUID) -> None:
    """Raise unless the actor makes the organiser's extracts; no lock outlives the question."""
    with transaction.atomic():
        require_organiser(actor, organiser_id)


def _drafted(organiser_id: UUID, view: View, told: Told | None) -> Drafted:
    """Read and judge every row in one statement; refuse when one cannot be written."""
    found = trials(organiser_id, view.term, view.layout.period(view.term), Q())
    total = found.count() if told else 0
    lines: list[Judged] = []
    seen: Counter[Severity] = Counter()
    for number, row in enumerate(source_rows(found), 1):
        each = judge(row, view)
        seen.update({finding.severity for finding in each.findings})
        if each.line:
            lines.append(each)
        if told and number % AT_A_TIME == 0:
            told(number, total)
    refuse_if([rules.not_whole(seen[Severity.STOP])] if seen[Severity.STOP] else [])
    refuse_if([] if lines else [rules.nothing_to_report()])
    return Drafted(view, tuple(lines), seen[Severity.LEFT_OUT])


@transaction.atomic
def _store(actor: Actor, organiser_id: UUID, drafted: Drafted) -> AuthorityExtract:
    """Keep the file with its lines and what is new in it, and tell the trail once."""
    organiser = require_organiser(actor, organiser_id)
    previous = _latest(organiser, drafted.view)
    changes = compared(_cells_of(previous) if previous else {}, drafted.cells)
    if previous and changes.nothing:
        return previous
    extract = _create(actor, organiser, drafted, previous, changes)
    AuthorityLine.objects.bulk_create(_lines(extract, drafted, changes), batch_size=AT_A_TIME)
    record(
        events.AUTHORITY_EXTRACT_MADE,
        actor=actor,
        subjects=[("authority_extract", extract.id), ("organiser", organiser.id)],
        after={
            "document_id": extract.document_id,
            "rows": extract.rows,
            "counts": json.loads(extract.counts),
            "changes": json.loads(extract.changes),
            "sha256": extract.stored_id,
        },
    )
    return extract


def _latest(organiser: Organiser, view: View) -> AuthorityExtract | None:
    """Return the extract that a new one follows."""
    made = AuthorityExtract.objects.filter(
        organiser=organiser,
        kind=view.layout.target.value,
        year=view.term.year,
        season=view.term.season,
    )
    return made.select_related("stored").order_by("-version").first()


def _cells_of(extract: AuthorityExtract) -> dict[UUID, Cells]:
    """Return the lines of a stored extract by placement, as its own file says them."""
    keys = list(extract.lines.order_by("number").values_list("placement_id", flat=True))
    rows = cells_in(bytes(extract.stored.content))
    return dict(zip(keys, rows, strict=True))


def _create(
    actor: Actor,
    organiser: Organiser,
    drafted: Drafted,
    previous: AuthorityExtract | None,
    changes: Compared,
) -> AuthorityExtract:
    view, counts = drafted.view, drafted.counts
    version = previous.version + 1 if previous else 1
    kind = view.layout.target.value
    parts = (kind.upper(), organiser.municipality_code, view.term.code, str(version))
    return AuthorityExtract.objects.create(
        organiser=organiser,
        kind=kind,
        year=view.term.year,
        season=view.term.season,
        version=version,
        document_id="-".join(parts),
        stored=store_document(drafted.content, MEDIA_TYPE),
        rows=counts["rows"],
        counts=json.dumps(counts),
        changes=json.dumps(_change_counts(changes)),
        blanks=json.dumps(drafted.blanks),
        holds_protected=bool(counts["protected"]),
        follows=previous,
        made_at=datetime.now(UTC),
        made_by_account=actor.id,
        made_by_name=actor.name,
    )


def _change_counts(changes: Compared) -> Mapping[str, int]:
    return {"new": len(changes.new), "changed": len(changes.columns), "gone": changes.gone}


def _lines(
    extract: AuthorityExtract, drafted: Drafted, changes: Compared
) -> Iterator[AuthorityLine]:
    """Give the lines as they are kept."""
    for number, each in enumerate(drafted.lines, 1):
        key = each.row.placement_id
        columns = changes.columns.get(key, ())
        change = AuthorityLine.Change.NEW if key in changes.new else AuthorityLine.Change.SAME
        yield AuthorityLine(
            extract=extract,
            placement_id=key,
            decision_id=each.row.decision_id,
            number=number,
            change=AuthorityLine.Change.CHANGED if columns else change,
            columns=", ".join(columns),
        )
