"""The emulator's process: ministack with its patches, and the stack's API under a plain address.

On AWS the API has a host name of its own, and ministack routes by it; on a loopback address there is none, so a second
port sets it. `GET /_emulator/mails` on the first port shows the mails that were sent.
"""

import argparse
import asyncio
import json
import os
import signal

from hypercorn.asyncio import serve
from hypercorn.config import Config
from ministack import app
from ministack.core import lambda_runtime
from ministack.services import apigateway

from emulated import functions, mail, parameters, resources, workflows


async def aws(scope, receive, send):
    if scope["type"] == "http" and scope["path"] == "/_emulator/mails":
        await answer(send, 200, json.dumps({"mails": mail.inbox()}).encode())
    else:
        await app.app(scope, receive, send)


def plain_address(port):
    async def application(scope, receive, send):
        if scope["type"] == "lifespan":
            await lifespan(receive, send)
            return
        apis = [key[-1] if isinstance(key, tuple) else key for key in apigateway._apis._data]
        if not apis:
            await answer(send, 503, b'{"message": "no HTTP API is deployed"}')
            return
        host = f"{apis[0]}.execute-api.localhost:{port}".encode()
        headers = [(name, value) for name, value in scope["headers"] if name.lower() != b"host"] + [(b"host", host)]
        await app.app({**scope, "headers": headers}, receive, send)

    return application


async def lifespan(receive, send):
    while True:
        kind = (await receive())["type"]
        await send({"type": kind + ".complete"})
        if kind == "lifespan.shutdown":
            return


async def answer(send, status, body):
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", b"application/json")]})
    await send({"type": "http.response.body", "body": body})


def bound_to(port):
    config = Config()
    config.bind, config.keep_alive_timeout, config.loglevel = [f"127.0.0.1:{port}"], 75, "WARNING"
    return config


async def run(port, api_port):
    stop, parent = asyncio.Event(), os.getppid()
    for signum in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(signum, stop.set)

    async def end_with_parent():
        while os.getppid() == parent and not stop.is_set():
            await asyncio.sleep(1)
        stop.set()

    await asyncio.gather(
        serve(aws, bound_to(port), shutdown_trigger=stop.wait),
        serve(plain_address(port), bound_to(api_port), shutdown_trigger=stop.wait),
        end_with_parent(),
    )
    lambda_runtime.reset()


def main():
    arguments = argparse.ArgumentParser()
    for name, kind in (("port", int), ("api-port", int), ("java", str), ("runtime", str), ("environments", int)):
        arguments.add_argument("--" + name, type=kind, required=True)
    chosen = arguments.parse_args()
    # Else every API's own /health is answered by ministack.
    app._HEALTH_PATHS = tuple(path for path in app._HEALTH_PATHS if path != "/health")
    functions.patch(chosen.java, chosen.runtime, chosen.environments)
    resources.patch()
    workflows.patch()
    mail.patch()
    parameters.patch()
    asyncio.run(run(chosen.port, chosen.api_port))


if __name__ == "__main__":
    main()
