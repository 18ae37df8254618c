"""The identity providers of an installation: read from one file, checked when the program starts.

A file of JSON, a list of entries; docs/interfaces/sign-in.md describes every word of it.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from provning.accounts.identities import IdentityKind

NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
PROTOCOLS: Final = ("oidc", "saml")
LOA: Final = "http://id.elegnamnden.se/loa/1.0/"
UNCERTIFIED: Final = "http://id.swedenconnect.se/loa/1.0/"
SWEDISH_LEVELS: Final[Mapping[str, int]] = MappingProxyType(
    {
        f"{LOA}loa2": 2,
        f"{LOA}loa3": 3,
        f"{LOA}loa4": 3,
        f"{UNCERTIFIED}uncertified-loa2": 2,
        f"{UNCERTIFIED}uncertified-loa3": 3,
    }
)
"""Tillitsnivåer as Swedish identity providers write them; a provider may have others beside."""
ATTRIBUTES: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = MappingProxyType(
    {
        "saml": {
            "eppn": ("urn:oid:1.3.6.1.4.1.5923.1.1.1.6", "eduPersonPrincipalName"),
            "personal_number": (
                "urn:oid:1.2.752.29.4.13",
                "personalIdentityNumber",
                "urn:oid:1.3.6.1.4.1.2428.90.1.5",
                "norEduPersonNIN",
            ),
        },
        "oidc": {
            "eppn": ("eduperson_principal_name",),
            "personal_number": (
                "https://id.oidc.se/claim/personalIdentityNumber",
                "https://id.oidc.se/claim/coordinationNumber",
                "nin",
            ),
        },
    }
)


class ProvidersUnreadableError(ValueError):
    """The file that `PROVNING_IDENTITY_PROVIDERS` names cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class IdentityProvider:
    """One provider: its name in addresses, what people call it, whose it is, what it may say.

    `settings` holds what only its protocol reads. `believed` are the kinds of identity it may
    vouch for, `scopes` what stands after the @ of its EPPN, `levels` its acr values as 1–3.
    """

    name: str
    label: str
    organiser: str
    protocol: str
    believed: tuple[IdentityKind, ...]
    scopes: frozenset[str]
    levels: Mapping[str, int]
    attributes: Mapping[str, tuple[str, ...]]
    settings: Mapping[str, Any]

    def level_values(self, least: int) -> list[str]:
        """Return the values to ask for when at least a level is needed, in the file's order."""
        return [value for value, level in self.levels.items() if level >= least]


@lru_cache(maxsize=8)
def read_providers(path: str, _changed: int = 0) -> tuple[IdentityProvider, ...]:
    """Return the providers of a file; raises `ProvidersUnreadableError`."""
    try:
        entries = json.loads(Path(path).read_text("utf-8"))
        found = tuple(_provider(entry, Path(path).parent) for entry in entries)
        if len({each.name for each in found}) != len(found):
            raise ValueError("two providers have the same name")  # noqa: TRY301 # told with the rest
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        message = f"{path}: {type(error).__name__}: {error}"
        raise ProvidersUnreadableError(message) from error
    return found


def providers(path: str) -> tuple[IdentityProvider, ...]:
    """Return the providers of a file as it is now; none without a file."""
    return read_providers(path, Path(path).stat().st_mtime_ns) if path else ()


def _provider(entry: Mapping[str, Any], folder: Path) -> IdentityProvider:
    name, protocol = entry["name"], entry["protocol"]
    if not NAME.fullmatch(name):
        raise ValueError(f"name {name!r}: small letters, digits and hyphens")
    if protocol not in PROTOCOLS:
        raise ValueError(f"{name}: protocol is one of {PROTOCOLS}")
    believed = tuple(IdentityKind(each) for each in entry["identities"])
    scopes = frozenset(each.casefold() for each in entry.get("eppn_scopes", ()))
    if not believed or (IdentityKind.EPPN in believed and not scopes):
        raise ValueError(f"{name}: identities are missing, or eppn without eppn_scopes")
    levels = {**SWEDISH_LEVELS, **entry.get("levels", {})}
    if not set(levels.values()) <= {1, 2, 3}:
        raise ValueError(f"{name}: levels are 1, 2 or 3")
    own = {kind: tuple(names) for kind, names in entry.get("attributes", {}).items()}
    return IdentityProvider(
        name,
        entry["label"],
        entry.get("organiser", ""),
        protocol,
        believed,
        scopes,
        MappingProxyType(levels),
        MappingProxyType({**ATTRIBUTES[protocol], **own}),
        MappingProxyType(_settings(entry, folder)),
    )


def _settings(entry: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Return what the protocol reads; a word that ends with _file is replaced by the content."""
    found = dict(entry.get("settings", {}))
    for word in [each for each in found if each.endswith("_file")]:
        found[word.removesuffix("_file")] = (folder / found.pop(word)).read_text("utf-8").strip()
    wanted = {"oidc": ("issuer", "client_id"), "saml": ("entity_id", "sso_url", "certificate")}
    missing = [word for word in wanted[entry["protocol"]] if not found.get(word)]
    if missing:
        raise ValueError(f"{entry['name']}: settings lack {missing}")
    return found
