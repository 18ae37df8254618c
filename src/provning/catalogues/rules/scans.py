"""Which files are taken as a scanned page: told by their content, never by their name; pure."""

from provning.kernel.problems import Problem

MOST_BYTES = 20_000_000
SCAN_ENDINGS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}
# How each kind begins, and what stands near its end when it is whole.
KINDS = (
    ("application/pdf", b"%PDF-", b"%%EOF"),
    ("image/png", b"\x89PNG\r\n\x1a\n", b"IEND"),
    ("image/jpeg", b"\xff\xd8\xff", b"\xff\xd9"),
)
TAIL = 1024


def scan_type(content: bytes) -> str:
    """Return the kind of file, "" for one that is none of these or is cut off."""
    return next(
        (
            media_type
            for media_type, head, end in KINDS
            if content.startswith(head) and end in content[-TAIL:]
        ),
        "",
    )


def scan_problems(content: bytes) -> list[Problem]:
    """Say what keeps a file from being kept as a scanned page."""
    if len(content) > MOST_BYTES:
        message = (
            "Filen är {size} MB men får vara högst {most} MB. Skanna med lägre upplösning (300 dpi"
            " räcker) eller dela upp den."
        )
        params = {"size": len(content) // 1_000_000, "most": MOST_BYTES // 1_000_000}
        return [Problem("scan-size", "scan", message, "Policy", params)]
    if not scan_type(content):
        message = "Filen är ingen hel PDF, PNG eller JPEG. Skanna bladet igen och välj den filen."
        return [Problem("scan-kind", "scan", message, "Policy")]
    return []
