"""The demo's API client: made once, its secret kept beside the demo's database."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID, uuid4

from provning.cli.demo.plan import ORGANISER
from provning.cli.demo.standing import ACTOR
from provning.clients.actions import create_client, rotate_client
from provning.clients.models import ApiClient
from provning.clients.rows import MadeClient
from provning.clients.scopes import CODES
from provning.kernel.actors import Scope, ScopeKind
from provning.organisation.models import Organiser

NAME = "Demo: ett annat system"
FILE = "demo-client.json"
LIST = "ss12000/v2.0/grades?limit=2&expandReferenceNames=true"
TAKE_OUT = 'sed \'s/.*"access_token": *"\\([^"]*\\)".*/\\1/\''


def demo_client(directory: Path, today: date) -> tuple[str, str]:
    """Return the client's id and secret, the same each time the demo is started.

    Only the demo keeps a secret: a real one is shown once and kept nowhere.
    """
    path = directory / FILE
    known = ApiClient.objects.filter(name=NAME).first()
    if known is not None and path.exists():
        kept = json.loads(path.read_text("ascii"))
        return kept["id"], kept["secret"]
    made = _again(known.pk) if known else _made(today)
    path.touch(mode=0o600)
    content = {"id": str(made.client_id), "secret": made.secret}
    path.write_text(json.dumps(content), "ascii")
    return content["id"], content["secret"]


def lines(client_id: str, secret: str, address: str) -> list[str]:
    """Return what to try on the command line."""
    login = f"{client_id}:{secret}"
    return [
        "",
        "API-klient för demot:",
        f"  client_id      {client_id}",
        f"  client_secret  {secret}",
        "Prova i en annan terminal:",
        f"  TOKEN=$(curl -s -u {login} -d grant_type=client_credentials {address}/api/token"
        f" | {TAKE_OUT})",
        f'  curl -s -H "Authorization: Bearer $TOKEN" "{address}/api/{LIST}"',
    ]


def _made(today: date) -> MadeClient:
    organiser = Organiser.objects.get(name=ORGANISER)
    return create_client(
        actor=ACTOR,
        name=NAME,
        data_classes=CODES,
        reach=[Scope(ScopeKind.ORGANISER, organiser.pk)],
        protected_persons=ApiClient.ProtectedPersons.MARKED,
        submission=uuid4(),
        now=datetime.now(UTC),
        today=today,
    )


def _again(client_id: UUID) -> MadeClient:
    """Give a client whose kept secret is gone a new one."""
    return rotate_client(
        actor=ACTOR,
        client_id=client_id,
        overlap_hours=0,
        submission=uuid4(),
        now=datetime.now(UTC),
    )
