"""`./prov client`: make, list, re-key and stop, as an operator does."""

import re

import pytest

from provning.audit.models import AuditEvent
from provning.cli import client
from provning.cli.main import main
from provning.clients.models import ApiClient
from provning.clients.queries import client_by_secret
from provning.kernel.actors import ScopeKind
from tests.builders import build_town
from tests.clients.making import NOW, make_client, row_of

pytestmark = pytest.mark.django_db


def keys(out: str) -> tuple[str, str]:
    found = re.search(r"client_id: +(\S+)\nclient_secret: (\S+)\n", out)
    assert found
    return found[1], found[2]


def test_a_client_is_made_listed_rekeyed_and_stopped(capsys: pytest.CaptureFixture[str]) -> None:
    town = build_town()
    words = [
        "client",
        "create",
        "--name",
        "Skolplattformen",
        "--data",
        "grades",
        "--data",
        "groups",
    ]
    assert main([*words, "--provider", "Kunskapskompaniet AB", "--expires", "2099-12-31"]) == 0
    client_id, secret = keys(capsys.readouterr().out)
    row = client_by_secret(client_id, secret, NOW)
    assert row is not None
    assert (row.data_classes, row.reach[0].kind, row.reach[0].id, row.protected_persons) == (
        ("grades", "groups"),
        ScopeKind.PROVIDER,
        town.contracted,
        "marked",
    )
    assert main(["client", "rotate", client_id, "--overlap-hours", "0"]) == 0
    assert keys(capsys.readouterr().out)[1] != secret
    assert main(["client", "list"]) == 0
    assert capsys.readouterr().out == (
        f"{client_id}  Skolplattformen  gäller  senaste anrop: aldrig\n"
    )
    assert main(["client", "revoke", client_id]) == 0
    assert main(["client", "list"]) == 0
    assert "Skolplattformen  spärrad" in capsys.readouterr().out
    names = AuditEvent.objects.filter(name__startswith="api_client").values_list("name", "actor_id")
    assert list(names.order_by("number")) == [
        (name, client.OPERATOR.id)
        for name in ("api_client_created", "api_client_rotated", "api_client_revoked")
    ]


def test_a_name_that_nobody_has_makes_no_client(capsys: pytest.CaptureFixture[str]) -> None:
    build_town()
    words = ["client", "create", "--name", "X", "--data", "grades", "--unit", "Komvux Månen"]
    assert main(words) == client.NOT_UNDERSTOOD
    assert capsys.readouterr().err == "Finns inte: Komvux Månen\n"
    assert ApiClient.objects.count() == 0


def test_what_is_refused_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["client", "create", "--name", "X", "--data", "grades"]) == client.NOT_DONE
    assert "Välj vems uppgifter klienten ska se" in capsys.readouterr().err


def test_a_stopped_client_gets_no_new_key(capsys: pytest.CaptureFixture[str]) -> None:
    made = make_client()
    assert main(["client", "revoke", str(made.client_id)]) == 0
    assert main(["client", "rotate", str(made.client_id)]) == client.NOT_DONE
    assert "Klienten är spärrad" in capsys.readouterr().err
    assert row_of(made).revoked_at is not None
