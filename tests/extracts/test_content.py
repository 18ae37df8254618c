"""The content snapshot: the same facts, the same JSON, the same digest."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provning.catalogues.content import Mark
from provning.extracts.content import (
    ExtractContent,
    Line,
    Remark,
    RemarkKind,
    Section,
    from_json,
)
from tests.extracts.samples import extract

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
lines = st.builds(
    Line,
    decision_id=text,
    name=text,
    name_en=text,
    code=text,
    levels=text,
    points=st.none() | st.integers(0, 999),
    grade=st.sampled_from(["A", "F", "G", "IG"]),
    grade_date=st.dates(),
    scale_label=text,
    marks=st.sampled_from([(Mark.TRIAL,), (Mark.TRIAL, Mark.REPLACED)]),
    remarks=st.lists(st.builds(Remark, st.sampled_from(RemarkKind), text), max_size=3).map(tuple),
)
sections = st.builds(
    Section,
    school_level=text,
    by_level=st.booleans(),
    lines=st.lists(lines, min_size=1, max_size=3).map(tuple),
)
contents = st.builds(
    extract,
    st.lists(sections, min_size=1, max_size=2),
    english=st.booleans(),
    last_name=text,
    copied_on=st.none() | st.dates(),
)


@given(contents)
def test_what_is_written_is_read_back(content: ExtractContent) -> None:
    again = from_json(content.to_json())
    assert again == content
    assert again.content_sha256 == content.content_sha256


def test_the_json_is_canonical() -> None:
    written = extract(copied_on=date(2026, 12, 3)).to_json()
    data = json.loads(written)
    assert (data["format"], data["copied_on"]) == ("provning-utdrag-1", "2026-12-03")
    assert "Lillieström" in written
    assert json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")) == written


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("format", "provning-betygskatalog-1"),
        ("english", 1),
        ("issued_on", "2026-13-01"),
        ("sections", []),
        ("sections", ["x"]),
        ("last_name", None),
    ],
)
def test_anything_else_is_refused(key: str, value: object) -> None:
    data = json.loads(extract().to_json()) | {key: value}
    with pytest.raises(ValueError, match=r"."):
        from_json(json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def test_another_way_of_writing_the_same_is_not_the_snapshot() -> None:
    with pytest.raises(ValueError, match="canonical"):
        from_json(json.dumps(json.loads(extract().to_json())))


def test_a_heading_over_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="no grades"):
        Section("gymnasial nivå", by_level=False, lines=())
