#!/usr/bin/env python3
"""Deploys the template, unchanged, to an AWS emulator and makes a first firm there; local/aws/emulate starts it.

    emulator.py                    stays up until it is stopped (Ctrl-C)
    emulator.py -- COMMAND …       runs the command against it and ends with its exit code

In the command {base} stands for the address of the API, {token} for an ID token of the firm's owner, {mails} for where
the mails are shown, {workflow} for the ARN of the invoices' state machine and {table} for the table's name;
AWS_ENDPOINT_URL and keys are in its environment. Beside the emulator runs the stand-in of the payment processor. Logs are in target/emulator/logs.

    --endpoint URL   deploys to an emulator that is up already, such as LocalStack, with its section of samconfig.toml
"""

import argparse
import base64
import hashlib
import json
import os
import platform
import re
import secrets
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from collections import Counter
from pathlib import Path

import boto3

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "target" / "emulator"
LOGS = WORK / "logs"
SAM = ROOT / "target" / "sam" / "bin" / "sam"
JAR = ROOT / "functions" / "target" / "clockbill.jar"
REGION = "us-east-1"
ENVIRONMENTS = 2
OWNER = {"name": "Priya Hollis", "email": "priya@hollisreed.example"}
SECRETS = {
    "processor-key": "sk_test_emulator",
    "webhook-secret": "whsec_emulator",
    "timer-link-secret": "made up for the emulator",
}


class Failed(Exception):
    """What went wrong, for whoever started it."""


class Processes:
    """What was started here, each with its log; ended by its id, the last one first."""

    def __init__(self):
        self.running = []

    def start(self, name, command, env):
        with open(LOGS / f"{name}.log", "w") as log:
            process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
        self.running.append((name, process))
        return process

    def check(self):
        for name, process in self.running:
            if process.poll() is not None:
                raise Failed(f"The {name} ended with {process.returncode}.")

    def stop(self):
        for _, process in reversed(self.running):
            if process.poll() is None:
                process.terminate()
                try:
                    process.wait(20)
                except subprocess.TimeoutExpired:
                    process.kill()


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def run(name, command, env=None):
    """Runs a command to its end; its log is shown if it fails."""
    with open(LOGS / f"{name}.log", "w") as log:
        ended = subprocess.run(command, cwd=ROOT, env=env, stdout=log, stderr=subprocess.STDOUT)
    if ended.returncode:
        raise Failed(f"{name} failed ({ended.returncode}): {shlex.join(map(str, command))}")


def find_java():
    """A JDK 25: of JAVA_HOME, of the path, or of where Linux distributions put it."""
    homes = [os.environ.get("JAVA_HOME", ""), *sorted(map(str, Path("/usr/lib/jvm").glob("*25*")))]
    for java in [os.path.join(home, "bin", "java") for home in homes if home] + [shutil.which("java") or ""]:
        if os.access(java, os.X_OK) and re.search('version "25', subprocess.run([java, "-version"], capture_output=True, text=True).stderr):
            return java
    raise Failed("There is no JDK 25: set JAVA_HOME.")


def lambda_runtime():
    """The folder with the runtime interface client and one copy of its native library."""
    folder = WORK / "runtime"
    if not (folder / "jni.so").exists():
        plugin = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"
        run("runtime", ["mvn", "-q", "-B", "-f", "local/aws/runtime.xml", plugin, f"-DoutputDirectory={folder}"])
        machine = "aarch_64" if platform.machine() in ("aarch64", "arm64") else "x86_64"
        client = next(folder.glob("aws-lambda-java-runtime-interface-client-*.jar"))
        with zipfile.ZipFile(client) as jar:
            (folder / "jni.so").write_bytes(jar.read(f"jni/libaws-lambda-jni.linux-{machine}.so"))
    return folder


def processor_class_path():
    """The class path of the processor's stand-in, as Maven resolves it for the module local."""
    kept = WORK / "processor.classpath"
    if not kept.exists() or kept.stat().st_mtime < (ROOT / "local" / "pom.xml").stat().st_mtime:
        plugin = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath"
        run("processor-class-path", ["mvn", "-q", "-B", "-f", "local/pom.xml", plugin, f"-Dmdep.outputFile={kept}"])
    return f"{ROOT}/local/target/classes:{kept.read_text().strip()}"


def get(url):
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.read()


