"""Trimming a schema keeps what is asked for byte for byte, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.warm_provider.schema import index_schema, trim
from scripts.warm_provider.wire import (
    MalformedMessageError,
    encode_field,
    encode_varint,
    fields,
    first_payload,
)

KINDS = {"": 2, "data.": 3, "ephemeral.": 8}

names = st.from_regex(r"aws_[a-z_]{1,12}", fullmatch=True)
entries = st.dictionaries(
    st.tuples(st.sampled_from(sorted(KINDS)), names), st.binary(max_size=300), max_size=12
)
# The provider's own schema, diagnostics, provider_meta, capabilities and functions: never trimmed.
others = st.lists(st.tuples(st.sampled_from([1, 4, 5, 6, 7]), st.binary(max_size=200)), max_size=6)


def entry(kind: str, name: str, schema: bytes) -> bytes:
    return encode_field(KINDS[kind], encode_field(1, name.encode()) + encode_field(2, schema))


@given(entries, others, st.data())
def test_chosen_entries_and_all_that_is_no_entry_stay_as_they_were(found, kept, data) -> None:
    encoded = {kind + name: entry(kind, name, schema) for (kind, name), schema in found.items()}
    rest = b"".join(encode_field(number, payload) for number, payload in kept)
    wanted = data.draw(st.frozensets(st.sampled_from(sorted(encoded)) if encoded else st.nothing()))

    trimmed = trim(index_schema(rest + b"".join(encoded.values())), wanted | {"aws_of_another_provider"})

    assert trimmed == rest + b"".join(encoded[name] for name in sorted(wanted))


def test_a_data_source_is_not_kept_for_a_resource_of_the_same_name() -> None:
    answer = entry("", "aws_queue", b"resource") + entry("data.", "aws_queue", b"data source")
    assert trim(index_schema(answer), {"data.aws_queue"}) == entry("data.", "aws_queue", b"data source")


@given(st.lists(st.tuples(st.integers(1, 2**20), st.binary(max_size=500))))
def test_every_field_is_read_back(written) -> None:
    message = b"".join(encode_field(number, payload) for number, payload in written)
    assert [(field.number, field.payload) for field in fields(message)] == written
    assert b"".join(field.encoded for field in fields(message)) == message


def test_numbers_and_fixed_fields_are_stepped_over() -> None:
    message = (
        b"\x08" + encode_varint(300) + b"\x15" + bytes(4) + b"\x19" + bytes(8) + encode_field(4, b"here")
    )
    assert first_payload(message, 4) == b"here"


@given(st.binary(min_size=1, max_size=60))
def test_any_bytes_are_either_one_message_or_refused(message) -> None:
    try:
        read = list(fields(message))
    except MalformedMessageError:
        return
    assert b"".join(field.encoded for field in read) == message


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(b"\x0a\x05abc", id="a field that ends after the message"),
        pytest.param(b"\xff", id="a number that is cut off"),
        pytest.param(b"\xff" * 11, id="a number that is too long"),
        pytest.param(b"\x0b", id="a group, which protobuf has given up"),
    ],
)
def test_a_malformed_message_is_refused(message: bytes) -> None:
    with pytest.raises(MalformedMessageError):
        list(fields(message))
