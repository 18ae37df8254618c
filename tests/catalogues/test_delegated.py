"""What was decided on rektor's delegation is signed as such."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from provning.catalogues.queries import catalogue_record, electronic_row
from tests.catalogues import signing
from tests.catalogues.electronic import decided_on_delegation, file_of, parts, sign, signs_by
from tests.catalogues.world import graded_group
from tests.grading import world

pytestmark = pytest.mark.django_db


def test_who_decided_on_delegation_signs_as_such() -> None:
    graded = graded_group([world.person()])
    signs_by(graded, "electronic")
    deputy = decided_on_delegation(graded)
    [made] = parts(graded)
    assert [tuple(each) for each in made.signers.values_list("role", "decisions")] == [
        ("LÄRARE", 1),
        ("REKTOR", 1),
    ]
    today = signing.NEXT_DAY
    [choice] = electronic_row(deputy, made.pk, today).choices
    lines = catalogue_record(graded.maker, made.pk, today).rows
    assert choice.role_label == "på rektors delegation"
    assert [row.role_label for row in lines] == ["betygssättande lärare", choice.role_label]
    sign(deputy, made, "REKTOR")
    [field] = (PdfReader(BytesIO(file_of(made))).get_fields() or {}).values()
    given = f"Betygskatalog {made.document_id}, på rektors delegation"
    assert (field["/V"]["/Name"], field["/V"]["/Reason"]) == ("Siri Ställ", given)