def wait_for(url, processes):
    for _ in range(300):
        processes.check()
        try:
            return get(url)
        except urllib.error.HTTPError:
            return b""
        except OSError:
            time.sleep(0.1)
    raise Failed(f"Nothing answers at {url}.")


class Aws:
    """Clients of the emulated services, and the environment in which commands find them."""

    def __init__(self, endpoint, stage):
        self.endpoint, self.stage = endpoint, stage
        keys = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
        clean = {k: v for k, v in os.environ.items() if not k.startswith("AWS_") and not k.lower().endswith("_proxy")}
        where = {"AWS_REGION": REGION, "AWS_DEFAULT_REGION": REGION, "AWS_ENDPOINT_URL": endpoint}
        self.without, self.env = clean, {**clean, **keys, **where, "SAM_CLI_TELEMETRY": "0"}

    def client(self, service):
        return boto3.client(service, REGION, endpoint_url=self.endpoint, aws_access_key_id="test", aws_secret_access_key="test")


def start_emulator(processes, aws, port, api_port):
    command = [sys.executable, "-m", "emulated.server", "--port", port, "--api-port", api_port, "--java", find_java()]
    command += ["--runtime", lambda_runtime(), "--environments", ENVIRONMENTS]
    env = {
        **aws.env,
        "PYTHONPATH": str(ROOT / "local" / "aws"),
        "GATEWAY_PORT": str(port),
        "BIND_HOST": "127.0.0.1",
        "MINISTACK_HOST": "localhost",
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "AUTH": "true",
        "LAMBDA_WARM_TTL_SECONDS": "1800",
    }
    processes.start("emulator", list(map(str, command)), env)


