"""A snapshot as a file: written and read back alike, and held to its own rules."""

import io
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provning.feeds.ims.reading import read_snapshot
from provning.feeds.ims.rows import (
    ImsGroup,
    ImsMember,
    ImsPart,
    ImsPerson,
    RoleType,
    Snapshot,
)
from provning.feeds.ims.writing import snapshot_pieces
from provning.kernel.problems import Problem
from tests.betygxml.samples import faults
from tests.betygxml.test_fuzzing import damaged
from tests.betygxml.test_writing import TEXTS

HEADER = Snapshot("Prövning", datetime(2026, 8, 10, 9, 30))  # noqa: DTZ001 (local, as the format has it)
ADA = ImsPerson(id="p-1", family_name="Berg", given_name="Ada", number="189001019802", place=1)
SIV = ImsPerson(id="p-2", family_name="Skyddad", given_name="", protected=True, place=2)
GROUP = ImsGroup(
    id="g-1",
    name="PRÖ:KC26HTMAT03B",
    kind="Prövningsgrupp",
    begin=date(2026, 7, 1),
    end=date(2026, 12, 31),
    school_types=("VUX",),
    place=1,
)
DAY = date(2026, 10, 5)
PLACED = ImsMember(
    group="g-1",
    member="p-1",
    is_group=False,
    role=RoleType.LEARNER,
    begin=DAY,
    end=DAY,
    course_code="MATMAT03b",
    place=1,
)
MEMBER = "Medlemskap 1"
SOURCE, OTHER = "<sourcedid><source>BER</source>", "<id>x</id></sourcedid>"
WHOLE = (
    "<enterprise><properties><datasource>BER</datasource>"
    "<datetime>08/10/2026 09:30:00 AM</datetime></properties>"
    "<person><sourcedid><source>BER</source><id>{p-1}</id></sourcedid>"
    '<userid>ada01</userid><userid useridtype="PID">189001019802</userid>'
    "<name><fn>Ada Berg</fn><n><family>Berg</family><given>Ada</given></n></name>"
    "<extension><privacy>Level1</privacy></extension></person>"
    "<group><sourcedid><source>BER</source><id>{g-1}</id></sourcedid>"
    '<grouptype><scheme>BER</scheme><typevalue level="1">Kurs</typevalue></grouptype>'
    "<description><short>PRÖ:KC26HTMAT03B</short></description>"
    "<timeframe><begin>2026-07-01</begin><end>2026-12-31</end></timeframe>"
    "<extension><schooltype>VUX</schooltype><schooltype>GY</schooltype></extension></group>"
    "<membership><sourcedid><source>BER</source><id>{g-1}</id></sourcedid>"
    "<member><sourcedid><source>BER</source><id>{p-1}</id></sourcedid><idtype>1</idtype>"
    '<role recstatus="1" roletype="01"><status>1</status>'
    "<timeframe><begin>2026-10-05</begin><end>2026-10-05</end></timeframe>"
    "<extension><activity><coursecode>MATMAT03b</coursecode></activity></extension></role>"
    "</member></membership></enterprise>"
)


def written(*rows: Any) -> bytes:
    persons = [each for each in rows if isinstance(each, ImsPerson)]
    groups = [each for each in rows if isinstance(each, ImsGroup)]
    members = [each for each in rows if isinstance(each, ImsMember)]
    return b"".join(snapshot_pieces(HEADER, persons, groups, members))


def read(content: bytes | str) -> list[ImsPart]:
    return list(
        read_snapshot(io.BytesIO(content if isinstance(content, bytes) else content.encode()))
    )


