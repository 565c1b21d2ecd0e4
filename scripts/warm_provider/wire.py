"""Read the protobuf wire format just far enough to keep or drop whole fields.

The front forwards messages it has no compiled classes for, so it works on the encoded bytes: what is kept
stays byte for byte what the provider sent.
"""

from collections.abc import Iterator
from dataclasses import dataclass

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5


class MalformedMessageError(ValueError):
    """The bytes are not one whole protobuf message."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a message: its number, its encoding with the tag, and the payload alone."""

    number: int
    encoded: bytes
    payload: bytes


def encode_varint(value: int) -> bytes:
    """Encode a non-negative integer as a protobuf varint."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def encode_field(number: int, payload: bytes) -> bytes:
    """Encode one length-delimited field."""
    return encode_varint(number << 3 | _BYTES) + encode_varint(len(payload)) + payload


def fields(message: bytes) -> Iterator[Field]:
    """Yield the fields of *message* in the order they stand in."""
    position = 0
    while position < len(message):
        start = position
        tag, position = _varint(message, position)
        payload_start, end = _extent(message, position, tag & 7)
        if end > len(message):
            raise MalformedMessageError(f"field {tag >> 3} ends {end - len(message)} bytes after the message")
        yield Field(tag >> 3, message[start:end], message[payload_start:end])
        position = end


def first_payload(message: bytes, number: int) -> bytes:
    """Return the payload of the first field *number*, or nothing if the message has none."""
    return next((field.payload for field in fields(message) if field.number == number), b"")


def _extent(message: bytes, position: int, wire_type: int) -> tuple[int, int]:
    if wire_type == _VARINT:
        return position, _varint(message, position)[1]
    if wire_type == _FIXED64:
        return position, position + 8
    if wire_type == _FIXED32:
        return position, position + 4
    if wire_type == _BYTES:
        length, start = _varint(message, position)
        return start, start + length
    raise MalformedMessageError(f"wire type {wire_type} at byte {position} is not in use")


def _varint(message: bytes, position: int) -> tuple[int, int]:
    value = shift = 0
    while position < len(message) and shift < 64:
        byte = message[position]
        position += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, position
        shift += 7
    raise MalformedMessageError(f"a number is cut off at byte {position}")
