"""What holds from a day: initials, calendars, policy and betygsrätt."""

from datetime import date

import pytest

from provning.audit.queries import history_of
from provning.kernel.actors import Permission
from provning.kernel.group_names import NamingRule
from provning.kernel.problems import ProblemsFoundError
from provning.kernel.terms import Season, Term
from provning.organisation.actions import (
    create_provider,
    create_unit,
    set_grading_right,
    set_initials,
    set_policy,
    set_term_calendar,
)
from provning.organisation.models import Policy, UnitInitials
from provning.organisation.policies_data import POLICIES, PolicyKey, PolicyValue
from provning.organisation.queries import (
    ProviderRow,
    TermDates,
    grading_right_on,
    gy25_naming,
    initials_on,
    naming_rule,
    policy_value,
    providers_for,
    register_within_days,
    requests_mail_to,
    term_dates,
)
from tests.builders import FIRST, HT26, HT26_DAYS, PROGRAM, Town, recorded

MERGER = date(2026, 7, 1)
DAY_BEFORE = date(2026, 6, 30)


def codes(refusal: pytest.ExceptionInfo[ProblemsFoundError]) -> list[tuple[str, str]]:
    return [(problem.code, problem.field) for problem in refusal.value.problems]


def test_new_initials_hold_from_their_first_day(town: Town) -> None:
    with recorded() as events:
        set_initials(actor=PROGRAM, unit_id=town.centrum, initials="ce", valid_from=MERGER)
    assert events == ["initials_set"]
    days = (date(2019, 12, 31), FIRST, DAY_BEFORE, MERGER)
    assert [initials_on(town.centrum, day) for day in days] == [None, "KC", "KC", "CE"]
    event = history_of("unit", town.centrum)[0]
    assert (event.name, event.before["initials"], event.after["initials"]) == (
        "initials_set",
        "KC",
        "CE",
    )


def test_the_same_initials_again_change_nothing(town: Town) -> None:
    with recorded() as events:
        set_initials(actor=PROGRAM, unit_id=town.centrum, initials="KC", valid_from=MERGER)
    assert events == []


def test_initials_of_the_same_first_day_are_put_right(town: Town) -> None:
    set_initials(actor=PROGRAM, unit_id=town.centrum, initials="KÖ", valid_from=FIRST)
    assert initials_on(town.centrum, FIRST) == "KÖ"
    assert UnitInitials.objects.filter(unit_id=town.centrum).count() == 1


@pytest.mark.parametrize(
    ("initials", "day", "expected"),
    [
        ("", MERGER, "initials-empty"),
        ("K2", MERGER, "initials-digit"),
        ("K-", MERGER, "initials-letters"),
        ("ABCDEFG", MERGER, "initials-long"),
        ("KK", MERGER, "initials-taken"),
        ("kh", MERGER, "initials-taken"),
        ("KX", date(2019, 1, 1), "start-before-latest"),
    ],
)
def test_initials_that_would_confuse_names_are_refused(
    town: Town, initials: str, day: date, expected: str
) -> None:
    with pytest.raises(ProblemsFoundError) as refusal:
        set_initials(actor=PROGRAM, unit_id=town.centrum, initials=initials, valid_from=day)
    assert [code for code, _field in codes(refusal)] == [expected]
    assert initials_on(town.centrum, MERGER) == "KC"


def test_initials_left_by_one_unit_may_be_taken_by_another(town: Town) -> None:
    set_initials(actor=PROGRAM, unit_id=town.hamnen, initials="HA", valid_from=MERGER)
    set_initials(actor=PROGRAM, unit_id=town.centrum, initials="KH", valid_from=MERGER)
    assert (initials_on(town.centrum, MERGER), initials_on(town.hamnen, MERGER)) == ("KH", "HA")


def test_a_providers_own_term_and_the_half_year_without_one(town: Town) -> None:
    assert term_dates(town.own, HT26) == TermDates(*HT26_DAYS, own=True)
    assert term_dates(town.own, HT26.next()) == TermDates(
        date(2027, 1, 1), date(2027, 6, 30), own=False
    )


