"""Typst itself, and how a process that runs it is spoken to.

Each document, or each batch, has such a process. It loads this module and nothing of the program
or of the library that takes time: one that did would take four times as long to start.
"""

import struct

import typst

TYPE_CHECKING = False  # `typing` is most of what a start would load.
if TYPE_CHECKING:
    from typing import IO

# Archive (ISO 19005-2, level A) and accessibility (ISO 14289-1) in one file.
STANDARDS: "list[typst.PDFStandard]" = ["a-2a", "ua-1"]
LENGTH = struct.Struct(">BQ")
DONE, FAILED = 0, 1


class TypesettingError(Exception):
    """The document could not be made; the message says what Typst answered."""


def compiled(template: str, root: str, fonts: str, data: str) -> bytes:
    """Return a template's document as PDF/A-2a and PDF/UA-1; `data` is its input of that name."""
    try:
        document, warnings = typst.compile_with_warnings(
            template,
            root=root,
            font_paths=only(fonts),
            format="pdf",
            sys_inputs={"data": data},
            pdf_standards=STANDARDS,
        )
    except typst.TypstError as error:
        raise TypesettingError(error.diagnostic) from error
    # A warning is a font or a feature that is missing: the paper would differ from what was meant.
    if warnings:
        raise TypesettingError("; ".join(warning.message for warning in warnings))
    return document


def only(folder: str) -> typst.Fonts:
    """Return the fonts of a folder alone: another machine's would give another document."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
    )


def write_frame(pipe: "IO[bytes]", status: int, content: bytes) -> None:
    """Write one message: how it went, its length, itself."""
    pipe.write(LENGTH.pack(status, len(content)))
    pipe.write(content)
    pipe.flush()


def read_frame(pipe: "IO[bytes]") -> tuple[int, bytes]:
    """Read one message; raises `EOFError` when the other end is gone."""
    status, length = LENGTH.unpack(_read(pipe, LENGTH.size))
    return status, _read(pipe, length)


def _read(pipe: "IO[bytes]", length: int) -> bytes:
    content = pipe.read(length)
    if len(content) < length:
        raise EOFError
    return content
