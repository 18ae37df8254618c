"""From the provider's request to the centre's registration, and everything in between."""

from datetime import date
from uuid import uuid4

import pytest

from provning.applications.actions import withdraw_request
from provning.applications.models import RegistrationRequest
from provning.audit.models import AuditEvent
from provning.audit.queries import HistoryRow, history_of
from provning.exams.actions import change_exam_group
from provning.exams.models import Placement
from provning.kernel.problems import (
    ConflictError,
    NotAllowedError,
    NotFoundError,
    ProblemsFoundError,
)
from provning.people.models import Enrolment, Person, PersonNumber
from tests.applications.requests import DAY, NUMBER, Asked, elsewhere
from tests.builders import recorded
from tests.exams.world import PROGRAM, TODAY


def refusal(error: pytest.ExceptionInfo[ProblemsFoundError]) -> list[tuple[str, str]]:
    return [(problem.code, problem.field) for problem in error.value.problems]


def test_a_request_keeps_the_number_in_its_normal_form_and_who_sent_it(asked: Asked) -> None:
    request = asked.send("900809-2398")
    assert (request.identity_number, request.status, request.exam_date) == (NUMBER, "sent", DAY)
    assert request.sent_by_name == "Vux intern anordnare Sthlm"


def test_everything_wrong_with_the_form_is_told_at_once(asked: Asked) -> None:
    with pytest.raises(ProblemsFoundError) as error:
        asked.send("19900809-2399", given_name=" ", day=date(2027, 1, 5))
    assert refusal(error) == [
        ("identity-checksum", "identity_number"),
        ("request-name-missing", "given_name"),
        ("placement-date-outside-group", "exam_date"),
    ]
    assert RegistrationRequest.objects.count() == 0


def test_who_is_enrolled_with_the_provider_is_placed_directly(asked: Asked) -> None:
    asked.world.town.person(number=NUMBER)
    with pytest.raises(ProblemsFoundError) as error:
        asked.send()
    assert [problem.text for problem in error.value.problems] == [
        "Personen är eller har varit inskriven hos er. Placera personen direkt i"
        " PRÖ:KC26HTMAT03B, ingen begäran behövs."
    ]


def test_who_is_enrolled_elsewhere_is_asked_for_as_if_nobody_knew_them(asked: Asked) -> None:
    asked.world.town.person(number=NUMBER, at=asked.world.other_provider)
    assert asked.send().status == "sent"


def test_the_same_person_is_not_asked_for_twice_while_the_first_is_open(asked: Asked) -> None:
    first = asked.send()
    with pytest.raises(ProblemsFoundError) as error:
        asked.send()
    assert refusal(error) == [("request-sent-already", "identity_number")]
    asked.refuse(first)
    assert asked.send().status == "sent"


def test_the_same_form_twice_is_one_request_and_one_event(asked: Asked) -> None:
    form = uuid4()
    first = asked.send(submission=form)
    events = AuditEvent.objects.count()
    assert asked.send(submission=form).id == first.id
    assert AuditEvent.objects.count() == events
    with pytest.raises(ProblemsFoundError) as error:
        asked.send("197905252388", submission=form)
    assert refusal(error) == [("request-submission-used", "")]


def test_only_the_groups_own_provider_can_ask(asked: Asked) -> None:
    with pytest.raises(NotFoundError):
        asked.send(actor=asked.world.other_admin)
    for actor in (asked.world.centre, asked.world.karin, asked.world.principal):
        with pytest.raises(NotAllowedError):
            asked.send(actor=actor)


def test_the_centre_registers_enrols_and_places_in_one_act(asked: Asked) -> None:
    request = asked.send()
    placement = asked.register(request)
    person = PersonNumber.objects.get(number=NUMBER).person
    assert (person.given_name, person.family_name) == ("Kaj", "Hellström")
    assert Enrolment.objects.get(person=person).provider_id == asked.world.provider
    assert (placement.person_id, placement.group_id, placement.exam_date) == (
        person.id,
        asked.group.id,
        DAY,
    )
    request.refresh_from_db()
    assert (request.status, request.placement_id, request.handled_by_name) == (
        "done",
        placement.id,
        "Vuxenutbildningscentrum",
    )


