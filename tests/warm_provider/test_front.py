"""What the front answers itself, what it hands through, what it keeps apart (against a fake provider)."""

import grpc
import pytest

from scripts.warm_provider.wire import encode_field, fields, first_payload

REGION_ONE = encode_field(1, b"1.11.4") + encode_field(2, b"region one") + encode_field(3, b"plan")
REGION_ONE_AT_APPLY = encode_field(1, b"1.11.4") + encode_field(2, b"region one") + encode_field(3, b"apply")
REGION_TWO = encode_field(1, b"1.11.4") + encode_field(2, b"region two") + encode_field(3, b"plan")

ERROR, WARNING = b"\x01", b"\x02"


def severity(answer: bytes) -> bytes:
    return first_payload(first_payload(answer, 1), 1)


def names(schema: bytes) -> list[str]:
    return [first_payload(field.payload, 1).decode() for field in fields(schema) if field.number in (2, 3)]


def test_each_unit_sees_the_types_of_its_own_module(fake, queue_module, table_module) -> None:
    with fake.serving(queue=queue_module, table=table_module) as units:
        assert names(units["queue"].ask("GetSchema")) == ["aws_queue"]
        assert names(units["table"].ask("GetSchema")) == ["aws_table"]


def test_the_schema_is_asked_for_once_and_then_read_from_the_disk(fake, queue_module) -> None:
    for _ in range(2):
        with fake.serving(queue=queue_module) as units:
            first, second = units["queue"].ask("GetSchema"), units["queue"].ask("GetSchema")
            assert names(first) == names(second) == ["aws_queue"]
    assert sum(call.startswith("GetSchema") for call in fake.calls) == 1


def test_a_spoilt_schema_on_the_disk_is_asked_for_again(fake, queue_module) -> None:
    with fake.serving(queue=queue_module) as units:
        units["queue"].ask("GetSchema")
    (kept,) = fake.cache.iterdir()
    kept.write_bytes(kept.read_bytes()[:-1])
    with fake.serving(queue=queue_module) as units:
        assert names(units["queue"].ask("GetSchema")) == ["aws_queue"]


def test_a_full_or_read_only_disk_does_not_fail_a_run(fake, queue_module) -> None:
    fake.cache.write_text("a file where the folder should be")
    with fake.serving(queue=queue_module) as units:
        assert names(units["queue"].ask("GetSchema")) == ["aws_queue"]


def test_the_same_configuration_reaches_the_provider_once(fake, queue_module, table_module) -> None:
    with fake.serving(queue=queue_module, table=table_module) as units:
        assert severity(units["queue"].ask("Configure", REGION_ONE)) == WARNING
        assert severity(units["table"].ask("Configure", REGION_ONE_AT_APPLY)) == WARNING
    assert sum(call.startswith("Configure") for call in fake.calls) == 1


def test_another_configuration_is_refused_with_who_was_first_and_what_to_do(
    fake, queue_module, table_module
) -> None:
    with fake.serving(queue=queue_module, table=table_module) as units:
        units["queue"].ask("Configure", REGION_ONE)
        refusal = units["table"].ask("Configure", REGION_TWO)
        assert severity(refusal) == ERROR
        detail = first_payload(first_payload(refusal, 1), 3).decode()
        assert "queue configured the provider of this run first" in detail
        assert "table" in detail and "--plain" in detail
        assert b"region one" not in refusal and b"region two" not in refusal, "values may be credentials"
    assert sum(call.startswith("Configure") for call in fake.calls) == 1


def test_the_same_provider_block_is_checked_once(fake, queue_module, table_module) -> None:
    with fake.serving(queue=queue_module, table=table_module) as units:
        answers = {
            units[name].ask("PrepareProviderConfig", b"\x0a\x01a") for name in ("queue", "table", "queue")
        }
        assert fake.calls.count("PrepareProviderConfig ") == 1
        units["queue"].ask("PrepareProviderConfig", b"\x0a\x01b")
        assert fake.calls.count("PrepareProviderConfig ") == 2
    assert answers == {b"\x0a\x00"}


def test_a_provider_block_that_is_refused_is_checked_again(fake, queue_module) -> None:
    with fake.serving(queue=queue_module) as units:
        for _ in range(2):
            assert units["queue"].ask("PrepareProviderConfig", encode_field(1, b"no such region"))
    assert fake.calls.count("PrepareProviderConfig ") == 2


