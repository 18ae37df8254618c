"""The story of a grade in whole sentences: who did what, when, why and by which paragraph."""

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from provning.audit.queries import HistoryRow, links_about
from provning.grading.events import GRADES_DRAFTED, OPINIONS_GIVEN
from provning.grading.models import GradeDecision
from provning.grading.queries import DecisionRow
from provning.grading.rows import GradeStory
from provning.web import markup
from provning.web.pieces import HistoryItem

TYPED = {GRADES_DRAFTED: "drafts", OPINIONS_GIVEN: "opinions"}
CORRECTION, AMENDMENT = "Rättelse", "Ändring"
HEARD = "heard"
PRINCIPAL = "REKTOR"


def story_items(story: GradeStory) -> list[HistoryItem]:
    """Return everything that has happened to the grade, the newest first.

    What was typed before the decision is told only to those who may read it.
    """
    typed = _typed_items(story) if story.tells_all else []
    pairs = zip([None, *story.chain], story.chain, strict=False)
    decided = [_decided(old, new, tells_all=story.tells_all) for old, new in pairs]
    return sorted([*typed, *decided], key=lambda item: item.when, reverse=True)


def _typed_items(story: GradeStory) -> list[HistoryItem]:
    """Return the drafts and the answers on the placement where the chain began."""
    first = story.chain[0].placement_id
    links = links_about("grade", [first], TYPED)
    return [item for link in links for item in _typed(link.event, first)]


def _typed(event: HistoryRow, placement_id: UUID) -> Iterator[HistoryItem]:
    """Return what an event says was typed on the placement, nothing when it was as before."""
    key = TYPED[event.name]
    before, after = _value(event.before, key, placement_id), _value(event.after, key, placement_id)
    if before == after:
        return
    if event.name == OPINIONS_GIVEN:
        sentence = _("{who} lämnade bedömningen {value}.")
    elif not after:
        sentence = _("{who} tog bort utkastet {before}.")
    elif before:
        sentence = _("{who} ändrade utkastet från {before} till {value}.")
    else:
        sentence = _("{who} skrev in {value} som utkast.")
    grades = {"before": markup.grade(before, "draft"), "value": markup.grade(after, "draft")}
    text = format_html(sentence, who=event.actor_name, **grades)
    yield HistoryItem(event.recorded_at, text)


def _value(facts: Mapping[str, object], key: str, placement_id: UUID) -> str:
    values = facts.get(key)
    return str(values.get(str(placement_id), "")) if isinstance(values, dict) else ""


def _decided(old: DecisionRow | None, new: DecisionRow, *, tells_all: bool) -> HistoryItem:
    """Return a decision as a sentence; one that superseded another is a turn."""
    if old is None:
        return HistoryItem(new.decided_at, _first(new), _why_first(new))
    if new.correction_type == CORRECTION:
        text, law = _corrected(old, new), _("Skollagen 3 kap. 19 §")
    else:
        text, law = _amended(old, new), _("Skollagen 3 kap. 20 §")
    said = [
        *_ground(new),
        _("Skäl: {reason}").format(reason=_stop(new.reason)),
        *(_hearing(new) if tells_all else ()),
        f"{_note(new)}.",
        law,
    ]
    return HistoryItem(new.decided_at, text, " ".join(said), turn=True)


def _is_rektor(row: DecisionRow) -> bool:
    """Say whether a rektor acted; on delegation it was somebody else, as the reason says."""
    return row.decider_role == PRINCIPAL and not row.delegated_by


def _first(row: DecisionRow) -> SafeString:
    """Return the first decision: by whom, with whom, and who typed it."""
    grade = markup.grade(row.value, "decided" if row.stands else "replaced")
    sentence = (
        _("Rektor {who} beslutade betyget {grade} i {course}.")
        if _is_rektor(row)
        else _("{who} beslutade betyget {grade} i {course}.")
    )
    text = format_html(sentence, who=row.decided_by_name, grade=grade, course=row.course_name)
    typed = row.registered_by_name
    if typed == row.decided_by_name:
        return text
    return format_html("{} {}", text, _("Registrerat av {name}.").format(name=typed))


