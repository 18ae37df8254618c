"""Keeping that a file was taken out to another system: to whom, and what it carried."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from provning.accounts.policies import require
from provning.audit.actions import record
from provning.feeds import events, policies
from provning.feeds.intervals import FeedInterval
from provning.feeds.queries.grades import UNIT, Choice, changed_ids, standing_decisions
from provning.feeds.queries.snapshots import TermChoice, spoken_of
from provning.kernel.actors import Actor, ScopeKind
from provning.organisation.models import SchoolUnit
from provning.organisation.queries import unit_scope
from provning.people.models import Person
from provning.reporting.actions import keep_grades_out, keep_persons_out
from provning.reporting.models import SentExport
from provning.reporting.rows import SentFacts, SentQuestion

ORGANISER = f"{UNIT}__provider__organiser"
NAME_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Handing:
    """Who gets a file, and what it is called; the last characters of a long name are kept."""

    receiver: str
    file_name: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What the file is in the trail's words, and what was asked for, as it was written."""

    what: str
    start: str
    end: str
    school_type: str = ""


@transaction.atomic
def note_grades_out(
    *,
    actor: Actor,
    handing: Handing,
    asked: Asked,
    choice: Choice,
    interval: FeedInterval,
    today: date,
) -> list[SentExport]:
    """Keep that a file of grades is taken out, an export for each organiser; told once.

    Not a row for each grade: the question, and the protected persons whom it left out, tell which
    decisions it held. Raises `NotAllowedError` and `ProblemsFoundError`.
    """
    require(actor, policies.EXCHANGE)
    picked = changed_ids(choice, interval)
    standing = standing_decisions(choice).filter(placement__person__in=picked)
    held = dict(standing.order_by().values_list(ORGANISER).annotate(number=Count("pk")))
    exports = [
        keep_grades_out(
            actor=actor,
            facts=_facts(SentExport.Kind.BETYG_XML, organiser_id, handing, _days(interval), today),
            question=_question(choice, interval, organiser_id),
            decisions=held.get(organiser_id, 0),
            today=today,
        )
        for organiser_id in _organisers(actor)
    ]
    _tell(actor, asked, handing, exports)
    return exports


@transaction.atomic
def note_snapshot_out(
    *,
    actor: Actor,
    handing: Handing,
    asked: Asked,
    choice: TermChoice,
    now: datetime,
    today: date,
) -> list[SentExport]:
    """Keep that a snapshot is taken out, with every person it speaks of; as `note_grades_out`.

    By name, since nothing tells later who was placed then; there are some thousands in a term.
    """
    require(actor, policies.EXCHANGE)
    days = (choice.term.first_day, choice.term.last_day)
    exports = []
    for organiser_id in _organisers(actor):
        own = TermChoice(actor, choice.term, choice.protected_at, organiser_id)
        facts = _facts(SentExport.Kind.IMS, organiser_id, handing, days, today)
        persons = spoken_of(own).values_list("pk", flat=True)
        exports.append(
            keep_persons_out(
                actor=actor, facts=facts, persons=persons.iterator(), now=now, today=today
            )
        )
    _tell(actor, asked, handing, exports)
    return exports


@transaction.atomic
def note_documents_out(
    *,
    actor: Actor,
    handing: Handing,
    asked: Asked,
    interval: FeedInterval,
    now: datetime,
    today: date,
) -> list[SentExport]:
    """Keep that a file of documents is taken out: it carries nobody; as `note_grades_out`."""
    require(actor, policies.EXCHANGE)
    exports = [
        keep_persons_out(
            actor=actor,
            facts=_facts(
                SentExport.Kind.BETYGSDOKUMENT, organiser_id, handing, _days(interval), today
            ),
            persons=(),
            now=now,
            today=today,
        )
        for organiser_id in _organisers(actor)
    ]
    _tell(actor, asked, handing, exports)
    return exports


def _organisers(actor: Actor) -> list[UUID]:
    """Return the organisers whose units a file of the actor's speaks of."""
    units = SchoolUnit.objects.filter(unit_scope(actor, policies.EXCHANGE, ""))
    found = units.order_by("provider__organiser").values_list("provider__organiser", flat=True)
    return list(found.distinct())


def _facts(
    kind: SentExport.Kind,
    organiser_id: UUID,
    handing: Handing,
    days: tuple[date, date],
    today: date,
) -> SentFacts:
    return SentFacts(
        organiser_id=organiser_id,
        kind=kind.value,
        document_id=handing.file_name[-NAME_LENGTH:],
        receiver=handing.receiver,
        sent_on=today,
        covers_from=days[0],
        covers_to=days[1],
    )


def _days(interval: FeedInterval) -> tuple[date, date]:
    return interval.asked.start.date(), interval.asked.end.date()


def _question(choice: Choice, interval: FeedInterval, organiser_id: UUID) -> SentQuestion:
    """Return what the file is asked for, with the protected persons whom it does not have."""
    as_of = choice.as_of
    if as_of is None:
        raise ValueError("a file that is kept is of a moment")
    everybody = Choice(choice.actor, choice.school_type, None, choice.right, as_of)
    hidden = Person.objects.exclude(protection=Person.Protection.NONE)
    protected = changed_ids(everybody, interval).filter(pk__in=hidden)
    included = organiser_id in (choice.protected_at or ())
    shown = changed_ids(choice, interval).filter(pk__in=hidden) if included else ()
    return SentQuestion(
        as_of=as_of,
        changed_from=interval.start,
        changed_before=interval.before,
        curricula=choice.curricula,
        reach=tuple(_reach(choice.actor)),
        left_out=frozenset(protected) - frozenset(shown),
    )


def _reach(actor: Actor) -> Iterable[tuple[str, UUID | None]]:
    """Give the actor's scopes; a teacher's own groups reach their unit, as in `unit_scope`."""
    for scope in actor.scopes(policies.EXCHANGE):
        kind = ScopeKind.UNIT if scope.kind is ScopeKind.OWN_GROUPS else scope.kind
        yield kind.value, scope.id


def _tell(actor: Actor, asked: Asked, handing: Handing, exports: Iterable[SentExport]) -> None:
    record(
        events.FEED_TAKEN_OUT,
        actor=actor,
        subjects=[
            ("feed", asked.what),
            *(("sent_export", each.pk) for each in exports),
        ],
        after={
            "what": asked.what,
            "start": asked.start,
            "end": asked.end,
            "school_type": asked.school_type,
            "receiver": handing.receiver.strip(),
        },
    )
