"""Print a catalogue: Typst in a short-lived process, the same bytes for the same content.

Typst keeps its latest compilations for as long as the process lives: a server that printed in its
own process would grow by two hundred megabytes for each large catalogue.
"""

import json
import subprocess
import sys
from pathlib import Path

from provning.catalogues.content import (
    CatalogueContent,
    CopyNote,
    Mark,
    Sheet,
    Signer,
    SignerRole,
)
from provning.catalogues.font_files import FONTS
from provning.catalogues.printability import print_problems
from provning.catalogues.typesetting import TypesettingError, compiled
from provning.kernel.problems import refuse_if

TEMPLATES = Path(__file__).parent / "templates_typst"
PRINTED = (str(TEMPLATES / "catalogue.typ"), str(TEMPLATES), str(FONTS))
CHILD = (sys.executable, "-m", "provning.catalogues.render_child", *PRINTED)
TIMEOUT_SECONDS = 120.0

MARK_LEGENDS = {
    Mark.TRIAL: "betyget är satt efter prövning (skollagen 20 kap. 40 §).",
    Mark.CORRECTION: "ett tidigare betyg är rättat (skollagen 3 kap. 19 §).",
    Mark.AMENDMENT: "ett tidigare betyg är ändrat (skollagen 3 kap. 20 §).",
    Mark.CORRECTED: "betyget är rättat; övriga upplysningar säger till vad"
    " (skollagen 3 kap. 19 §).",
    Mark.AMENDED: "betyget är ändrat; övriga upplysningar säger till vad (skollagen 3 kap. 20 §).",
    Mark.REPLACED: "betyget är ersatt; övriga upplysningar säger av vad"
    " (förordning 2011:1108, 4 kap. 11 §).",
}
SCALE_LEGENDS = {
    "A–F": "Betyg A–E: godkänt resultat. F: icke godkänt resultat.",
    "A–E": "Betyg A–E: godkänt resultat.",
    "E/F": "Betyg E: godkänt resultat. F: icke godkänt resultat.",
    "G/IG": "Betyg G: Godkänt. IG: Icke godkänt.",
    "G": "Betyg G: Godkänt.",
    "E": "Betyg E: godkänt resultat.",
}


class RenderError(Exception):
    """The document could not be made; the message says what the printing program answered."""


def render_catalogue(
    content: CatalogueContent,
    *,
    copy: CopyNote | None = None,
    timeout: float = TIMEOUT_SECONDS,
) -> bytes:
    """Return the catalogue as PDF/A-2a and PDF/UA-1; refuse what cannot be printed whole.

    `copy` makes it a copy of a lost original, marked as one on every page.
    """
    refuse_if(print_problems(content))
    try:
        child = subprocess.run(
            CHILD,
            input=written_for_child(content, copy),
            capture_output=True,
            timeout=timeout,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        message = f"{content.document_id}: no document within {timeout:g} seconds"
        raise RenderError(message) from error
    if child.returncode:
        message = f"{content.document_id}: {child.stderr.decode(errors='replace').strip()}"
        raise RenderError(message)
    return child.stdout


def written_for_child(content: CatalogueContent, copy: CopyNote | None = None) -> bytes:
    """Return what the printing process reads: the content and the words around it."""
    return _payload(content, copy).encode()


def render_in_process(content: CatalogueContent, copy: CopyNote | None = None) -> bytes:
    """Return the PDF, made in this process, as the child makes it."""
    try:
        return compiled(*PRINTED, _payload(content, copy))
    except TypesettingError as error:
        raise RenderError(str(error)) from error


def _payload(content: CatalogueContent, copy: CopyNote | None) -> str:
    """Return the content with the words around it that follow from it."""
    payload = {
        "content": json.loads(content.to_json()),
        "title": _title(content, copy),
        "roles": {role: role.words for role in SignerRole},
        "legends": [_legends(sheet) for sheet in content.sheets],
        "copy": _copy(content, copy) if copy else None,
    }
    return json.dumps(payload, ensure_ascii=False)


def _copy(content: CatalogueContent, copy: CopyNote) -> dict[str, object]:
    """Return what a copy says: its mark, and of each signer what is registered."""
    return {
        "mark": f"KOPIA {copy.number} – originalet har förkommit",
        "made": f"Kopia {copy.number}, {copy.made_on.isoformat()}",
        "signed": {_key(signer): copy.said_of(signer) for signer in content.signers},
    }


def _key(signer: Signer) -> str:
    return f"{signer.role} {signer.person}"


def _title(content: CatalogueContent, copy: CopyNote | None) -> str:
    """Return the document's title: what a reader hears first and an archive lists."""
    parts = ["Betygskatalog – Prövning", content.unit_name, content.term_label]
    if content.protected:
        parts.append("skyddad identitet")
    parts.append("preliminär" if content.preliminary else f"version {content.version}")
    if copy:
        parts.append(f"kopia {copy.number}")
    return ", ".join(parts)


def _legends(sheet: Sheet) -> list[str]:
    """Return what the marks and grades of a sheet mean, each once."""
    used = {mark for row in sheet.rows for mark in row.marks}
    marks = [f"{mark}: {MARK_LEGENDS[mark]}" for mark in Mark if mark in used]
    scale = SCALE_LEGENDS.get(sheet.scale_label)
    return [*marks, scale] if scale else marks
