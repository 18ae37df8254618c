"""An extract is issued of chosen grades that stand, by who issues, and is stored as it was."""

import hashlib
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from provning.accounts.roles import TASKS
from provning.audit.queries import history_of, verify_chain
from provning.catalogues.models import StoredDocument
from provning.extracts.actions import Wanted, order_extracts
from provning.extracts.content import from_json
from provning.extracts.models import Extract, ExtractDecision
from provning.extracts.printing import extract_press, print_extract
from provning.extracts.queries import preview_extract
from provning.kernel.actors import Actor, Grant, Permission
from provning.kernel.problems import (
    ConflictError,
    NotAllowedError,
    NotFoundError,
    ProblemsFoundError,
)
from tests.extracts.world import (
    ISSUED,
    Desk,
    correct,
    grade,
    home_municipality_issues,
    issue,
    level,
    office,
)
from tests.grading import world
from tests.support.pdf_text import pages_of, text_of

pytestmark = pytest.mark.django_db


def codes(refusal: pytest.ExceptionInfo[ProblemsFoundError]) -> list[str]:
    return [problem.code for problem in refusal.value.problems]


def test_case_89_the_paper_says_what_was_chosen_and_the_selection_is_stored() -> None:
    at, ada = office(), world.person("Ada", "Åkesson")
    chosen = grade(at, ada, "B")
    grade(at, ada, "A", of=world.course("ENGENG06", "Engelska 6"))

    extract = issue(at, ada, [chosen])

    [page] = pages_of(bytes(extract.stored.content))
    assert "Efternamn Åkesson Förnamn Ada Personnummer" in page
    assert "Matematik 3b MATMAT03b 100 B 2026-10-05 Prövning –" in page
    assert "Namnförtydligande: Rut Rektor" in page
    assert ("Engelska" in page, extract.document_id in page) == (False, True)
    held = ExtractDecision.objects.filter(extract=extract)
    assert list(held.values_list("decision_id", "replaced")) == [(chosen.pk, False)]
    assert (extract.issued_on, extract.issued_by_name, extract.unit) == (
        ISSUED,
        "Rut Rektor",
        at.unit,
    )


def test_the_document_is_stored_under_its_digest_and_can_be_made_again_to_the_byte(
    desk: Desk,
) -> None:
    at, ada = desk
    extract = issue(at, ada, [grade(at, ada)], english=True)

    document = bytes(extract.stored.content)
    content = from_json(extract.content)
    assert hashlib.sha256(document).hexdigest() == extract.stored_id
    assert content.content_sha256 == extract.content_sha256
    with extract_press() as press:
        assert print_extract(press, content) == document
    assert len(pages_of(document)) == extract.pages == 2


def test_a_fail_is_taken_along_when_the_person_chooses_it(desk: Desk) -> None:
    at, ada = desk
    failed, passed = grade(at, ada, "F"), grade(at, ada, "E", of=world.course("ENGENG06", "Eng 6"))

    both = issue(at, ada, [failed, passed])
    one = issue(at, ada, [passed])

    assert [line.grade for line in from_json(both.content).lines] == ["E", "F"]
    assert [line.grade for line in from_json(one.content).lines] == ["E"]


def test_a_replaced_grade_is_shown_as_replaced(desk: Desk) -> None:
    at, ada = desk
    lower, higher = grade(at, ada, "A", of=level("1b")), grade(at, ada, "E", of=level("2"))

    text = text_of(bytes(issue(at, ada, [lower, higher]).stored.content))

    assert "MATO1B00X 1b 100 A 2026-10-05 Prövning, Ersatt" in text
    assert "Ersatt av godkänt betyg på MATO2000X" in text
    assert "MATO2000X 1–2 200 E 2026-10-05 Prövning –" in text
    assert "Ersatt: ett godkänt betyg på en högre nivå" in text


