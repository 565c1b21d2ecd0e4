"""The front serves a thousand Terraform processes as it served the first (against a fake provider)."""

from pathlib import Path

import grpc

from scripts.warm_provider.wire import encode_field

PROCESSES = 1000
CONFIGURATION = encode_field(2, b"region one")
STREAMS = ("/plugin.GRPCStdio/StreamStdio", "/plugin.GRPCBroker/StartStream")


def one_terraform_process(socket: Path) -> None:
    """Do what Terraform does with a provider, streams of the plugin protocol included."""
    with grpc.insecure_channel(f"unix:{socket}", options=[("grpc.use_local_subchannel_pool", 1)]) as channel:
        streams = [channel.unary_stream(method)(b"") for method in STREAMS]
        for method, request in (("GetSchema", b""), ("Configure", CONFIGURATION), ("ReadResource", b"echo")):
            channel.unary_unary(f"/tfplugin5.Provider/{method}")(request, timeout=60)
        channel.unary_unary("/plugin.GRPCController/Shutdown")(b"", timeout=60)
        for stream in streams:
            stream.cancel()


def used(pid: int) -> dict[str, int]:
    status = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    return {
        "threads": int(status["Threads"]),
        "files": len(list(Path(f"/proc/{pid}/fd").iterdir())),
        "megabytes": int(status["VmRSS"].split()[0]) // 1024,
    }


def test_threads_files_and_memory_do_not_grow(fake, queue_module) -> None:
    with fake.serving(queue=queue_module) as units:
        unit = units["queue"]
        for _ in range(100):
            one_terraform_process(unit.socket)
        before = used(unit.pid)
        for _ in range(PROCESSES - 100):
            one_terraform_process(unit.socket)
        after = used(unit.pid)
    assert after["threads"] <= before["threads"] + 2
    assert after["files"] <= before["files"] + 4
    assert after["megabytes"] <= before["megabytes"] + 20