@st.composite
def snapshots(draw: st.DrawFn) -> list[ImsPerson | ImsGroup | ImsMember]:
    """Return persons, groups and memberships among them, times in order."""
    keys = draw(st.lists(TEXTS, min_size=2, max_size=8, unique=True))
    half = len(keys) // 2
    persons = [
        ImsPerson(
            id=key,
            family_name=draw(st.just("") | TEXTS),
            given_name=draw(st.just("") | TEXTS),
            number=draw(st.just("") | TEXTS),
            protected=draw(st.booleans()),
            place=place,
        )
        for place, key in enumerate(keys[:half], 1)
    ]
    groups = [
        ImsGroup(
            id=key,
            name=draw(TEXTS),
            kind=draw(TEXTS),
            **_times(draw),
            school_types=tuple(draw(st.lists(TEXTS, max_size=2))),
            place=place,
        )
        for place, key in enumerate(keys[half:], 1)
    ]
    everybody: list[ImsPerson | ImsGroup] = [*persons, *groups]
    pairs = st.tuples(st.sampled_from(groups), st.sampled_from(everybody))
    chosen: list[tuple[ImsGroup, ImsPerson | ImsGroup]] = draw(st.lists(pairs))
    ordered = sorted(chosen, key=lambda each: each[0].id)
    members = [
        ImsMember(
            group=group.id,
            member=each.id,
            is_group=isinstance(each, ImsGroup),
            role=draw(st.sampled_from(["01", "02", "08", "Principal"])),
            active=draw(st.booleans()),
            **_times(draw),
            course_code=draw(st.just("") | TEXTS),
            place=place,
        )
        for place, (group, each) in enumerate(ordered, 1)
    ]
    return [*persons, *groups, *members]


def _times(draw: st.DrawFn) -> dict[str, Any]:
    begin, end = sorted(draw(st.tuples(st.dates(), st.dates())))
    return {
        "begin": begin if draw(st.booleans()) and begin > date.min else None,
        "end": end if draw(st.booleans()) and end > date.min else None,
    }


@given(snapshots())
def test_whatever_is_written_is_read_back(rows: list[Any]) -> None:
    assert read(written(*rows)) == [HEADER, *rows]


def test_the_dialect_of_the_register_is_read() -> None:
    assert read(WHOLE) == [
        Snapshot("BER", HEADER.taken_at),
        replace(ADA, id="{p-1}", protected=True),
        replace(GROUP, id="{g-1}", kind="Kurs", school_types=("VUX", "GY")),
        replace(PLACED, group="{g-1}", member="{p-1}"),
    ]


def test_a_namespace_of_the_senders_own_is_read_alike() -> None:
    named = WHOLE.replace("<enterprise>", '<enterprise xmlns="http://example.org/ep">')
    assert read(named) == read(WHOLE)


def test_a_deleted_person_is_told_as_deleted() -> None:
    parts = read(WHOLE.replace("<person>", '<person recstatus="3">'))
    assert [each.deleted for each in parts if isinstance(each, ImsPerson)] == [True]


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ("<id>{p-1}</id></sourcedid><idtype>", f"{OTHER}<idtype>", "ims-reference", MEMBER),
        (f"<membership>{SOURCE}<id>{{g-1}}</id></sourcedid>", f"<membership>{SOURCE}{OTHER}",
         "ims-reference", MEMBER),
        ("<begin>2026-07-01</begin>", "<begin>2027-07-01</begin>", "ims-order", "Grupp 1"),
        ("<begin>2026-10-05</begin>", "<begin>2026-10-06</begin>", "ims-order", MEMBER),
        ("<begin>2026-10-05</begin>", "<begin>5/10</begin>", "xml-date", MEMBER),
        ("<short>PRÖ:KC26HTMAT03B</short>", "", "xml-missing", "Grupp 1"),
    ],
)  # fmt: skip
def test_a_fault_is_named_where_it_stands(old: str, new: str, code: str, place: str) -> None:
    assert WHOLE.count(old) == 1
    assert faults(read(WHOLE.replace(old, new))) == [(code, place)]


def test_an_id_that_stands_twice_is_named() -> None:
    person = WHOLE[WHOLE.index("<person>") : WHOLE.index("<group>")]
    assert faults(read(WHOLE.replace(person, person * 2))) == [("ims-repeated", "Person 2")]


def test_a_time_that_ends_before_it_begins_is_never_written() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        written(ADA, GROUP, replace(PLACED, end=date(2026, 1, 1)))


def test_a_protected_person_has_the_privacy_level() -> None:
    assert b"<privacy>Level1</privacy>" in written(SIV)
    assert b"privacy" not in written(ADA)


@given(damaged(WHOLE.encode()) | st.binary(max_size=300))
def test_damaged_snapshots_are_rows_and_problems(data: bytes) -> None:
    kinds = {Snapshot, ImsPerson, ImsGroup, ImsMember, Problem}
    assert {type(part) for part in read(data)} <= kinds