def test_it_is_shown_as_replaced_also_when_the_higher_grade_is_left_out(desk: Desk) -> None:
    at, ada = desk
    lower = grade(at, ada, "A", of=level("1b"))
    grade(at, ada, "E", of=level("2"), unit=at.town.other_unit)

    extract = issue(at, ada, [lower])

    assert "Ersatt av godkänt betyg på MATO2000X" in text_of(bytes(extract.stored.content))
    assert extract.chosen.get().replaced


def test_a_fail_on_a_higher_level_replaces_nothing_and_covers_itself_alone(desk: Desk) -> None:
    at, ada = desk
    lower, higher = grade(at, ada, "C", of=level("1b")), grade(at, ada, "F", of=level("2"))

    lines = from_json(issue(at, ada, [lower, higher]).content).lines

    assert [(each.code, each.levels, each.points, len(each.marks)) for each in lines] == [
        ("MATO1B00X", "1b", 100, 1),
        ("MATO2000X", "2", 100, 1),
    ]


def test_another_language_of_the_same_subject_code_replaces_nothing(desk: Desk) -> None:
    at, ada = desk
    french = grade(at, ada, "C", of=level("1", subject="MODY", variant="FRA"))
    german = grade(at, ada, "A", of=level("2", subject="MODY", variant="TYS"))
    level("1", subject="MODY", variant="TYS")

    lines = from_json(issue(at, ada, [french, german]).content).lines

    assert [(each.code, each.levels, each.points, len(each.marks)) for each in lines] == [
        ("MODY1000XFRA", "1", 100, 1),
        ("MODY2000XTYS", "1–2", 200, 1),
    ]


def test_what_has_been_corrected_is_never_shown_as_valid(desk: Desk) -> None:
    at, ada = desk
    old = grade(at, ada, "C")
    new = correct(at, old, "E")

    with pytest.raises(ProblemsFoundError) as refusal:
        issue(at, ada, [old])

    assert codes(refusal) == ["extract-decision-superseded"]
    assert [line.grade for line in from_json(issue(at, ada, [new]).content).lines] == ["E"]


def test_nothing_chosen_is_refused(desk: Desk) -> None:
    at, ada = desk
    grade(at, ada)

    with pytest.raises(ProblemsFoundError) as refusal:
        issue(at, ada, [])

    assert codes(refusal) == ["extract-nothing-chosen"]


def test_the_same_form_twice_is_one_extract(desk: Desk) -> None:
    at, ada = desk
    chosen, submission = grade(at, ada), uuid4()

    first, second = (issue(at, ada, [chosen], submission=submission) for _ in range(2))

    assert first == second
    assert (Extract.objects.count(), StoredDocument.objects.count()) == (1, 1)


def test_a_form_is_not_used_for_another_selection(desk: Desk) -> None:
    at, ada = desk
    one, other = grade(at, ada), grade(at, ada, of=world.course("ENGENG06", "Engelska 6"))
    submission = uuid4()
    issue(at, ada, [one], submission=submission)

    with pytest.raises(ProblemsFoundError) as refusal:
        issue(at, ada, [other], submission=submission)

    assert codes(refusal) == ["extract-form-used"]


def test_somebody_elses_grade_and_another_units_grade_are_not_found() -> None:
    at, ada, bo = office(), world.person("Ada"), world.person("Bo")
    grade(at, ada)
    his, elsewhere = grade(at, bo), grade(at, ada, unit=at.town.other_unit)

    for chosen in (his, elsewhere):
        with pytest.raises(NotFoundError):
            issue(at, ada, [chosen])
    with pytest.raises(NotFoundError):
        issue(at, ada, [elsewhere], actor=world.provider_staff(at.unit))
    assert Extract.objects.count() == 0


def test_only_who_has_the_right_issues(desk: Desk) -> None:
    at, ada = desk
    chosen = grade(at, ada)
    for actor in (
        world.administrator(at.unit),
        world.provider_staff(at.unit),
        world.grading_teacher(at.teacher, at.unit),
        at.other_rektor,
    ):
        with pytest.raises(NotFoundError):
            issue(at, ada, [chosen], actor=actor)
    assert Extract.objects.count() == 0


