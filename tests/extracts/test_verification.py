"""A changed content of an extract is found and named."""

import pytest
from django.db import connection

from provning.audit.guards import remove_guards
from provning.catalogues.verification import Checked
from provning.extracts.models import Extract
from provning.extracts.verification import verify_extracts
from tests.extracts.world import grade, issue, office
from tests.grading import world

pytestmark = pytest.mark.django_db


def issued() -> Extract:
    at, ada = office(), world.person("Ada", "Åkesson")
    return issue(at, ada, [grade(at, ada, "B")])


def test_an_extract_as_it_was_issued_holds() -> None:
    extract = issued()
    assert list(verify_extracts()) == [Checked(f"utdraget {extract.document_id}")]


def test_one_changed_byte_in_the_content_is_named() -> None:
    extract = issued()
    remove_guards(connection)
    content = extract.content.replace('"B"', '"A"')
    assert content != extract.content
    Extract.objects.filter(pk=extract.pk).update(content=content)

    fault = "innehållet (JSON) har en annan kontrollsumma än den som är lagrad"
    assert list(verify_extracts()) == [Checked(f"utdraget {extract.document_id}", fault)]