def test_a_calendar_is_changed_in_place_with_one_event(town: Town) -> None:
    first, last = date(2026, 7, 1), date(2026, 12, 31)
    with recorded() as events:
        for _twice in range(2):
            set_term_calendar(
                actor=PROGRAM, provider_id=town.own, term=HT26, first_day=first, last_day=last
            )
    assert events == ["calendar_set"]
    assert term_dates(town.own, HT26) == TermDates(first, last, own=True)
    event = history_of("provider", town.own)[0]
    assert (event.name, event.before) == (
        "calendar_set",
        {"first_day": "2026-08-17", "last_day": "2026-12-18"},
    )


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2026, 6, 30), date(2026, 12, 18), [("calendar-half-year", "first_day")]),
        (date(2026, 8, 17), date(2027, 1, 1), [("calendar-half-year", "last_day")]),
        (date(2026, 12, 18), date(2026, 8, 17), [("calendar-order", "last_day")]),
        (
            date(2027, 8, 1),
            date(2026, 1, 1),
            [
                ("calendar-half-year", "first_day"),
                ("calendar-half-year", "last_day"),
                ("calendar-order", "last_day"),
            ],
        ),
    ],
)
def test_a_calendar_stays_in_its_half_year(
    town: Town, first: date, last: date, expected: list[tuple[str, str]]
) -> None:
    with pytest.raises(ProblemsFoundError) as refusal:
        set_term_calendar(
            actor=PROGRAM, provider_id=town.own, term=HT26, first_day=first, last_day=last
        )
    assert codes(refusal) == expected


def test_spring_may_end_on_the_thirtieth_of_june(town: Town) -> None:
    term = Term(2027, Season.VT)
    bounds = (date(2027, 1, 1), date(2027, 6, 30))
    set_term_calendar(
        actor=PROGRAM, provider_id=town.own, term=term, first_day=bounds[0], last_day=bounds[1]
    )
    assert term_dates(town.own, term) == TermDates(*bounds, own=True)


def test_a_policy_holds_from_its_first_day_and_its_default_before(town: Town) -> None:
    with recorded() as events:
        set_policy(
            actor=PROGRAM,
            organiser_id=town.organiser,
            key="register_within_days",
            value=10,
            valid_from=MERGER,
            source="Nämndbeslut",
        )
    assert events == ["policy_set"]
    assert [register_within_days(town.organiser, day) for day in (DAY_BEFORE, MERGER)] == [14, 10]


def test_a_policys_new_value_ends_the_earlier_one_the_day_before(town: Town) -> None:
    for day, value in ((FIRST, "a@b.se"), (MERGER, "c@d.se"), (MERGER, "e@f.se")):
        set_policy(
            actor=PROGRAM,
            organiser_id=town.organiser,
            key=PolicyKey.REQUESTS_MAIL_TO,
            value=value,
            valid_from=day,
        )
    mails = [requests_mail_to(town.organiser, day) for day in (DAY_BEFORE, MERGER)]
    assert mails == ["a@b.se", "e@f.se"]
    periods = Policy.objects.order_by("valid_from").values_list("valid_from", "valid_to")
    assert list(periods) == [(FIRST, DAY_BEFORE), (MERGER, None)]


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("colour", "red", "policy-unknown"),
        ("gy25_naming", "middle", "policy-choice"),
        ("register_within_days", 0, "policy-number"),
        ("register_within_days", "14", "policy-number"),
        ("register_within_days", True, "policy-number"),
        ("requests_mail_to", "kim", "policy-mail"),
        ("requests_mail_to", 5, "policy-mail"),
        ("extract_principal", "Rut\nRektor", "policy-text"),
        ("extract_principal", "R" * 201, "policy-text"),
    ],
)
def test_a_value_a_policy_cannot_have_is_refused(
    town: Town, key: str, value: PolicyValue, expected: str
) -> None:
    with pytest.raises(ProblemsFoundError) as refusal:
        set_policy(
            actor=PROGRAM,
            organiser_id=town.organiser,
            key=key,
            value=value,
            valid_from=MERGER,
        )
    assert [code for code, _field in codes(refusal)] == [expected]
    assert not Policy.objects.exists()


