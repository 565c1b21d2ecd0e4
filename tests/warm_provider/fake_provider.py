"""A provider that answers like one, writes down what it was asked, and misbehaves on request.

Started as the warm provider starts the real one: `fake_provider.py -debug`. The folder of FAKE_PROVIDER_NOTES
gets a line for each call and start. Requests are text: "echo", "wait" (until Stop or the file "go" appears),
"die" (end the process, unless a file "has-died" says that this happened before), "die always" and "panic".
"""

import asyncio
import json
import os
import signal
import sys
from pathlib import Path

import grpc
import grpc.aio

NOTES = Path(os.environ["FAKE_PROVIDER_NOTES"])
SCHEMA = bytes.fromhex(os.environ["FAKE_PROVIDER_SCHEMA"])

KNOWN = (b"echo", b"wait", b"die", b"die always")
WARNING, ERROR = b"\x0a\x02\x08\x02", b"\x0a\x02\x08\x01"  # answers with one diagnostic
PREPARE_ERROR = b"\x12\x02\x08\x01"
UNLIMITED = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]

stopped = asyncio.Event()


def note(text):
    with (NOTES / "calls").open("a") as calls:
        calls.write(text + "\n")


async def answer(method, request):
    name = method.rpartition("/")[2]
    note(f"{name} {request.decode() if request in KNOWN else ''}")
    if name == "GetSchema":
        return SCHEMA
    if name == "Configure":
        return ERROR if b"no such region" in request else WARNING
    if name == "PrepareProviderConfig":
        return PREPARE_ERROR if b"no such region" in request else b"\x0a\x00"
    if name == "Stop":
        stopped.set()
        stopped.clear()
    elif request == b"die" and not (NOTES / "has-died").exists():
        (NOTES / "has-died").touch()
        os.kill(os.getpid(), signal.SIGKILL)
    elif request == b"panic":
        print("panic: assignment to entry in nil map\n\ngoroutine 1 [running]:", file=sys.stderr, flush=True)
        os._exit(2)
    elif request == b"die always":
        os.kill(os.getpid(), signal.SIGKILL)
    elif request == b"wait":
        return await until_told()
    return request


async def until_told():
    stop = asyncio.create_task(stopped.wait())
    while not stop.done():
        if (NOTES / "go").exists():
            return b"finished"
        await asyncio.sleep(0.01)
    return b"cut short"


class Everything(grpc.GenericRpcHandler):
    def service(self, details):
        async def handle(request, context):
            return await answer(details.method, request)

        return grpc.unary_unary_rpc_method_handler(handle)


async def main():
    socket = f"{os.environ['PLUGIN_UNIX_SOCKET_DIR']}/fake{os.getpid()}"
    server = grpc.aio.server(options=UNLIMITED)
    server.add_generic_rpc_handlers((Everything(),))
    server.add_insecure_port(f"unix:{socket}")
    await server.start()
    note(f"start {os.getpid()}")
    address = {"Network": "unix", "String": socket}
    offer = {"registry.terraform.io/hashicorp/aws": {"Protocol": "grpc", "Pid": os.getpid(), "Addr": address}}
    print(f"\tTF_REATTACH_PROVIDERS='{json.dumps(offer)}'", flush=True)
    await server.wait_for_termination()


if sys.argv[1:] != ["-debug"]:
    sys.exit("only -debug is known")
asyncio.run(main())
