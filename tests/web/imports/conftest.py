"""A browser at the adult education centre, and what the worker does."""

from dataclasses import dataclass
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from provning.imports.actions import run_import
from provning.imports.models import StagedImport
from tests.builders import TODAY
from tests.imports.world import PERSON_HEADERS, csv_file
from tests.support.kept import kept
from tests.web.stage import Stage, build_stage

LIST = "/inlasning/"
PERSONS, STAFF = "/inlasning/personer/", "/inlasning/personal/"


@dataclass
class Counter:
    """The town and the browser of its adult education centre."""

    stage: Stage
    centre: Client

    def upload(self, *rows: tuple[str, ...], headers: tuple[str, ...] = PERSON_HEADERS) -> str:
        """Upload a file of persons and return the address of its page."""
        return self.send(PERSONS, csv_file(headers, rows))

    def send(self, address: str, content: bytes, client: Client | None = None) -> str:
        """Upload a file and return the address of its page."""
        places = dict.fromkeys((PERSONS, STAFF), self.stage.town.organiser)
        sent = {
            "file": SimpleUploadedFile("elever.csv", content),
            "place": str(places.get(address, self.stage.town.own)),
            "submission": str(uuid4()),
        }
        answer = (client or self.centre).post(address, sent)
        assert answer.status_code == 302, answer.content.decode()
        return str(answer.headers["Location"])

    def page(self, address: str) -> str:
        """Return what a page says."""
        answer = self.centre.get(address)
        assert answer.status_code == 200
        return str(answer.content.decode())


stage = kept(build_stage)


@pytest.fixture
def counter(stage: Stage) -> Counter:
    """Return the town and a browser at the centre."""
    return Counter(stage, stage.client("adult_education_centre"))


def run_jobs() -> None:
    """Do what the worker does: every step that waits."""
    for staged in StagedImport.objects.filter(queued=True):
        run_import(import_id=staged.id, today=TODAY)
