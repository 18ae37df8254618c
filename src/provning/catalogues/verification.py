"""Whether what is stored is what was made: bytes, contents, and the way from content to bytes."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import QuerySet

from provning.catalogues.actions.sealing import judge
from provning.catalogues.content import CatalogueContent, CopyNote, copy_from_json, from_json
from provning.catalogues.models import (
    CatalogueCopy,
    GradeCatalogue,
    SignedDocument,
    StoredDocument,
)
from provning.catalogues.queries.electronic import newest_files
from provning.catalogues.queries.versions import DamagedDocumentError
from provning.catalogues.rendering import RenderError, render_catalogue
from provning.kernel.problems import ProblemsFoundError

MAKER = re.compile(rb"/Creator \((Typst [\d.]+)\)")
NO_CHAIN = "NO_CERTIFICATE_CHAIN_FOUND"
UNKNOWN_ISSUER = (
    ". Utfärdaren är okänd här: ange den mapp som PROVNING_SIGNING_DIR var när filen"
    " undertecknades, eller lägg dess keys/root.crt i mappen trusted"
)
ONE_AT_A_TIME = 1
"""Documents are read one by one: a scanned page may be as large as an upload may be."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One stored thing: what it is called, and in Swedish what is wrong with it, "" when nothing.

    `remade` says that its document was made again from its content, with the same bytes.
    """

    name: str
    fault: str = ""
    remade: bool = False


def verify_documents(*, every: bool = False) -> Iterator[Checked]:
    """Check every stored document, version and copy; for programs.

    The bytes of all documents and the contents of all versions are compared with their SHA-256.
    The newest version of each series, and every copy, is made again from its content and compared
    byte for byte; with `every` the older versions too. What another edition of the printing program
    made is not made again: its bytes may differ without anything being wrong. The electronic
    signatures of every version's newest signed file are verified as of now.
    """
    documents = StoredDocument.objects.order_by("stored_at", "pk")
    for stored in documents.iterator(chunk_size=ONE_AT_A_TIME):
        yield _document(stored)
    newest = set() if every else set(_newest())
    for made in _versions().iterator(chunk_size=ONE_AT_A_TIME):
        yield _version(made, remake=every or made.pk in newest)
    for signed in newest_files().iterator(chunk_size=ONE_AT_A_TIME):
        yield _signed(signed)
    copies = CatalogueCopy.objects.select_related("catalogue", "stored")
    for copy in copies.order_by("made_at", "pk").iterator(chunk_size=ONE_AT_A_TIME):
        yield _copy(copy)


def _newest() -> Iterator[object]:
    """Return the id of the newest version of each series."""
    fields = ("unit_id", "year", "season", "part", "preliminary", "teacher_id")
    ordered = GradeCatalogue.objects.order_by("version").values_list("pk", *fields)
    yield from {tuple(series): key for key, *series in ordered}.values()


def _versions() -> QuerySet[GradeCatalogue]:
    """Return the versions with their documents, in the order they were made."""
    return GradeCatalogue.objects.select_related("stored").order_by("made_at", "pk")


def _document(stored: StoredDocument) -> Checked:
    """Compare a document's bytes with the digest it is stored under."""
    content = bytes(stored.content)
    name = f"dokumentet {stored.sha256}"
    if hashlib.sha256(content).hexdigest() != stored.sha256:
        return Checked(name, "innehållet har en annan kontrollsumma än den det lagrades under")
    if len(content) != stored.size:
        return Checked(name, "storleken är en annan än den som är lagrad")
    return Checked(name)


def _version(made: GradeCatalogue, *, remake: bool) -> Checked:
    """Compare a version's content with its digest and, when asked, the document made of it."""
    name = f"katalogen {made.document_id}"
    if hashlib.sha256(made.content.encode()).hexdigest() != made.content_sha256:
        return Checked(name, "innehållet (JSON) har en annan kontrollsumma än den som är lagrad")
    try:
        content = from_json(made.content)
    except ValueError as error:
        return Checked(name, f"innehållet (JSON) går inte att läsa: {error}")
    if (content.document_id, content.version) != (made.document_id, made.version):
        return Checked(name, "innehållet (JSON) hör till en annan katalog eller version")
    return _remade(name, content, None, bytes(made.stored.content)) if remake else Checked(name)


def _signed(signed: SignedDocument) -> Checked:
    """Verify the electronic signatures of a file and compare them with the registered ones."""
    name = f"underskrifterna i {signed.catalogue.document_id}"
    try:
        found = judge(signed.catalogue, signed.stored, datetime.now(UTC))
    except DamagedDocumentError:
        return Checked(name, "filen har en annan kontrollsumma än den den lagrades under")
    if found.valid:
        return Checked(name)
    said = [
        *found.findings,
        *(each.fault or "ogiltig" for each in found.report.signatures if not each.valid),
    ]
    told = ", ".join(said) or found.report.fault
    return Checked(name, f"filen håller inte: {told}{UNKNOWN_ISSUER if NO_CHAIN in told else ''}")


def _copy(copy: CatalogueCopy) -> Checked:
    """Make a copy again from the content of what it is a copy of, and compare."""
    name = f"kopia {copy.number} av {copy.catalogue.document_id}"
    try:
        content, note = from_json(copy.catalogue.content), copy_from_json(copy.note)
    except ValueError as error:
        return Checked(name, f"innehållet (JSON) går inte att läsa: {error}")
    return _remade(name, content, note, bytes(copy.stored.content))


def _remade(
    name: str, content: CatalogueContent, note: CopyNote | None, document: bytes
) -> Checked:
    """Print the content again and compare the bytes."""
    try:
        again = render_catalogue(content, copy=note)
    except (RenderError, ProblemsFoundError) as error:
        return Checked(name, f"dokumentet går inte att göra om av sitt innehåll: {error}")
    if again == document:
        return Checked(name, remade=True)
    if MAKER.findall(again) != MAKER.findall(document):
        return Checked(name)
    return Checked(name, "dokumentet är ett annat än det som innehållet ger")
