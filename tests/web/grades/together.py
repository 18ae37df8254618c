"""Two teachers who decide together, acting through the screens."""

from django.test import Client

from tests.web.grades.conftest import Desk, reviewed, typed


def save(client: Client, desk: Desk, **changes: str) -> str:
    answer = client.post(desk.sheet, typed(client.get(desk.sheet).content.decode(), **changes))
    return answer.content.decode()


def act(client: Client, desk: Desk, do: str, **more: str) -> str:
    sent = reviewed(client.get(desk.review).content.decode()) | {"do": do} | more
    return client.post(desk.review, sent, follow=True).content.decode()


def disagreeing(desk: Desk, tomas: Client, karin: Client | None = None) -> None:
    """Let Karin answer B and Tomas C."""
    karin = karin or desk.teacher()
    save(karin, desk, _0="B")
    act(karin, desk, "answer")
    html = save(tomas, desk, _0="C")
    tomas.post(desk.sheet, typed(html) | {"mine": str(desk.placements[0].id)})
    act(tomas, desk, "answer")
