"""Every picture, and the addresses that are no screen of their own, each with its reason."""

from provning.web.permissions import addresses
from tools.shots.administration import ADMINISTRATION
from tools.shots.afterwards import AFTERWARDS
from tools.shots.shot import Shot
from tools.shots.work import WORK

SHOTS: tuple[Shot, ...] = (*WORK, *AFTERWARDS, *ADMINISTRATION)

FILE, PART = "a file to take home", "a part of a page that is drawn anew meanwhile"
MACHINE, SAME = "answers a machine", "the same page as for persons"
NO_PICTURE = {
    "alive": MACHINE,
    "ready": MACHINE,
    "metrics": MACHINE,
    "oidc-answer": MACHINE,
    "saml-metadata": MACHINE,
    "saml-answer": MACHINE,
    "archive:package": FILE,
    "catalogues:content": FILE,
    "catalogues:copied-document": FILE,
    "catalogues:document": FILE,
    "catalogues:scan": FILE,
    "catalogues:signature-report": FILE,
    "catalogues:signed-document": FILE,
    "deliveries:list-document": FILE,
    "extracts:archive": FILE,
    "extracts:document": FILE,
    "reconciliation:answer": FILE,
    "catalogues:progress": PART,
    "catalogues:signing-progress": PART,
    "extracts:progress": PART,
    "reconciliation:progress": PART,
    "reporting:progress": PART,
    "groups:co-teacher": "the page of groups:teacher",
}


def unseen() -> list[str]:
    """Return the addresses of pages that no picture shows and no reason excuses."""
    shown = {shot.screen for shot in SHOTS}
    pages = {each.name for each in addresses() if each.rule and "GET" in each.rule.methods}
    return sorted(name for name in pages - shown - NO_PICTURE.keys() if not _of_a_kind(name))


def _of_a_kind(name: str) -> bool:
    """Say whether an address is one of a kind of import that looks as it does for persons."""
    return name.startswith("imports:") and name.endswith(("-template", "-progress", "-one"))