def test_the_home_municipality_sends_the_person_to_the_providers_rektor(desk: Desk) -> None:
    at, ada = desk

    with pytest.raises(ProblemsFoundError) as refusal:
        issue(at, ada, [grade(at, ada)], actor=at.centre)

    assert codes(refusal) == ["extract-issued-by-provider"]
    assert "rektor vid Komvux Centrum" in refusal.value.problems[0].text


def test_where_the_home_municipality_issues_the_provider_sends_the_person_there(desk: Desk) -> None:
    at, ada = desk
    home_municipality_issues(at)
    one, other = grade(at, ada), grade(at, ada, "A", unit=at.town.other_unit)

    with pytest.raises(ProblemsFoundError) as refusal:
        issue(at, ada, [one])
    extract = issue(at, ada, [one, other], actor=at.centre)

    assert codes(refusal) == ["extract-issued-by-organiser"]
    assert at.town.organiser.name in refusal.value.problems[0].text
    text = text_of(bytes(extract.stored.content))
    assert (extract.unit, extract.organiser) == (None, at.town.organiser)
    assert ("Namnförtydligande: Hedda Hemkommun" in text, "Skolenhetskod" in text) == (True, False)
    assert sorted(line.grade for line in from_json(extract.content).lines) == ["A", "C"]


def test_rektor_issues_for_one_unit_at_a_time(desk: Desk) -> None:
    at, ada = desk
    chosen = [grade(at, ada), grade(at, ada, unit=at.town.other_unit)]
    grants = tuple(
        Grant("principal", grant.scope, grant.permissions)
        for each in (at.rektor, at.other_rektor)
        for grant in each.grants
    )

    with pytest.raises(ProblemsFoundError) as refusal:
        issue(at, ada, chosen, actor=Actor("both", "Rut Rektor", "principal", grants))

    assert codes(refusal) == ["extract-of-several-units"]


def test_a_rektor_without_a_name_cannot_be_signed_for(desk: Desk) -> None:
    at, ada = desk
    home_municipality_issues(at, principal="")

    with pytest.raises(ProblemsFoundError) as refusal:
        issue(at, ada, [grade(at, ada)], actor=at.centre)

    assert codes(refusal) == ["extract-principal-missing"]


def test_the_rektor_on_duty_is_named_where_the_unit_names_none(desk: Desk) -> None:
    at, ada = desk
    at.unit.principal_name = ""
    at.unit.save()
    at.teacher.duties.create(unit=at.unit, role="Rektor", start_date=world.SINCE)

    extract = issue(at, ada, [grade(at, ada)])

    assert extract.principal_name == "Karin Wallgren"


def test_a_protected_person_is_issued_for_by_who_may_see_them() -> None:
    at, siv = office(), world.person("Siv", "Hemlig", protected=True)
    chosen = grade(at, siv)

    with pytest.raises(NotAllowedError):
        issue(at, siv, [chosen], actor=without(at.rektor, Permission.VIEW_PROTECTED))
    extract = issue(at, siv, [chosen])

    text = text_of(bytes(extract.stored.content))
    assert ("Hemlig" in text, "SKYDDAD" in text.upper()) == (True, False)


def test_a_name_that_cannot_be_printed_is_refused_and_nothing_is_stored() -> None:
    at, mei = office(), world.person("Mei", "王")
    chosen = grade(at, mei)

    with pytest.raises(ProblemsFoundError) as refusal:
        issue(at, mei, [chosen])
    with pytest.raises(ProblemsFoundError) as previewed:
        preview_extract(at.rektor, mei.pk, [chosen.pk], english=False, today=ISSUED)

    assert codes(refusal) == codes(previewed) == ["catalogue-missing-glyph"]
    assert refusal.value.problems[0].text.startswith("Utdraget, efternamnet: ”王”")
    assert Extract.objects.count() == StoredDocument.objects.count() == 0


