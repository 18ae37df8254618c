"""The first day: from an empty installation to a decided grade, by the screens alone.

The command makes the first administrator and the program its course register; everything else is
typed into the pages' own forms, by whoever may, once they have added a second step.
"""

import io
import re

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from provning.accounts.models import User
from provning.accounts.tasks import send_invitation
from provning.cli.main import main
from provning.grading.models import GradeDecision
from tests.builders import PASSWORD, load_courses, official_numbers
from tests.support.second_step import add_app
from tests.web.integrity.visitor import Form, Forms

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.once("what each page stores is tested on both databases by the page's own tests"),
]
TODAY, EXAM, AFTER = "2026-11-24", "2026-12-09", "2026-12-10"
START = "2026-08-17"


class Somebody:
    """Somebody at a browser without a screen, who reads the pages' forms and fills them in."""

    def __init__(self, username: str = "") -> None:
        """Sign in, when there is an account to sign in to."""
        self.client = Client()
        if username:
            self.send("/logga-in/", username=username, password=PASSWORD)
            # As the handbook says to do first.
            add_app(self.client)

    def send(self, url: str, to: str = "", **typed: str) -> str:
        """Fill in the form of a page that goes to `to`, send it, and return where it led.

        Whoever is asked to show anew who they are does so, and sends the form again.
        """
        form = self._form(url, to or url, typed)
        sent = form.fields | typed
        answer = self.client.post(form.action or url, sent)
        if answer.headers.get("Location") == "/bekrafta/":
            self.client.post("/bekrafta/har/", {"password": PASSWORD})
            answer = self.client.post(form.action or url, sent)
        said = re.findall(r'class="error[^>]*>(.*?)<', answer.content.decode())
        assert answer.status_code == 302, (url, answer.status_code, said)
        return str(answer.headers["Location"])

    def page(self, url: str) -> str:
        """Return a page."""
        answer = self.client.get(url)
        assert answer.status_code == 200, (url, answer.status_code)
        return answer.content.decode()

    def _form(self, url: str, to: str, typed: dict[str, str]) -> Form:
        forms = [each for each in Forms(self.page(url)).found if each.method == "post"]
        [form] = [
            each
            for each in forms
            if (each.action or url) == to and set(typed) <= {*each.types, "do", "proposal"}
        ]
        return form


def first_administrator(monkeypatch: pytest.MonkeyPatch) -> Somebody:
    """Make the first account by the command, as the handbook says, and sign in."""
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    assert main(["administrator", "--username", "anna.berg", "--name", "Anna Berg"]) == 0
    return Somebody("anna.berg")


def organisation(anna: Somebody) -> str:
    """Lay up huvudman, anordnare and skolenhet with initials; return the unit's page."""
    where = "/organisation/"
    municipality = {"municipality_code": "2326", "municipality_name": "Berg"}
    organiser = anna.send(f"{where}ny-huvudman/", name="Bergs kommun", **municipality)
    provider = anna.send(f"{organiser}ny-anordnare/", name="Lärcentrum Berg", kind="internal")
    initials = anna.send(f"{provider}ny-enhet/", name="Komvux Berg", code="12345678")
    return anna.send(initials, initials="KB", valid_from="2026-01-01")


def opened(anna: Somebody, username: str, name: str) -> str:
    """Open an account, choose its password by the mail's link, and return the account's page."""
    anna.send(
        "/konton/nytt/",
        name=name,
        username=username,
        email=f"{username}@berg.example",
        way="inbjudan",
    )
    user = User.objects.get(username=username)
    mail.outbox.clear()
    send_invitation.call(str(user.pk))
    [link] = re.findall(r"/logga-in/\S+", str(mail.outbox.pop().body))
    holder = Somebody()
    chosen = holder.client.get(link).headers["Location"]
    holder.send(chosen, new_password=PASSWORD, new_password_again=PASSWORD)
    return f"/konton/{user.pk}/"


def given(who: Somebody, username: str, role: str, place: str) -> None:
    """Give, or propose, a role at the place of the name."""
    options = re.findall(r'<option value="([^"]*)"[^>]*>([^<]*)', who.page("/roller/"))
    [key] = [key for key, text in options if text == place]
    who.send("/roller/", username=username, role=role, place=key, valid_from=TODAY)


def staffed(anna: Somebody, unit: str) -> None:
    """Give a teacher a duty, open everybody's accounts, say whose the teacher's is, give roles."""
    number = next(official_numbers())
    anna.send(
        f"{unit}ny-tjanst/",
        identity_number=number,
        given_name="Karin",
        family_name="Wallgren",
        role="Lärare",
        registered_teacher="on",
        subjects="MAT",
        start_date=START,
    )
    own = opened(anna, "karin", "Karin Wallgren")
    anna.send(own, f"{own}koppla/", identity_number=number)
    opened(anna, "bo.lund", "Bo Lund")
    opened(anna, "lena", "Lena Ek")
    opened(anna, "birgitta", "Birgitta Dal")
    given(anna, "bo.lund", "system_administrator", "Hela systemet")
    given(anna, "karin", "grading_teacher", "Lärcentrum Berg, Komvux Berg")
    given(anna, "lena", "internal_provider", "Lärcentrum Berg")
    given(anna, "birgitta", "adult_education_centre", "Bergs kommun")
    # Who sees protected persons takes two administrators.
    bo = Somebody("bo.lund")
    [waits] = re.findall(r'name="proposal" value="(\d+)"', bo.page("/roller/"))
    bo.client.post("/roller/", {"proposal": waits, "do": "approve"})


def placed(unit: str) -> str:
    """Set up a group with its teacher, and have an examinee registered and placed in it."""
    lena, birgitta = Somebody("lena"), Somebody("birgitta")
    page = lena.page("/grupper/lagg-till/")
    [teacher] = re.findall(r'<option value="([0-9a-f-]{36})"[^>]*>Karin Wallgren', page)
    group = lena.send(
        "/grupper/lagg-till/",
        unit=unit.split("/")[-2],
        term="HT26",
        course="MATMAT03b",
        grading_teacher=teacher,
    )
    *_numbers, number = official_numbers()
    asked = lena.send(
        "/begaran/ny/",
        identity_number=number,
        given_name="Alva",
        family_name="Bergqvist",
        group=group.split("/")[-2],
        exam_date=EXAM,
    )
    birgitta.send(asked, protection="Ingen", do="register")
    return group


def test_an_empty_installation_comes_to_a_decided_grade_by_its_screens(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.TODAY, settings.ASSURANCE = TODAY, "strong"
    load_courses("MATMAT03b")
    anna = first_administrator(monkeypatch)
    unit = organisation(anna)
    staffed(anna, unit)
    group = placed(unit)
    settings.TODAY = AFTER
    karin = Somebody("karin")
    sheet = group.replace("/grupper/", "/betyg/")
    [field] = set(re.findall(r'name="(grade-[0-9a-f-]+)"', karin.page(sheet)))
    karin.send(sheet, **{field: "C"}, do="save")
    karin.send(f"{sheet}granska/", password=PASSWORD, do="decide")
    [decision] = GradeDecision.objects.all()
    assert (decision.value, decision.decided_by_name) == ("C", "Karin Wallgren")
