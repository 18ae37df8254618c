"""Print a catalogue: Typst in a short-lived process, the same bytes for the same content.

Typst keeps its latest compilations for as long as the process lives: a server that printed in its
own process would grow by two hundred megabytes for each large catalogue.
"""

import json
import subprocess
import sys
from pathlib import Path

import typst

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
from provning.kernel.problems import refuse_if

TEMPLATES = Path(__file__).parent / "templates_typst"
CHILD = (sys.executable, "-m", "provning.catalogues.render_child")
TIMEOUT_SECONDS = 120.0
# Archive (ISO 19005-2, level A) and accessibility (ISO 14289-1) in one file.
STANDARDS: "list[typst.PDFStandard]" = ["a-2a", "ua-1"]

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
    """Return what the printing process reads: the content, and on another line what a copy says."""
    lines = [content.to_json(), *([copy.to_json()] if copy else [])]
    return "\n".join(lines).encode()


def render_in_process(content: CatalogueContent, copy: CopyNote | None = None) -> bytes:
    """Return the PDF, made in this process: for the child, which ends afterwards."""
    try:
        document, warnings = typst.compile_with_warnings(
            str(TEMPLATES / "catalogue.typ"),
            root=str(TEMPLATES),
            font_paths=typst.Fonts(
                include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
            ),
            format="pdf",
            sys_inputs={"data": _payload(content, copy)},
            pdf_standards=STANDARDS,
        )
    except typst.TypstError as error:
        raise RenderError(error.diagnostic) from error
    # A warning is a font or a feature that is missing: the paper would differ from what was meant.
    if warnings:
        raise RenderError("; ".join(warning.message for warning in warnings))
    return document


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