def start_processor(processes, aws, port, base):
    settings = {
        "port": port,
        "webhook": f"{base}/webhooks/payments",
        "key": SECRETS["processor-key"],
        "webhookSecret": SECRETS["webhook-secret"],
        "endWithParent": "true",
    }
    properties = [f"-D{name}={value}" for name, value in settings.items()]
    command = [find_java(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", *properties]
    processes.start("processor", [*command, "-cp", processor_class_path(), "dev.clockbill.local.ProcessorMain"], aws.without)


def put_secrets(aws, stack):
    for name, value in SECRETS.items():
        aws.client("ssm").put_parameter(Name=f"/{stack}/{name}", Value=value, Type="SecureString", Overwrite=True)


def deploy(aws, stage, stack, parameters):
    """What `mvn -Pdeploy -Dstage=…` does once it has built; gives the stack's outputs."""
    command = [find_java(), "local/src/build/java/Deployment.java", "deploy", ROOT, stage, SAM]
    run("deploy", [*command, *(f"{name}={value}" for name, value in parameters.items())], aws.env)
    described = aws.client("cloudformation").describe_stacks(StackName=stack)["Stacks"][0]
    return {output["OutputKey"]: output["OutputValue"] for output in described["Outputs"]}


def make_firm(aws, outputs):
    """Invokes CreateFirm; a stand-in is in the processor's place, so that the firm may be ready for payments at once."""
    event = json.loads((ROOT / "events" / "CreateFirm.json").read_text())
    event.update(payments="ready", accountId="acct_" + secrets.token_hex(8), owner=OWNER, members=[])
    client = aws.client("lambda")
    invoked = client.invoke(FunctionName=outputs["CreateFirmFunction"], Qualifier="live", Payload=json.dumps(event))
    answer = json.loads(invoked["Payload"].read())
    if answer.get("statusCode") != 201:
        raise Failed(f"CreateFirm answers {answer}.")


def log_in(aws, outputs):
    """The owner's ID token, got as the portal gets it: by the login's own page and the code that it gives."""
    pool, client, back = outputs["UserPoolId"], outputs["UserPoolClientId"], outputs["Address"] + "/"
    password = secrets.token_urlsafe(12) + "aA1!"
    users = aws.client("cognito-idp")
    users.admin_set_user_password(UserPoolId=pool, Username=OWNER["email"], Password=password, Permanent=True)
    verifier = secrets.token_urlsafe(48)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {"client_id": client, "redirect_uri": back, "scope": "openid email profile", "state": "s", "response_type": "code"}
    asked.update(code_challenge=challenge, code_challenge_method="S256")
    get(f"{aws.endpoint}/oauth2/authorize?{urllib.parse.urlencode(asked)}")
    page = {**asked, "username": OWNER["email"], "password": password}
    there = post_form(f"{aws.endpoint}/login", page).headers["Location"]
    if not there:
        raise Failed("The login's page takes the owner's password and leads nowhere.")
    code = urllib.parse.parse_qs(urllib.parse.urlsplit(there).query)["code"][0]
    exchange = {"grant_type": "authorization_code", "client_id": client, "code": code, "redirect_uri": back}
    return json.loads(post_form(f"{aws.endpoint}/oauth2/token", {**exchange, "code_verifier": verifier}).read())["id_token"]


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def post_form(url, fields):
    try:
        return urllib.request.build_opener(Stay).open(url, urllib.parse.urlencode(fields).encode(), timeout=20)
    except urllib.error.HTTPError as answer:
        if answer.code not in (302, 303):
            raise Failed(f"{url} answers {answer.code}: {answer.read().decode()}") from answer
        return answer


def own_emulator(processes):
    """Starts ministack; gives its services, and the address that the stack's API will have."""
    port, api_port = free_ports(2)
    aws = Aws(f"http://127.0.0.1:{port}", "emulator")
    start_emulator(processes, aws, port, api_port)
    wait_for(f"{aws.endpoint}/_ministack/health", processes)
    return aws, {"BaseUrl": f"http://localhost:{api_port}"}


def start_and_deploy(processes, endpoint):
    """Everything until a person could log in; gives the services and what stands for the words in a command."""
    aws, parameters = (Aws(endpoint, "localstack"), {}) if endpoint else own_emulator(processes)
    (processor_port,) = free_ports(1)
    stack = f"clockbill-{aws.stage}"
    put_secrets(aws, stack)
    parameters["ProcessorApiBase"] = f"http://localhost:{processor_port}/_processor"
    outputs = deploy(aws, aws.stage, stack, parameters)
    start_processor(processes, aws, processor_port, outputs["Address"])
    wait_for(f"http://127.0.0.1:{processor_port}/", processes)
    make_firm(aws, outputs)
    found = {"base": outputs["Address"], "token": log_in(aws, outputs), "workflow": outputs["WorkflowArn"], "table": outputs["TableName"]}
    return aws, {**found, "mails": "" if endpoint else f"{aws.endpoint}/_emulator/mails"}


def report(seconds):
    """Says how long it took, and of which kinds of resources the emulator made placeholders."""
    print(f"Ready after {seconds:.0f} s; logs in {LOGS.relative_to(ROOT)}.", flush=True)
    log = LOGS / "emulator.log"
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    kinds = Counter(line.split()[1] for line in lines if line.startswith("ignored: "))
    if kinds:
        print("Ignored: " + ", ".join(f"{count} {kind}" for kind, count in kinds.items()), flush=True)


def main():
    own, command = sys.argv[1:], []
    if "--" in own:
        own, command = own[: own.index("--")], own[own.index("--") + 1 :]
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--endpoint")
    chosen = arguments.parse_args(own)
    shutil.rmtree(LOGS, ignore_errors=True)
    LOGS.mkdir(parents=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    began, processes = time.time(), Processes()
    try:
        if not JAR.exists() or not (ROOT / "local" / "target" / "classes").exists():
            raise Failed("Build first: mvn -DskipTests package")
        aws, found = start_and_deploy(processes, chosen.endpoint)
        report(time.time() - began)
        if command:
            filled = [fill(word, found) for word in command]
            ended = subprocess.run(filled, cwd=ROOT, env=aws.env).returncode
            if ended:
                show_logs()
            sys.exit(ended)
        for name, value in {**found, **{k: v for k, v in aws.env.items() if k.startswith("AWS_")}}.items():
            print(f"export {name}={shlex.quote(value)}", flush=True)
        while True:
            processes.check()
            time.sleep(1)
    except Failed as failed:
        show_logs()
        sys.exit(str(failed))
    except KeyboardInterrupt:
        pass
    finally:
        processes.stop()


def fill(word, found):
    for name, value in found.items():
        word = word.replace("{" + name + "}", value)
    return word


def show_logs():
    for log in sorted(LOGS.glob("*.log"), key=lambda each: each.stat().st_mtime):
        lines = log.read_text(errors="replace").splitlines()[-40:]
        print(f"----- {log.relative_to(ROOT)}\n" + "\n".join(lines), file=sys.stderr)


if __name__ == "__main__":
    main()
