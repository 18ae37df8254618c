"""A copy of a lost original: marked on every page, with the note of the loss, kept for ever."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from provning.audit.guards import remove_guards
from provning.audit.queries import history_of
from provning.catalogues.actions import copy_catalogue
from provning.catalogues.content import CopyNote, SignedLine, copy_from_json, from_json
from provning.catalogues.models import CatalogueCopy, GradeCatalogue, StoredDocument
from provning.catalogues.queries import catalogue_content, catalogue_document, copy_document
from provning.catalogues.verification import Checked, verify_documents
from provning.kernel.actors import Actor
from provning.kernel.problems import NotAllowedError, NotFoundError, ProblemsFoundError
from tests.catalogues.papers import Paper
from tests.catalogues.signing import Printed, build, by_teacher, decided_by_rektor, sign
from tests.catalogues.world import Graded, graded_group
from tests.grading import world
from tests.grading.world import AFTER_TERM, TODAY

pytestmark = pytest.mark.django_db
LOST = date(2027, 6, 1)
REASON = "Pärmen fanns inte i arkivet den 28 maj 2027."


def copied(
    graded: Graded,
    made: GradeCatalogue,
    *,
    reason: str = REASON,
    actor: Actor | None = None,
    submission: UUID | None = None,
) -> CatalogueCopy:
    return copy_catalogue(
        actor=actor or graded.maker,
        catalogue_id=made.pk,
        reason=reason,
        submission=submission or uuid4(),
        today=LOST,
    )


def test_case_88_a_lost_original_is_printed_again_as_a_copy_with_a_note_of_the_loss() -> None:
    graded = graded_group([world.person("Ada", "Åkesson")])
    decided_by_rektor(graded)
    made = build(graded)
    sign(graded, made, by_teacher(graded))

    copy = copied(graded, made)

    document = copy_document(graded.maker, copy.pk)
    assert document.file_name == "betygskatalog-BK-12345678-HT26-1-kopia-1.pdf"
    pages = Paper(from_json(made.content), document.content).pages
    assert [page.count("KOPIA 1 – originalet har förkommit") for page in pages] == [1, 1]
    assert [page.count("Kopia 1, 2027-06-01") for page in pages] == [1, 1]
    signed = (
        "Namnförtydligande: Karin Wallgren Originalet undertecknades 2027-01-04 enligt registret."
    )
    assert [page.count(signed) for page in pages] == [1, 0]
    assert "Namnförtydligande: Rut Rektor Datum" in pages[1]
    event = history_of("grade_catalogue", made.pk)[0]
    assert (event.name, event.reason) == ("catalogue_copied", REASON)
    assert GradeCatalogue.objects.get().stored_id == made.stored_id


def test_copies_are_numbered_and_the_same_form_sent_twice_is_one(printed: Printed) -> None:
    graded, made = printed
    submission = uuid4()
    first = copied(graded, made, submission=submission)

    assert copied(graded, made, submission=submission).pk == first.pk
    assert copied(graded, made).number == 2
    assert CatalogueCopy.objects.count() == 2


def test_a_form_is_not_used_for_another_catalogue() -> None:
    graded, other = graded_group([world.person()]), graded_group([world.person()])
    submission = uuid4()
    copied(graded, build(graded), submission=submission)

    with pytest.raises(ProblemsFoundError) as caught:
        copied(other, build(other), submission=submission)

    assert [each.code for each in caught.value.problems] == ["catalogue-form-used"]


def test_a_copy_needs_its_reason_and_something_that_could_be_lost(graded: Graded) -> None:
    preliminary, made = build(graded, TODAY), build(graded)

    for catalogue, reason, code in (
        (made, " ", "copy-reason-missing"),
        (made, "x" * 501, "catalogue-reason-long"),
        (preliminary, REASON, "copy-preliminary"),
    ):
        with pytest.raises(ProblemsFoundError) as caught:
            copied(graded, catalogue, reason=reason)
        assert [each.code for each in caught.value.problems] == [code]
    assert not CatalogueCopy.objects.exists()


def test_copies_are_for_those_who_may_make_catalogues_in_scope(printed: Printed) -> None:
    graded, made = printed
    copy = copied(graded, made)
    outsider = world.administrator(graded.town.other_unit)

    with pytest.raises(NotFoundError):
        copied(graded, made, actor=outsider)
    for reader in (graded.teacher, world.centre(graded.town.organiser)):
        with pytest.raises(NotAllowedError):
            copied(graded, made, actor=reader)
    with pytest.raises(NotFoundError):
        copy_document(outsider, copy.pk)
    with pytest.raises(NotFoundError):
        copy_document(graded.maker, uuid4())


def test_a_copy_is_neither_changed_nor_removed(graded: Graded) -> None:
    copied(graded, build(graded))

    with pytest.raises(IntegrityError), transaction.atomic():
        CatalogueCopy.objects.all()._raw_delete("default")  # noqa: SLF001 (past Django's own checks)
    with pytest.raises(IntegrityError), transaction.atomic():
        CatalogueCopy.objects.update(reason="")


def test_the_note_survives_the_way_over_json_and_nothing_else_is_one() -> None:
    note = CopyNote(1, LOST, (SignedLine("1", "LÄRARE", "Åsa"),))

    assert copy_from_json(note.to_json()) == note
    for other in (note.to_json().replace(":1,", ": 1,"), note.to_json().replace("2027-", "2O27-")):
        with pytest.raises(ValueError, match=r"\S"):
            copy_from_json(other)


def faults(*, every: bool = False) -> list[Checked]:
    return [each for each in verify_documents(every=every) if each.fault]


def test_what_is_stored_can_be_proven_and_what_is_spoiled_is_named(printed: Printed) -> None:
    graded, made = printed
    copied(graded, made)

    assert [(each.name, each.remade) for each in verify_documents()][2:] == [
        ("katalogen BK-12345678-HT26-1", True),
        ("kopia 1 av BK-12345678-HT26-1", True),
    ]
    remove_guards(connection)
    CatalogueCopy.objects.update(note=CopyNote(1, AFTER_TERM).to_json())
    assert [each.name for each in faults()] == ["kopia 1 av BK-12345678-HT26-1"]
    StoredDocument.objects.filter(pk=made.stored_id).update(size=1)
    GradeCatalogue.objects.update(version=7)
    assert [each.fault.split(" ", 2)[2] for each in faults()][:2] == [
        "en annan än den som är lagrad",
        "hör till en annan katalog eller version",
    ]


def test_only_the_newest_version_is_made_again_unless_all_are_asked_for(graded: Graded) -> None:
    build(graded)
    decided_by_rektor(graded)
    build(graded)

    def remade(*, every: bool) -> list[str]:
        return [each.name for each in verify_documents(every=every) if each.remade]

    assert remade(every=False) == ["katalogen BK-12345678-HT26-2"]
    assert remade(every=True) == ["katalogen BK-12345678-HT26-1", "katalogen BK-12345678-HT26-2"]


def test_the_content_is_handed_out_beside_the_document(printed: Printed) -> None:
    graded, made = printed

    content = catalogue_content(graded.maker, made.pk)

    assert content.file_name == "betygskatalog-BK-12345678-HT26-1.json"
    assert (content.content.decode(), content.sha256) == (made.content, made.content_sha256)


def test_a_teacher_reads_the_catalogue_of_what_they_decided_themselves_alone(
    graded: Graded,
) -> None:
    preliminary = build(graded, TODAY)
    own = build(graded, teacher_id=graded.teacher_person.pk)

    assert catalogue_document(graded.teacher, own.pk).content.startswith(b"%PDF-")
    with pytest.raises(NotFoundError):
        catalogue_document(graded.teacher, preliminary.pk)
    colleague = world.grading_teacher(world.teacher(graded.town.unit, "Bo"), graded.town.unit)
    with pytest.raises(NotFoundError):
        catalogue_document(colleague, own.pk)
