"""A unit that cannot be served runs plain, and the user hears why once (against a fake provider)."""

from pathlib import Path

from scripts.warm_provider import WarmProvider
from scripts.warm_provider.wire import fields, first_payload


def test_a_type_that_stands_only_in_the_state_is_served_too(fake, attached, queue_module) -> None:
    states = {"live/dev/queue": frozenset({"aws_table"})}
    start = WarmProvider.start(
        fake.binary,
        fake.environment,
        {"live/dev/queue": queue_module},
        states.__getitem__,
        fake.cache,
        fake.said.append,
    )
    with start as warm:
        schema = attached(warm.directory, "live/dev/queue").ask("GetSchema")
    served = [first_payload(field.payload, 1) for field in fields(schema) if field.number == 2]
    assert served == [b"aws_queue", b"aws_table"]


def test_a_module_that_cannot_be_read_leaves_its_unit_plain(fake, queue_module, tmp_path: Path) -> None:
    far = tmp_path / "far"
    far.mkdir()
    (far / "main.tf").write_text('module "x" {\n  source = "example/x/aws"\n}\n')
    units = {"live/far": far, "live/near": queue_module}
    start = WarmProvider.start(fake.binary, fake.environment, units, None, fake.cache, fake.said.append)
    with start as warm:
        assert (warm.serves("live/far"), warm.serves("live/near")) == (False, True)
    assert len(fake.said) == 1
    assert fake.said[0].startswith("live/far runs without the warm provider: ")


def test_a_unit_that_falls_back_is_plain_from_then_on_and_said_once(fake, queue_module) -> None:
    start = WarmProvider.start(
        fake.binary, fake.environment, {"live/a": queue_module}, None, fake.cache, fake.said.append
    )
    with start as warm:
        warm.fall_back("live/a", "its state needs a type that its module has not.")
        warm.fall_back("live/a", "its state needs a type that its module has not.")
        assert not warm.serves("live/a")
    assert fake.said == [
        "live/a runs without the warm provider: its state needs a type that its module has not."
    ]


def test_without_a_provider_the_run_is_plain(fake, queue_module) -> None:
    start = WarmProvider.start(
        None, fake.environment, {"live/a": queue_module}, None, fake.cache, fake.said.append
    )
    with start as warm:
        assert not warm.serves("live/a")
    assert fake.said == ["The provider is not on this machine yet, so this run is plain and slower."]


def test_a_front_that_does_not_start_leaves_the_run_plain(fake, queue_module, monkeypatch, tmp_path) -> None:
    monkeypatch.setattr("scripts.warm_provider.warm._REPOSITORY", tmp_path)
    fake.environment.pop("PYTHONPATH")
    start = WarmProvider.start(
        fake.binary, fake.environment, {"live/a": queue_module}, None, fake.cache, fake.said.append
    )
    with start as warm:
        assert not warm.serves("live/a")
    (said,) = fake.said
    assert said.startswith("The warm provider did not start, so this run is plain and slower: ")
    assert "No module named" in said


def test_a_thousand_units_of_a_few_modules_are_served(fake, attached, queue_module, table_module) -> None:
    units = {f"live/{number}": (queue_module, table_module)[number % 2] for number in range(1000)}
    start = WarmProvider.start(fake.binary, fake.environment, units, None, fake.cache, fake.said.append)
    with start as warm:
        assert all(warm.serves(unit) for unit in units)
        assert attached(warm.directory, "live/999").ask("ReadResource", b"echo") == b"echo"
    assert fake.said == []