def test_the_trail_names_the_centre_and_no_personal_datum_of_the_request(asked: Asked) -> None:
    request = asked.send()
    asked.register(request)
    history = history_of("registration_request", request.id)
    assert [(event.name, event.actor_name) for event in history] == [
        ("registration_request_done", "Vuxenutbildningscentrum"),
        ("registration_request_sent", "Vux intern anordnare Sthlm"),
    ]
    assert not any(word in str(history) for word in (NUMBER, "Kaj", "Hellström"))


def test_whoever_is_registered_already_keeps_name_and_protection(asked: Asked) -> None:
    known = asked.world.town.person(
        "Karl-Johan", at=asked.world.other_provider, number=NUMBER, protection="Sekretessmarkering"
    )
    placement = asked.register(asked.send())
    person = Person.objects.get(pk=placement.person_id)
    assert (person.id, person.given_name, person.protection) == (
        known.id,
        "Karl-Johan",
        "Sekretessmarkering",
    )
    assert Enrolment.objects.filter(person=person).count() == 2


def test_whom_only_another_organiser_has_is_not_placed_under_another_name(asked: Asked) -> None:
    asked.world.town.person("Olle", "Ek", at=elsewhere(), number=NUMBER)
    request = asked.send()
    with pytest.raises(ProblemsFoundError) as refusal:
        asked.register(request)
    [problem] = refusal.value.problems
    assert (problem.code, "Olle" in problem.text, "Ek" in problem.text) == (
        "request-other-name",
        False,
        False,
    )
    assert Placement.objects.count() == 0


def test_what_is_said_of_whom_another_organiser_has_is_kept(asked: Asked) -> None:
    known = asked.world.town.person("Karl Kaj", at=elsewhere(), number=NUMBER)
    placement = asked.register(asked.send(), protection="Sekretessmarkering")
    person = Person.objects.get(pk=known.pk)
    assert (placement.person_id, person.given_name) == (known.pk, "Karl Kaj")
    assert (person.protection, bool(person.case_number)) == ("Sekretessmarkering", True)


def test_a_person_enrolled_since_the_request_is_not_enrolled_again(asked: Asked) -> None:
    request = asked.send()
    asked.world.town.person(number=NUMBER)
    asked.register(request)
    assert Enrolment.objects.filter(person__numbers__number=NUMBER).count() == 1


def test_the_same_click_twice_gives_the_same_placement(asked: Asked) -> None:
    request = asked.send()
    first = asked.register(request, version=1)
    assert asked.register(request, version=1).id == first.id
    assert Placement.objects.count() == 1


def test_a_new_person_may_be_protected_from_the_first_moment(asked: Asked) -> None:
    placement = asked.register(asked.send(), protection="Skyddad folkbokföring")
    person = Person.objects.get(pk=placement.person_id)
    assert person.protection == "Skyddad folkbokföring"
    assert person.case_number


def test_when_the_placing_fails_nobody_is_registered_and_the_request_stays(asked: Asked) -> None:
    request = asked.send()
    persons = Person.objects.count()
    change_exam_group(
        actor=PROGRAM,
        group_id=asked.group.id,
        expected_version=1,
        start_date=asked.group.start_date,
        end_date=date(2026, 11, 27),
        today=TODAY,
    )
    with pytest.raises(ProblemsFoundError) as error:
        asked.register(request)
    assert refusal(error) == [("placement-date-outside-group", "exam_date")]
    request.refresh_from_db()
    assert (request.status, request.version) == ("sent", 1)
    assert (Person.objects.count(), Placement.objects.count()) == (persons, 0)


def test_only_the_centre_registers(asked: Asked) -> None:
    request = asked.send()
    with pytest.raises(NotAllowedError):
        asked.register(request, actor=asked.world.admin)
    for actor in (asked.world.other_admin, asked.world.karin, asked.world.principal):
        with pytest.raises(NotFoundError):
            asked.register(request, actor=actor)


