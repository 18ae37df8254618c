"""The bundled fonts, and which characters each of them has a shape for."""

import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
BMP_FORMAT = 4
LAST_CODE = 0xFFFF


@cache
def font_characters(path: Path) -> frozenset[int]:
    """Return the code points a TrueType file has a shape for (OpenType: cmap, format 4)."""
    data = path.read_bytes()
    cmap = _table(data, b"cmap")
    return frozenset(_mapped(data[_subtable(data, cmap) :]))


def _table(data: bytes, tag: bytes) -> int:
    """Return where a table of the font begins."""
    (count,) = struct.unpack_from(">H", data, 4)
    for place in range(12, 12 + 16 * count, 16):
        name, _, offset, _ = struct.unpack_from(">4sIII", data, place)
        if name == tag:
            return int(offset)
    message = f"the font has no table {tag!r}"
    raise ValueError(message)


def _subtable(data: bytes, cmap: int) -> int:
    """Return where the mapping of the basic plane begins."""
    (count,) = struct.unpack_from(">H", data, cmap + 2)
    for place in range(cmap + 4, cmap + 4 + 8 * count, 8):
        _, _, offset = struct.unpack_from(">HHI", data, place)
        if struct.unpack_from(">H", data, cmap + offset) == (BMP_FORMAT,):
            return cmap + int(offset)
    message = "the font has no character map of format 4"
    raise ValueError(message)


def _mapped(table: bytes) -> Iterator[int]:
    """Return the code points that lead to a glyph other than the empty one."""
    count = struct.unpack_from(">H", table, 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", table, 14)
    starts = struct.unpack_from(f">{count}H", table, 16 + 2 * count)
    deltas = struct.unpack_from(f">{count}H", table, 16 + 4 * count)
    for segment in range(count):
        offset_at = 16 + 6 * count + 2 * segment
        for code in range(starts[segment], min(ends[segment] + 1, LAST_CODE)):
            if _glyph(table, offset_at, code - starts[segment], code, deltas[segment]):
                yield code


def _glyph(table: bytes, offset_at: int, place: int, code: int, delta: int) -> int:
    """Return the glyph of a code point: by the segment's shift, or by its list when it has one."""
    (offset,) = struct.unpack_from(">H", table, offset_at)
    if not offset:
        return (code + delta) & LAST_CODE
    (listed,) = struct.unpack_from(">H", table, offset_at + offset + 2 * place)
    return (listed + delta) & LAST_CODE if listed else 0