def _why_first(row: DecisionRow) -> str:
    """Return who decided along, or why it was rektor, with the paragraph."""
    if row.joint:
        names = ", ".join(name for _key, name in row.joint)
        return _("Tillsammans med {names}. Skollagen 3 kap. 16 §").format(names=names)
    if row.decider_role != PRINCIPAL:
        return ""
    reason = _("Skäl: {reason}").format(reason=_stop(row.reason)) if row.reason else ""
    return " ".join([*_ground(row), *filter(None, [reason]), _("Skollagen 20 kap. 41 §")])


def _corrected(old: DecisionRow, new: DecisionRow) -> SafeString:
    """Return what a rättelse made of what: the grade, the date, the course, or what is beside."""
    changes = [each for each in _differences(old, new) if each]
    told = format_html_join(", ", "{}", ((each,) for each in changes))
    sentence = (
        _("{kind} Rektor {who} rättade {what}.")
        if _is_rektor(new)
        else _("{kind} {who} rättade {what}.")
    )
    return format_html(sentence, kind=_strong(_("Rättelse.")), who=new.decided_by_name, what=told)


def _differences(old: DecisionRow, new: DecisionRow) -> Iterator[SafeString]:
    """Return each thing that was another before."""
    if new.value != old.value:
        yield _from_to(_("betyget"), old.value, new.value)
    if new.exam_date != old.exam_date:
        yield _from_to(_("prövnings- och betygsdatum"), f"{old.exam_date}", f"{new.exam_date}")
    if new.course_id != old.course_id:
        yield _from_to(_("kursen"), old.course_name, new.course_name)
    elif new.group_id != old.group_id:
        yield _from_to(_("gruppen"), old.group_name, new.group_name)
    if new.particulars != old.particulars and new.course_id == old.course_id:
        yield format_html("{}", _("det som står vid betyget"))


def _amended(old: DecisionRow, new: DecisionRow) -> SafeString:
    """Return who raised the grade, and with whom."""
    sentence = (
        _("{kind} Rektor {who} ändrade {what}.")
        if _is_rektor(new)
        else _("{kind} {who} ändrade {what}.")
    )
    what = _from_to(_("betyget"), old.value, new.value)
    who = ", ".join([new.decided_by_name, *(name for _key, name in new.joint)])
    return format_html(sentence, kind=_strong(_("Ändring.")), who=who, what=what)


def _from_to(thing: str, old: str, new: str) -> SafeString:
    return format_html(
        _("{thing} från {old} till {new}"), thing=thing, old=_del(old), new=_ins(new)
    )


def _del(text: str) -> SafeString:
    return format_html("<del>{}</del>", text)


def _ins(text: str) -> SafeString:
    return format_html("<ins>{}</ins>", text)


def _strong(text: str) -> SafeString:
    return format_html("<strong>{}</strong>", text)


def _ground(row: DecisionRow) -> Iterable[str]:
    """Return why it was rektor who decided."""
    if row.ground:
        label = _(str(GradeDecision.PrincipalGround(row.ground).label))
        yield f"{label.capitalize()}."


def _hearing(row: DecisionRow) -> Iterable[str]:
    """Return what the examinee said before a rättelse, or why they were not heard."""
    if row.hearing:
        sentence = (
            _("Eleven yttrade sig: {said}")
            if row.hearing == HEARD
            else _("Eleven hördes inte: {said}")
        )
        yield sentence.format(said=_stop(row.hearing_note))


def _note(row: DecisionRow) -> str:
    """Return the catalogue's note: Tidigare betyg D från 2026-05-14."""
    if row.previous is None:
        return ""
    previous = row.previous
    return _("Tidigare betyg {value} från {day}").format(
        value=previous.value, day=previous.exam_date
    )


def _stop(text: str) -> str:
    """Return a text that somebody wrote as a sentence that ends."""
    return text if text.endswith((".", "!", "?")) else f"{text}."