def told(request: RegistrationRequest) -> HistoryRow:
    """Return the latest event of the request."""
    return history_of("registration_request", request.id)[0]


def test_a_question_goes_back_and_the_answer_returns(asked: Asked) -> None:
    request = asked.send()
    with recorded() as events:
        request = asked.ask(request)
        question = told(request)
        assert (request.status, request.question) == ("question", "Rätt namn?")
        answered = asked.answer(request)
        answer = told(request)
    assert (answered.status, answered.answer, answered.version) == ("sent", "Ja.", 3)
    assert events == ["registration_request_questioned", "registration_request_answered"]
    assert [(each.before, each.after) for each in (question, answer)] == [
        ({"status": "sent"}, {"status": "question", "group": "PRÖ:KC26HTMAT03B"}),
        ({"status": "question"}, {"status": "sent", "group": "PRÖ:KC26HTMAT03B"}),
    ]
    assert asked.register(answered).exam_date == DAY


def test_a_second_question_begins_without_the_first_answer(asked: Asked) -> None:
    request = asked.ask(asked.answer(asked.ask(asked.send())), "Rätt datum?")
    assert (request.question, request.answer) == ("Rätt datum?", "")


def test_words_that_the_other_side_is_to_read_are_asked_for(asked: Asked) -> None:
    request = asked.send()
    with pytest.raises(ProblemsFoundError) as question:
        asked.ask(request, " ")
    with pytest.raises(ProblemsFoundError) as refused:
        asked.refuse(request, "")
    with pytest.raises(ProblemsFoundError) as answer:
        asked.answer(asked.ask(request), "\n")
    assert [refusal(each) for each in (question, refused, answer)] == [
        [("request-question-missing", "question")],
        [("request-refusal-missing", "refusal")],
        [("request-answer-missing", "answer")],
    ]


def test_nothing_is_answered_that_nobody_asked(asked: Asked) -> None:
    with pytest.raises(ProblemsFoundError) as error:
        asked.answer(asked.send())
    assert refusal(error) == [("request-nothing-asked", "answer")]


def test_a_refusal_closes_the_request_with_its_reason(asked: Asked) -> None:
    request = asked.send()
    with recorded() as events:
        request = asked.refuse(request)
    assert (request.status, request.refusal) == ("refused", "Fel nummer.")
    assert events == ["registration_request_refused"]
    assert (told(request).before, told(request).after, told(request).reason) == (
        {"status": "sent"},
        {"status": "refused", "group": "PRÖ:KC26HTMAT03B"},
        "",
    )
    with pytest.raises(ProblemsFoundError) as error:
        asked.register(request)
    assert [problem.text for problem in error.value.problems] == [
        "Begäran är avslagen och kan inte ändras. Skicka en ny om den behövs."
    ]


def test_the_provider_takes_its_request_back_once(asked: Asked) -> None:
    request = asked.send()
    with recorded() as events:
        for _ in range(2):
            withdrawn = withdraw_request(
                actor=asked.world.admin, request_id=request.id, expected_version=1
            )
            assert (withdrawn.status, withdrawn.version) == ("withdrawn", 2)
    assert events == ["registration_request_withdrawn"]
    assert (told(request).before, told(request).after) == (
        {"status": "sent"},
        {"status": "withdrawn", "group": "PRÖ:KC26HTMAT03B"},
    )
    with pytest.raises(NotAllowedError):
        withdraw_request(actor=asked.world.centre, request_id=request.id, expected_version=2)
    with pytest.raises(NotFoundError):
        withdraw_request(actor=asked.world.other_admin, request_id=request.id, expected_version=2)


def test_who_handled_the_request_first_is_told_to_who_comes_second(asked: Asked) -> None:
    request = asked.send()
    asked.refuse(request)
    with pytest.raises(ConflictError) as error:
        withdraw_request(actor=asked.world.admin, request_id=request.id, expected_version=1)
    told = error.value.problems[0].params
    assert (told["who"], told["what"]) == (
        "Vuxenutbildningscentrum",
        "Begäran till PRÖ:KC26HTMAT03B avslogs",
    )
