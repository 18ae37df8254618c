"""The file of identity providers: read as the documents say, and refused when it is faulty."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from provning.accounts.identities import IdentityKind
from provning.accounts.providers import ProvidersUnreadableError, providers
from tools.python_source import ROOT

PAGE = ROOT / "docs" / "interfaces" / "sign-in.md"


def documented() -> list[dict[str, Any]]:
    """Return the example of the documents."""
    found = re.search(r"```json\n(.+?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert found
    entries: list[dict[str, Any]] = json.loads(found[1])
    return entries


def written(folder: Path, entries: object) -> str:
    (folder / "sjostad.pem").write_text("a certificate\n", "utf-8")
    (folder / "provning-key.pem").write_text("a key\n", "utf-8")
    path = folder / "providers.json"
    path.write_text(json.dumps(entries), "utf-8")
    return str(path)


def test_the_example_of_the_documents_is_read(tmp_path: Path) -> None:
    saml, oidc = providers(written(tmp_path, documented()))
    assert (saml.name, saml.believed, saml.scopes) == (
        "sjostad",
        (IdentityKind.EPPN,),
        frozenset({"sjostad.example"}),
    )
    assert saml.settings["certificate"] == "a certificate"
    assert (oidc.settings["private_key"], oidc.levels["urn:example:high"]) == ("a key", 3)
    assert oidc.level_values(3) == [
        "http://id.elegnamnden.se/loa/1.0/loa3",
        "http://id.elegnamnden.se/loa/1.0/loa4",
        "http://id.swedenconnect.se/loa/1.0/uncertified-loa3",
        "urn:example:high",
    ]


def test_without_a_file_there_are_no_providers() -> None:
    assert providers("") == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": "Sjöstad"}, "name"),
        ({"protocol": "ldap"}, "protocol"),
        ({"identities": []}, "identities"),
        ({"identities": ["email"]}, "email"),
        ({"eppn_scopes": []}, "eppn_scopes"),
        ({"levels": {"x": 4}}, "levels"),
        ({"settings": {"entity_id": "x"}}, "settings lack"),
        ({"settings": {"certificate_file": "none.pem"}}, "none.pem"),
    ],
)
def test_a_faulty_file_stops_the_program_and_says_why(
    change: dict[str, Any], said: str, tmp_path: Path
) -> None:
    path = written(tmp_path, [documented()[0] | change])
    with pytest.raises(ProvidersUnreadableError, match=said):
        providers(path)


def test_two_providers_of_one_name_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path, [documented()[0], documented()[0]])
    with pytest.raises(ProvidersUnreadableError, match="same name"):
        providers(path)
