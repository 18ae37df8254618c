"""The content snapshot: the same facts, the same JSON, the same digest."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provning.catalogues.content import (
    CatalogueContent,
    Mark,
    Row,
    Sheet,
    Signer,
    SignerRole,
    from_json,
    split_per_person,
)
from tests.catalogues.builders import Name, catalogue, row, sheet

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
decisions = st.builds(
    Row,
    number=st.integers(1, 999),
    decision=text,
    identity_number=text,
    last_name=text,
    first_name=text,
    grade=st.sampled_from(["A", "F", "G", "IG"]),
    grade_date=st.dates(),
    marks=st.lists(st.sampled_from(Mark), max_size=3).map(tuple),
    remarks=text,
)
signers = st.builds(
    Signer, person=text, name=text, role=st.sampled_from(SignerRole), delegated_by=text
)
sheets = st.builds(
    Sheet,
    group_name=text,
    course_name=text,
    course_code=text,
    points=st.none() | st.integers(0, 1000),
    level=text,
    levels=text,
    scale_label=text,
    decider=signers,
    co_signers=st.lists(signers, max_size=2).map(tuple),
    changes=st.lists(text, max_size=2).map(tuple),
    rows=st.lists(decisions, min_size=1, max_size=3).map(tuple),
)
catalogues = st.builds(
    CatalogueContent,
    document_id=text,
    version=st.integers(1, 99),
    preliminary=st.booleans(),
    protected=st.sampled_from([False]),
    organiser=text,
    municipality=text,
    municipality_code=text,
    unit_name=text,
    provider_name=text,
    unit_code=text,
    term_label=text,
    school_form=text,
    issued_on=st.dates(),
    sheets=st.lists(sheets, min_size=1, max_size=2).map(tuple),
    teacher=st.none() | signers,
    attested_by=st.none() | signers,
    replaces=text,
    notes=st.lists(text, max_size=2).map(tuple),
)


def one_row_catalogue() -> CatalogueContent:
    """Return a catalogue without any name or number from outside."""
    decision = Row(1, "", "ÅÅÅÅMMDD-NNNN", "Öberg", "Åsa", "A", date(2026, 5, 12))
    return catalogue(sheet([decision]))


@given(content=catalogues)
def test_content_survives_the_way_over_json(content: CatalogueContent) -> None:
    assert from_json(content.to_json()) == content


def test_json_has_sorted_keys_no_spaces_and_swedish_letters_as_themselves() -> None:
    written = one_row_catalogue().to_json()
    data = json.loads(written)
    assert written == json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert '"last_name":"Öberg"' in written


def test_digest_of_a_known_catalogue_never_changes() -> None:
    assert one_row_catalogue().content_sha256 == (
        "64e706dadcb5508401d916e14e375860dd1ca264e4e702aea56f190704ac06a8"
    )


def test_digest_follows_every_letter() -> None:
    content = one_row_catalogue()
    other = catalogue(*content.sheets, organiser="Sjostad")
    assert other.content_sha256 != content.content_sha256


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"version":2', '"version":2.0'),
        ('"version":2', '"version":true'),
        ('"version":2', '"version": 2'),
        ('"version":2', '"version":2,"extra":1'),
        (',"version":2', ""),
        ('"preliminary":false', '"preliminary":0'),
        ('"issued_on":"2026-07-01"', '"issued_on":"2026-07-32"'),
        ('"marks":["Prövning"]', '"marks":["Något"]'),
        ('"marks":["Prövning"]', '"marks":[1]'),
        ('"marks":["Prövning"]', '"marks":"Prövning"'),
        ("provning-betygskatalog-2", "provning-betygskatalog-1"),
        ('"rows":[{', '"rows":[1,{'),
    ],
)
def test_text_that_is_not_a_snapshot_is_refused(before: str, after: str) -> None:
    written = one_row_catalogue().to_json()
    assert before in written
    with pytest.raises(ValueError, match=r"\S"):
        from_json(written.replace(before, after))


def test_catalogue_without_sheets_is_refused() -> None:
    with pytest.raises(ValueError, match="has no sheets"):
        catalogue()


def test_sheet_without_rows_is_refused() -> None:
    with pytest.raises(ValueError, match="has no rows"):
        sheet([])


def test_mark_without_an_explanation_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown mark"):
        Row(1, "", "", "", "", "A", date(2026, 5, 12), ("P",))  # type: ignore[arg-type] # the wrong one


def test_protected_person_who_would_share_a_sheet_is_refused() -> None:
    shared = sheet([row(1, Name("Öberg", "Åsa")), row(2, Name("Berg", "Bo"))])
    with pytest.raises(ValueError, match="shares a sheet"):
        catalogue(shared, protected=True)


def test_sheet_is_split_into_one_for_each_person() -> None:
    asa, bo = Name("Öberg", "Åsa"), Name("Berg", "Bo")
    decisions = [row(1, asa, "F"), row(2, bo, "E"), row(1, asa, "C")]
    split = split_per_person(sheet(decisions))
    assert [[(each.number, each.first_name, each.grade) for each in one.rows] for one in split] == [
        [(1, "Åsa", "F"), (2, "Åsa", "C")],
        [(1, "Bo", "E")],
    ]
