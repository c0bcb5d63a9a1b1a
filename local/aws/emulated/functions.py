"""Java functions, run as Lambda runs them: by the real runtime interface client, in a JVM for each environment.

ministack runs java* functions in containers alone, and without an engine answers 200 "Mock response". It does run
functions of provided.* runtimes as processes that speak the Runtime API; here a java* function is one of those, whose
bootstrap starts a JVM with the unpacked function, its layers and the runtime interface client on the class path. And it
calls functions for APIs, events and workflows however little concurrency they have reserved: here none runs with 0.
"""

import json
import os
import shlex
import sys
import threading

from ministack.core import lambda_runtime
from ministack.services import lambda_svc

# On Lambda they are set for hooks of SnapStart; and the client's own copy of its native library goes to one file in
# /tmp, which JVMs that start together overwrite (SIGBUS).
CLIENT = "com.amazonaws.services.lambda.runtime.api.client"
CRAC = "com.amazonaws.services.lambda.crac"
JVM = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto --enable-native-access=ALL-UNNAMED"
# AWS gives a start 10 s, on a machine of its own.
START_SECONDS = 60.0
PAUSED = "ReservedFunctionConcurrentInvocationLimitExceeded"
KEPT = ("PATH", "HOME", "TMPDIR", "LANG", "LC_ALL")


def is_java(config):
    return str(config.get("Runtime", "")).startswith("java")


class JavaEnvironment(lambda_runtime.ProvidedWorker):
    """One execution environment; it knows SnapStart's part of the Runtime API, and its log is this process's."""

    def _drain_stderr_bounded(self, first_line_wait=0.002, **rest):
        return super()._drain_stderr_bounded(first_line_wait=first_line_wait, **rest)

    def _build_handler_class(self, generation, pending):
        environment = self

        class RuntimeApi(super()._build_handler_class(generation, pending)):
            disable_nagle_algorithm = True  # headers and body are two writes: else 40 ms a call

            def do_GET(self):
                if self.path.endswith("/runtime/restore/next"):
                    self._respond(200)
                else:
                    super().do_GET()

            def do_POST(self):
                if "/runtime/restore/error" in self.path:
                    environment._record_init_error(generation, json.loads(self._read_body() or b"{}"))
                    self._respond(202)
                else:
                    super().do_POST()

        return RuntimeApi

    def _pump_output(self, stream, log_queue):
        name = self.func_name

        class Logged:
            def readline(self):
                raw = stream.readline()
                if raw:
                    print(f"[{name}] {raw.decode('utf-8', 'replace').rstrip()}", file=sys.stderr, flush=True)
                return raw

            def close(self):
                stream.close()

        super()._pump_output(Logged(), log_queue)


def patch(java, runtime, environments):
    """Runs java* functions with this java and the jars in this folder, in so many environments each at most."""
    lambda_runtime._PROVIDED_INIT_TIMEOUT = START_SECONDS
    choose = lambda_runtime._worker_class_for
    lambda_runtime._worker_class_for = lambda config: JavaEnvironment if is_java(config) else choose(config)
    unpacked = lambda_svc._provided_runtime_code_dir
    lambda_svc._provided_runtime_code_dir = lambda code: with_bootstrap(unpacked(code), java, runtime)
    plain = lambda_svc._provided_worker_env
    lambda_svc._provided_worker_env = lambda config, folder, port: variables(config, plain(config, folder, port))
    in_container, gates = lambda_svc._execute_function_docker, {}

    def execute(function, event, request_id):
        config = function.get("config") or function
        if not is_java(config):
            return in_container(function, event, request_id)
        if lambda_svc._functions.get(config["FunctionName"], {}).get("concurrency") == 0:
            return lambda_svc._throttle_response(reason_code=PAUSED, msg="Rate Exceeded.")
        with gates.setdefault(config["FunctionArn"], threading.BoundedSemaphore(environments)):
            return lambda_svc._execute_function_provided_warm(function, event, request_id)

    lambda_svc._execute_function_docker = execute


def with_bootstrap(folder, java, runtime):
    start = os.path.join(folder, "bootstrap")
    if not os.path.exists(start):
        new = f"{start}.{threading.get_ident()}"
        with open(new, "w") as script:
            script.write(
                f"#!/bin/sh\nexec {shlex.quote(java)} $EMULATED_OPTIONS -D{CLIENT}.runtimeapi.NativeClient.JNI={runtime}/jni.so"
                f' -Dorg.crac.Core.Compat={CRAC} -cp "$LAMBDA_TASK_ROOT:$LAMBDA_TASK_ROOT/lib/*$EMULATED_LAYERS:{runtime}/*"'
                f' {CLIENT}.AWSLambda "$_HANDLER"\n'
            )
        os.chmod(new, 0o755)
        os.rename(new, start)
    return folder


def variables(config, given):
    """The function's own variables and what Lambda adds, but nothing of this process's; ministack passes on all of it."""
    if not is_java(config):
        return given
    env = {k: v for k, v in given.items() if k in KEPT or k.startswith("AWS_") or os.environ.get(k) != v}
    own = (config.get("Environment") or {}).get("Variables") or {}
    env.update({k: v for k, v in own.items() if k not in lambda_svc._RESERVED_RUNTIME_ENV_VARS})
    logging = config.get("LoggingConfig") or {}
    published = config.get("Version", "$LATEST") != "$LATEST"
    snap_start = published and (config.get("SnapStart") or {}).get("ApplyOn") == "PublishedVersions"
    env.update(
        AWS_EXECUTION_ENV="AWS_Lambda_" + config["Runtime"],
        AWS_LAMBDA_INITIALIZATION_TYPE="snap-start" if snap_start else "on-demand",
        AWS_LAMBDA_LOG_FORMAT=logging.get("LogFormat", "Text"),
        AWS_LAMBDA_LOG_GROUP_NAME=logging.get("LogGroup") or "/aws/lambda/" + config["FunctionName"],
        LAMBDA_RUNTIME_DIR="/var/runtime",
        TZ=":UTC",
        EMULATED_OPTIONS=f"{JVM} -Xmx{max(64, int(config.get('MemorySize', 128)) * 4 // 5)}m",
        EMULATED_LAYERS="".join(f":{folder}/java/lib/*" for folder in layers(config)),
    )
    if logging.get("ApplicationLogLevel"):  # an empty one kills the client
        env["AWS_LAMBDA_LOG_LEVEL"] = logging["ApplicationLogLevel"]
    return env


def layers(config):
    """The folders of the function's layers, unpacked once each; they take the place of /opt."""
    archives = (lambda_svc._resolve_layer_zip(layer) for layer in config.get("Layers") or [])
    return [lambda_svc._docker_extracted_dir(archive, "layer") for archive in archives if archive]