def test_each_region_has_a_provider_and_a_configuration_of_its_own(fake, queue_module) -> None:
    east, west = "live/prod/us-east-1/shop/queue", "live/prod/us-west-2/shop/queue"
    with fake.serving(**{east: queue_module, west: queue_module}) as units:
        assert severity(units[east].ask("Configure", REGION_ONE)) == WARNING
        assert severity(units[west].ask("Configure", REGION_TWO)) == WARNING
    assert len(fake.starts()) == 2


def test_a_configuration_that_the_provider_refuses_does_not_stand_for_the_next(fake, queue_module) -> None:
    with fake.serving(queue=queue_module) as units:
        assert severity(units["queue"].ask("Configure", encode_field(2, b"no such region"))) == ERROR
        assert severity(units["queue"].ask("Configure", REGION_ONE)) == WARNING


def test_all_other_calls_go_through_as_they_are(fake, queue_module) -> None:
    with fake.serving(queue=queue_module) as units:
        big = bytes(6 << 20)  # more than gRPC's usual limit of 4 MB
        assert units["queue"].ask("ReadResource", big) == big


@pytest.mark.parametrize("method", ["/plugin.GRPCStdio/StreamStdio", "/plugin.GRPCBroker/StartStream"])
def test_streams_of_the_plugin_protocol_are_not_kept_open(fake, queue_module, method) -> None:
    with fake.serving(queue=queue_module) as units:
        stream = units["queue"].channel.unary_stream(method)(b"", timeout=30)
        with pytest.raises(grpc.RpcError) as refused:
            next(stream)
        assert refused.value.code() == grpc.StatusCode.UNIMPLEMENTED


def test_a_shutdown_is_answered_and_ends_nothing(fake, queue_module, table_module) -> None:
    with fake.serving(queue=queue_module, table=table_module) as units:
        assert units["queue"].channel.unary_unary("/plugin.GRPCController/Shutdown")(b"", timeout=30) == b""
        assert units["table"].ask("ReadResource", b"echo") == b"echo"


def test_one_units_stop_does_not_stop_the_others(fake, eventually, queue_module, table_module) -> None:
    with fake.serving(queue=queue_module, table=table_module) as units:
        changes = [units[name].ask_later("ApplyResourceChange", b"wait") for name in ("queue", "table")]
        eventually(lambda: fake.calls.count("ApplyResourceChange wait") == 2, "both calls are under way")
        units["queue"].ask("Stop")
        assert units["table"].ask("ReadResource", b"echo") == b"echo"
        assert "Stop " not in fake.calls
        (fake.notes / "go").touch()
        assert changes[1].result() == b"finished"


def test_a_stop_of_all_units_cuts_their_waits_short(fake, eventually, queue_module, table_module) -> None:
    with fake.serving(queue=queue_module, table=table_module) as units:
        queue = units["queue"].ask_later("ApplyResourceChange", b"wait")
        table = units["table"].ask_later("ApplyResourceChange", b"wait")
        eventually(lambda: fake.calls.count("ApplyResourceChange wait") == 2, "both calls are under way")
        units["queue"].ask("Stop")
        units["table"].ask("Stop")
        assert (queue.result(), table.result()) == (b"cut short", b"cut short")


def test_a_stop_counts_once_the_other_unit_has_finished(fake, eventually, queue_module, table_module) -> None:
    with fake.serving(queue=queue_module, table=table_module) as units:
        queue = units["queue"].ask_later("ApplyResourceChange", b"wait")
        eventually(lambda: "ApplyResourceChange wait" in fake.calls, "the queue's call is under way")
        table = units["table"].ask_later("ReadResource", b"echo")
        assert table.result() == b"echo"
        units["queue"].ask("Stop")
        assert queue.result() == b"cut short"


def test_a_stop_is_forgotten_when_the_unit_starts_anew(fake, eventually, queue_module) -> None:
    with fake.serving(queue=queue_module) as units:
        units["queue"].ask("Stop")
        units["queue"].ask("GetSchema")
        later = units["queue"].ask_later("ApplyResourceChange", b"wait")
        eventually(lambda: "ApplyResourceChange wait" in fake.calls, "the call is under way")
        units["queue"].ask("ReadResource", b"echo")
        (fake.notes / "go").touch()
        assert later.result() == b"finished"


def test_a_caller_that_goes_away_is_not_waited_for(fake, eventually, queue_module) -> None:
    with fake.serving(queue=queue_module) as units:
        gone = units["queue"].ask_later("ReadResource", b"wait")
        eventually(lambda: "ReadResource wait" in fake.calls, "the call is under way")
        gone.cancel()
        assert units["queue"].ask("ReadResource", b"echo") == b"echo"
