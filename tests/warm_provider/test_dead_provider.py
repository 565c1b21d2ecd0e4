"""A provider that dies in the middle costs time, never a wrong result (against a fake provider)."""

import grpc
import pytest

from scripts.warm_provider.wire import encode_field

CONFIGURATION = encode_field(2, b"region one")


def test_a_question_that_the_provider_died_over_is_asked_again(fake, queue_module) -> None:
    with fake.serving(queue=queue_module) as units:
        assert units["queue"].ask("PlanResourceChange", b"die") == b"die"
    assert fake.said == ["The provider ended (SIGKILL) and is started again."]


def test_the_replacement_is_configured_before_it_is_asked(fake, queue_module) -> None:
    with fake.serving(queue=queue_module) as units:
        units["queue"].ask("Configure", CONFIGURATION)
        units["queue"].ask("ReadResource", b"die")
    written = [call.split()[0] for call in fake.calls]
    assert written == ["start", "Configure", "ReadResource", "start", "Configure", "ReadResource"]


def test_calls_of_other_units_are_asked_again_too(fake, eventually, queue_module, table_module) -> None:
    with fake.serving(queue=queue_module, table=table_module) as units:
        waiting = units["table"].ask_later("ReadResource", b"wait")
        eventually(lambda: "ReadResource wait" in fake.calls, "the table's call is under way")
        units["queue"].ask("ReadResource", b"die")
        (fake.notes / "go").touch()
        assert waiting.result() == b"finished"


def test_a_change_is_never_made_twice(fake, queue_module) -> None:
    with fake.serving(queue=queue_module) as units:
        with pytest.raises(grpc.RpcError) as failed:
            units["queue"].ask("ApplyResourceChange", b"die")
        assert failed.value.code() == grpc.StatusCode.UNAVAILABLE
        assert "may or may not have been made" in failed.value.details()
        assert units["queue"].ask("ReadResource", b"echo") == b"echo"
    assert fake.calls.count("ApplyResourceChange die") == 1


def test_a_provider_that_dies_every_time_is_given_up_with_a_reason(fake, queue_module) -> None:
    with fake.serving(queue=queue_module) as units:
        with pytest.raises(grpc.RpcError) as failed:
            units["queue"].ask("ReadResource", b"die always")
        assert "ended 4 times in this run (SIGKILL). Run again with --plain." in failed.value.details()
    assert len(fake.starts()) == 4


def test_the_reason_of_a_panic_is_shown(fake, queue_module) -> None:
    with fake.serving(queue=queue_module) as units, pytest.raises(grpc.RpcError) as failed:
        units["queue"].ask("ApplyResourceChange", b"panic")
    assert "(exit code 2, panic: assignment to entry in nil map)" in failed.value.details()


def test_a_provider_that_does_not_start_is_reported_with_its_code(fake, queue_module) -> None:
    fake.binary.write_text("#!/bin/sh\nexit 7\n")
    with fake.serving(queue=queue_module) as units:
        with pytest.raises(grpc.RpcError) as failed:
            units["queue"].ask("ReadResource", b"echo")
        assert "ended with code 7" in failed.value.details() and "--plain" in failed.value.details()
