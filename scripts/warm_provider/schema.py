"""Trim a provider's schema answer to the types that one unit uses.

The AWS provider describes some 2,100 types in 4.9 MB, which every Terraform process asks for and decodes,
and a unit uses a few dozen of them. Trimming is where nine tenths of the time of a plan go away.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass

from scripts.warm_provider.wire import fields, first_payload

# Fields of GetProviderSchema.Response in tfplugin5.proto, and the prefix of the kind in Terraform's addresses.
_KINDS: Mapping[int, str] = {2: "", 3: "data.", 8: "ephemeral."}


@dataclass(frozen=True, slots=True)
class SchemaIndex:
    """A whole schema answer, cut into the entries that may be dropped and the rest."""

    always: bytes
    entries: Mapping[str, bytes]


def index_schema(answer: bytes) -> SchemaIndex:
    """Cut *answer* once, so that trimming it for another unit costs only a few look-ups."""
    always = bytearray()
    entries: dict[str, bytes] = {}
    for field in fields(answer):
        if field.number in _KINDS:
            name = first_payload(field.payload, 1).decode()
            entries[_KINDS[field.number] + name] = field.encoded
        else:
            always += field.encoded
    return SchemaIndex(bytes(always), entries)


def trim(schema: SchemaIndex, types: Set[str]) -> bytes:
    """Return the schema answer that holds only *types*, in an order that does not depend on the set."""
    return schema.always + b"".join(schema.entries[name] for name in sorted(types & schema.entries.keys()))