def test_one_event_names_the_document_the_digests_and_the_grades() -> None:
    at, ada = office(), world.person("Ada", "Åkesson")
    chosen = grade(at, ada)
    extract = issue(at, ada, [chosen])

    [event] = history_of("person", ada.pk)
    assert (event.name, event.after["document_id"]) == ("extract_issued", extract.document_id)
    assert event.after["decisions"] == [str(chosen.pk)]
    assert "Åkesson" not in str(event.after)
    assert verify_chain().fault == ""


def test_what_is_issued_is_neither_changed_nor_removed(desk: Desk) -> None:
    at, ada = desk
    issue(at, ada, [grade(at, ada)])

    for rows in (ExtractDecision.objects, Extract.objects):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.all()._raw_delete("default")  # noqa: SLF001 (past Django's own checks)
    with pytest.raises(IntegrityError), transaction.atomic():
        Extract.objects.update(pages=9)
    with pytest.raises(IntegrityError), transaction.atomic():
        ExtractDecision.objects.update(replaced=True)


def test_a_grade_that_changes_while_the_extract_is_printed_is_not_issued(
    monkeypatch: pytest.MonkeyPatch, desk: Desk
) -> None:
    at, ada = desk
    chosen = grade(at, ada)

    def correcting(*args: object, **kwargs: object) -> bytes:
        correct(at, chosen, "A", "Ändring")
        return print_extract(*args, **kwargs)  # type: ignore[arg-type] # passed on as they came

    monkeypatch.setattr("provning.extracts.actions.issuing.print_extract", correcting)
    with pytest.raises(ProblemsFoundError) as refusal:
        issue(at, ada, [chosen])

    assert codes(refusal) == ["extract-decision-superseded"]
    assert Extract.objects.count() == 0


def test_a_grade_that_is_replaced_while_the_extract_is_printed_is_a_conflict(
    monkeypatch: pytest.MonkeyPatch, desk: Desk
) -> None:
    at, ada = desk
    chosen = grade(at, ada, of=level("1b"))

    def replacing(*args: object, **kwargs: object) -> bytes:
        grade(at, ada, of=level("2"))
        return print_extract(*args, **kwargs)  # type: ignore[arg-type] # passed on as they came

    monkeypatch.setattr("provning.extracts.actions.issuing.print_extract", replacing)
    with pytest.raises(ConflictError) as refusal:
        issue(at, ada, [chosen])

    assert codes(refusal) == ["extract-changed-meanwhile"]
    assert Extract.objects.count() == 0


def test_an_extract_on_delegation_names_who_signs_and_for_whom() -> None:
    at, ada = office(), world.person("Ada", "Åkesson")
    chosen = grade(at, ada, "B")
    task = TASKS["delegated_extracts"]
    grant = Grant(task.code, at.rektor.grants[0].scope, task.permissions, "Rut Rektor")
    siri = Actor("siri", "Siri Ställ", "internal_provider", (grant,))

    extract = issue(at, ada, [chosen], actor=siri)

    [page] = pages_of(bytes(extract.stored.content))
    assert "Namnförtydligande: Siri Ställ, på delegation av Rut Rektor" in page
    [event] = history_of("extract", extract.pk)
    assert (event.name, event.after["delegated_by"]) == ("extract_issued", "Rut Rektor")
    with pytest.raises(ProblemsFoundError) as refusal:
        order_extracts(
            actor=siri,
            unit_id=at.unit.pk,
            wanted=Wanted(term=world.HT26),
            submission=uuid4(),
            today=ISSUED,
        )
    assert codes(refusal) == ["extract-order-delegated"]
    hidden = world.person("Dold", "Ek", protected=True)
    theirs = grade(at, hidden, "B")
    with pytest.raises(NotAllowedError):
        issue(at, hidden, [theirs], actor=siri)
    assert Extract.objects.count() == 1


def without(actor: Actor, permission: Permission) -> Actor:
    """Return the actor without a right."""
    grants = tuple(
        Grant(each.role, each.scope, each.permissions - {permission}) for each in actor.grants
    )
    return Actor(actor.id, actor.name, actor.role, grants, actor.person_id)
