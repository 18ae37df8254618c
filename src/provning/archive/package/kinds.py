"""Which format a scanned page is in, told by its first bytes, as PRONOM names it; pure."""

from provning.archive.package.parts import FileKind

PDF_KEYS = {
    "1.0": "fmt/14",
    "1.1": "fmt/15",
    "1.2": "fmt/16",
    "1.3": "fmt/17",
    "1.4": "fmt/18",
    "1.5": "fmt/19",
    "1.6": "fmt/20",
    "1.7": "fmt/276",
    "2.0": "fmt/1129",
}
JFIF_KEYS = {"1.00": "fmt/42", "1.01": "fmt/43", "1.02": "fmt/44"}
PNG = FileKind("image/png", "PNG", "1.0", "fmt/11")
RAW_JPEG = FileKind("image/jpeg", "Raw JPEG Stream", "", "fmt/41")
ANY_PDF = FileKind("application/pdf", "PDF", "", "fmt/18")
PDF_VERSION = slice(5, 8)
# Bytes of a JPEG: two of its start, four of the first segment's mark and length, then its name.
JFIF_NAME, JFIF_VERSION = slice(6, 11), slice(11, 13)


def scan_kind(content: bytes, media_type: str) -> FileKind:
    """Return the format of a scanned page that has been taken as one of the three kinds."""
    if media_type == "image/png":
        return PNG
    return _pdf(content) if media_type == "application/pdf" else _jpeg(content)


def _pdf(content: bytes) -> FileKind:
    version = content[PDF_VERSION].decode("ascii", "replace")
    known = version in PDF_KEYS
    return FileKind("application/pdf", "PDF", version, PDF_KEYS[version]) if known else ANY_PDF


def _jpeg(content: bytes) -> FileKind:
    if content[JFIF_NAME] != b"JFIF\x00" or len(content[JFIF_VERSION]) < len(b"mn"):
        return RAW_JPEG
    major, minor = content[JFIF_VERSION]
    version = f"{major}.{minor:02d}"
    if version not in JFIF_KEYS:
        return RAW_JPEG
    return FileKind("image/jpeg", "JFIF", version, JFIF_KEYS[version])
