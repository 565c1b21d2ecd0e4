"""Read, shrink and write PNG pictures with the standard library alone.

Eight bits a channel, not interlaced: what browsers and cameras' exports write. Everything else is refused by name.
"""

import struct
import zlib
from dataclasses import dataclass

SIGNATURE = b"\x89PNG\r\n\x1a\n"
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Channels by colour type: grey, RGB, palette, grey with alpha, RGB with alpha."""
PALETTE = 3
MOST_PIXELS = 4_000_000
"""More would take longer than the function has; a cover needs a tenth of it."""


class Unsupported(Exception):
    """A file that is no PNG, or one of a kind that is not read here; the text says which."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Rows of pixels, a byte a channel."""

    width: int
    height: int
    colour: int
    rows: tuple[bytes, ...]


def decode(data: bytes) -> Picture:
    """Read a picture; a palette becomes RGB."""
    if not data.startswith(SIGNATURE):
        raise Unsupported("no PNG")
    parts = dict.fromkeys((b"IHDR", b"IDAT", b"PLTE"), b"")
    position = len(SIGNATURE)
    while position + 8 <= len(data):
        (length,) = struct.unpack_from(">I", data, position)
        kind = data[position + 4 : position + 8]
        if kind in parts:
            parts[kind] += data[position + 8 : position + 8 + length]
        position += length + 12
    if len(parts[b"IHDR"]) != 13:
        raise Unsupported("no header")
    width, height, depth, colour, _, _, interlace = struct.unpack(">IIBBBBB", parts[b"IHDR"])
    if depth != 8 or interlace or colour not in CHANNELS:
        raise Unsupported(f"depth {depth}, colour type {colour}, interlace {interlace}")
    if not 0 < width * height <= MOST_PIXELS:
        raise Unsupported(f"{width} x {height} pixels")
    rows = _unfilter(_inflate(parts[b"IDAT"], (width * CHANNELS[colour] + 1) * height), width, height, colour)
    if colour == PALETTE:
        palette = parts[b"PLTE"]
        rows = tuple(b"".join(palette[3 * index : 3 * index + 3] for index in row) for row in rows)
        colour = 2
    return Picture(width, height, colour, rows)


def _inflate(data: bytes, expected: int) -> bytes:
    """Unpack exactly what the header announces: a small file must not become a large one in memory."""
    try:
        raw = zlib.decompressobj().decompress(data, expected + 1)
    except zlib.error as error:
        raise Unsupported("broken data") from error
    if len(raw) != expected:
        raise Unsupported("broken data")
    return raw


def _unfilter(raw: bytes, width: int, height: int, colour: int) -> tuple[bytes, ...]:
    """Undo the prediction that each row was stored with."""
    step = CHANNELS[colour]
    size = width * step
    before = bytearray(size)
    rows: list[bytes] = []
    for number in range(height):
        start = number * (size + 1)
        row = bytearray(raw[start + 1 : start + 1 + size])
        _undo(raw[start], row, before, step)
        rows.append(bytes(row))
        before = row
    return tuple(rows)


def _undo(kind: int, row: bytearray, above: bytearray, step: int) -> None:
    if kind > 4:
        raise Unsupported(f"filter {kind}")
    if kind == 2:
        row[:] = bytes((value + up) & 255 for value, up in zip(row, above, strict=True))
    elif kind:
        for at in range(len(row)):
            left, up = (row[at - step] if at >= step else 0), above[at]
            corner = above[at - step] if at >= step else 0
            guess = left if kind == 1 else (left + up) // 2 if kind == 3 else _paeth(left, up, corner)
            row[at] = (row[at] + guess) & 255


def _paeth(left: int, up: int, corner: int) -> int:
    """The neighbour that is closest to left + up - corner."""
    base = left + up - corner
    return min((left, up, corner), key=lambda value: abs(base - value))


def shrink(picture: Picture, width: int) -> Picture:
    """Make a picture of that width, each pixel the mean of those it stands for; never a larger one."""
    if picture.width <= width:
        return picture
    height = max(1, round(picture.height * width / picture.width))
    step = CHANNELS[picture.colour]
    columns = [(x * picture.width // width, (x + 1) * picture.width // width) for x in range(width)]
    rows: list[bytes] = []
    for y in range(height):
        top, bottom = y * picture.height // height, (y + 1) * picture.height // height
        block = picture.rows[top : max(bottom, top + 1)]
        rows.append(
            bytes(
                sum(sum(row[first * step + channel : last * step : step]) for row in block)
                // (len(block) * (last - first))
                for first, last in columns
                for channel in range(step)
            )
        )
    return Picture(width, height, picture.colour, tuple(rows))


def encode(picture: Picture) -> bytes:
    """Write a picture without prediction: simple, and small enough for a thumbnail."""
    header = struct.pack(">IIBBBBB", picture.width, picture.height, 8, picture.colour, 0, 0, 0)
    data = zlib.compress(b"".join(b"\0" + row for row in picture.rows), 9)
    return SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
