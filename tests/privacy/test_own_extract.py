"""A person's own extract: everything held of them, for who has shown who they are."""

import json
from pathlib import Path

import pytest

from provning.access.actions import Access, log_access
from provning.audit.models import AuditEvent
from provning.audit.queries import history_of
from provning.cli.main import main
from provning.kernel.actors import ScopeKind
from provning.kernel.problems import NotAllowedError, NotFoundError, ProblemsFoundError
from provning.people.models import PersonNumber
from provning.privacy.actions import make_own_extract
from provning.privacy.own_extract import own_extract_json
from tests import builders
from tests.archive.world import Shelf
from tests.builders import PROGRAM, recorded
from tests.grading.world import TODAY
from tests.privacy.test_carriers import build_papers, centre, protect, somebody
from tests.support.kept import kept
from tests.support.pdf_text import text_of

papers = kept(build_papers)
CHECKED = "Körkort på plats"


def test_it_holds_what_is_held_where_it_came_from_who_got_it_and_for_how_long(
    papers: Shelf,
) -> None:
    person = somebody()
    entry = Access("person", "students:detail", person.pk, reason="Frågar om betyg")
    log_access(actor=PROGRAM, entries=[entry])
    found = make_own_extract(
        actor=centre(papers), person_id=person.pk, checked=CHECKED, form="json"
    )
    data = json.loads(own_extract_json(found, TODAY))
    assert data["person"]["family_name"] == person.family_name
    assert len(data["decisions"]) == 1
    kinds = {each["kind"] for each in data["receivers_and_sources"]}
    assert kinds == {"catalogue", "client", "delivery", "package"}
    assert [(each["role"], each["why"]) for each in data["read"]] == [("system", "Frågar om betyg")]
    assert any("betyg beslutades" in each["what"] for each in data["happened"])
    assert ["Betygsbeslut", "För alltid"] in [each[:2] for each in data["kept"]]
    assert len(data["purposes"]) == 4
    assert PROGRAM.name not in str(data["read"])


def test_nothing_of_anybody_else_is_in_it(papers: Shelf) -> None:
    person = somebody()
    others = set(PersonNumber.objects.exclude(person=person).values_list("number", flat=True))
    found = make_own_extract(
        actor=centre(papers), person_id=person.pk, checked=CHECKED, form="json"
    )
    text = own_extract_json(found, TODAY)
    assert others
    assert [number for number in others if f"{number[:8]}-{number[8:]}" in text] == []


def test_it_is_recorded_with_how_the_identity_was_checked(papers: Shelf) -> None:
    person = somebody()
    with recorded() as events:
        make_own_extract(actor=centre(papers), person_id=person.pk, checked=CHECKED, form="pdf")
    assert events == ["own_extract_made"]
    event = history_of("person", person.pk)[0]
    assert (event.reason, event.after) == (CHECKED, {"format": "pdf", "decisions": 1})


def test_how_the_identity_was_checked_is_asked_for(papers: Shelf) -> None:
    events = AuditEvent.objects.count()
    with pytest.raises(ProblemsFoundError) as found:
        make_own_extract(actor=centre(papers), person_id=somebody().pk, checked=" ", form="pdf")
    assert [each.code for each in found.value.problems] == ["own-extract-unchecked"]
    assert AuditEvent.objects.count() == events


def test_it_is_made_by_who_registers_persons_there(papers: Shelf) -> None:
    person = somebody()
    rektor = builders.actor("principal", ScopeKind.ORGANISER, papers.graded.town.organiser.pk)
    elsewhere = builders.actor("adult_education_centre", ScopeKind.ORGANISER, papers.unit_id)
    with pytest.raises(NotAllowedError):
        make_own_extract(actor=rektor, person_id=person.pk, checked=CHECKED, form="pdf")
    with pytest.raises(NotFoundError):
        make_own_extract(actor=elsewhere, person_id=person.pk, checked=CHECKED, form="pdf")


@pytest.mark.usefixtures("papers")
def test_the_command_writes_it_as_json_and_asks_for_the_check(tmp_path: Path) -> None:
    person = somebody()
    out = tmp_path / "utdrag.json"
    words = ["person", "--id", str(person.pk), "--out", str(out)]
    assert main([*words, "--own", ""]) == 2
    assert not out.exists()
    assert main([*words, "--own", CHECKED]) == 0
    assert json.loads(out.read_text("utf-8"))["format"] == "provning-registerutdrag-1"


@pytest.mark.once("how it is printed")
@pytest.mark.usefixtures("papers")
def test_the_paper_says_why_and_how_long(tmp_path: Path) -> None:
    person = somebody()
    protect(person)
    out = tmp_path / "utdrag.pdf"
    assert main(["person", "--id", str(person.pk), "--out", str(out), "--own", CHECKED]) == 0
    text = text_of(out.read_bytes())
    for said in ("Registerutdrag", person.family_name, "Ändamål", "För alltid", "Klagomål"):
        assert said in text