def test_every_policy_has_a_default_that_it_allows(town: Town) -> None:
    for key, kind in POLICIES.items():
        set_policy(
            actor=PROGRAM,
            organiser_id=town.organiser,
            key=key,
            value=kind.default,
            valid_from=FIRST,
        )
        assert policy_value(town.organiser, key, FIRST) == kind.default


def test_gy25_levels_are_named_by_policy_and_all_else_by_the_manual(town: Town) -> None:
    set_policy(
        actor=PROGRAM,
        organiser_id=town.organiser,
        key=PolicyKey.GY25_NAMING,
        value="last_part",
        valid_from=MERGER,
    )
    assert gy25_naming(town.organiser, MERGER) is NamingRule.LAST_PART
    rules = [
        naming_rule(town.organiser, code, day)
        for code in ("MATO1B00X", "MATMAT03b")
        for day in (DAY_BEFORE, MERGER)
    ]
    assert rules == [
        NamingRule.FULL_CODE,
        NamingRule.LAST_PART,
        NamingRule.LAST_PART,
        NamingRule.LAST_PART,
    ]


def test_a_contracted_provider_has_betygsratt_from_day_to_day(town: Town) -> None:
    with recorded() as events:
        for _twice in range(2):
            set_grading_right(
                actor=PROGRAM, provider_id=town.contracted, first_day=FIRST, last_day=DAY_BEFORE
            )
    assert events == ["grading_right_set"]
    own, contracted = _providers(town)
    days = (date(2019, 12, 31), FIRST, DAY_BEFORE, MERGER)
    assert [grading_right_on(contracted, day) for day in days] == [False, True, True, False]
    assert [grading_right_on(own, day) for day in days] == [True, True, True, True]


def test_betygsratt_taken_away_is_none(town: Town) -> None:
    set_grading_right(actor=PROGRAM, provider_id=town.contracted, first_day=None, last_day=None)
    _own, contracted = _providers(town)
    assert not grading_right_on(contracted, MERGER)


@pytest.mark.parametrize(
    ("kind", "right", "number", "expected"),
    [
        ("external", (MERGER, FIRST), "", ("grading-right-dates", "grading_right_to")),
        ("external", (None, FIRST), "", ("grading-right-dates", "grading_right_to")),
        ("franchise", (None, None), "", ("provider-kind", "kind")),
        ("internal", (None, None), "5560", ("organisation-number", "organisation_number")),
    ],
)
def test_a_provider_that_cannot_be_is_refused(
    town: Town,
    kind: str,
    right: tuple[date | None, date | None],
    number: str,
    expected: tuple[str, str],
) -> None:
    with pytest.raises(ProblemsFoundError) as refusal:
        create_provider(
            actor=PROGRAM,
            organiser_id=town.organiser,
            name="Ny",
            kind=kind,
            organisation_number=number,
            grading_right_from=right[0],
            grading_right_to=right[1],
        )
    assert codes(refusal) == [expected]


def test_a_unit_code_is_one_units(town: Town) -> None:
    create_unit(actor=PROGRAM, provider_id=town.own, name="Ett", code="12345678")
    for name, code, expected in (
        ("Två", "1234567", "unit-code"),
        ("Två", "12345678", "unit-code-taken"),
        ("", "", "organisation-name-empty"),
        ("x" * 121, "", "organisation-name-long"),
        ("Ett", "", "organisation-name-taken"),
    ):
        with pytest.raises(ProblemsFoundError) as refusal:
            create_unit(actor=PROGRAM, provider_id=town.own, name=name, code=code)
        assert [found for found, _field in codes(refusal)] == [expected]


def _providers(town: Town) -> tuple[ProviderRow, ProviderRow]:
    rows = {row.id: row for row in providers_for(PROGRAM, Permission.VIEW_GROUPS)}
    return rows[town.own], rows[town.contracted]
