"""Step Functions.

ministack crashes an execution whose TimeoutSeconds is a JSONata expression, ignores that the function of a
.waitForTaskToken task failed until the task times out, refuses StartExecution with the name and input of an execution
that runs, asks no state machine's role for lambda:InvokeFunction, and asks for SendTask… on "*" where AWS asks for it on
the state machine whose task has the token (https://github.com/aws/aws-cdk/pull/8486, where it was tried). Here all five are
as on AWS.
"""

import contextvars
import json

from ministack import app
from ministack.core import iam_actions, iam_evaluator
from ministack.core.responses import get_account_id, get_region, json_response
from ministack.services import lambda_svc, stepfunctions

TOKEN = contextvars.ContextVar("token", default=None)
MACHINE = contextvars.ContextVar("machine", default=None)
# The state machine of every token that was ever given.
MACHINES = {}


def patch():
    task, wait = stepfunctions._execute_task, stepfunctions._invoke_with_callback
    call, start = stepfunctions._call_lambda, stepfunctions._start_execution
    resource_of = iam_actions.extract_resource_arn

    def execute_task(state, raw_input, execution, context):
        if isinstance(state.get("TimeoutSeconds"), str):
            seconds = stepfunctions._jsonata_state_field(state, "TimeoutSeconds", "number", raw_input, context)
            state = {**state, "TimeoutSeconds": seconds}
        MACHINE.set(execution["stateMachineArn"] if execution else None)
        return task(state, raw_input, execution, context)

    def invoke_with_callback(resource, given, token, state):
        TOKEN.set(token)
        MACHINES[token] = MACHINE.get()
        try:
            return wait(resource, given, token, state)
        finally:
            TOKEN.set(None)

    def call_lambda(function, event):
        try:
            if app.AUTH and MACHINE.get():
                ask_role(stepfunctions._state_machines[MACHINE.get()]["roleArn"], function)
            return call(function, event)
        except stepfunctions._ExecutionError as failed:
            pending = stepfunctions._task_tokens.get(TOKEN.get())
            if pending:
                pending["error"] = {"Error": failed.error, "Cause": failed.cause}
                pending["event"].set()
            raise

    def extract_resource_arn(service, method, path, headers, body, *rest):
        machine = MACHINES.get(json.loads(body).get("taskToken")) if service == "states" and b"taskToken" in body else None
        return machine or resource_of(service, method, path, headers, body, *rest)

    iam_actions.extract_resource_arn = extract_resource_arn
    stepfunctions._execute_task = execute_task
    stepfunctions._invoke_with_callback = invoke_with_callback
    stepfunctions._call_lambda = call_lambda
    stepfunctions._start_execution = lambda data: running_already(data) or start(data)


def ask_role(role, function):
    name = role.rsplit("/", 1)[-1]
    who = f"arn:aws:sts::{get_account_id()}:assumed-role/{name}/workflow"
    by_name = not function.startswith("arn:")
    arn = lambda_svc._get_func_record_for_ref(function)[1]["FunctionArn"] if by_name else function
    asked = iam_evaluator.EvalContext(
        principal_arn=who,
        principal_type="AssumedRole",
        principal_account=get_account_id(),
        action="lambda:InvokeFunction",
        resource_arn=arn,
        region=get_region(),
    )
    policies = iam_evaluator._gather_role_policies(name, get_account_id())
    if iam_evaluator.evaluate(asked, policies).decision != "Allow":
        refusal = f"User: {who} is not authorized to perform: lambda:InvokeFunction on resource: {arn}"
        raise stepfunctions._ExecutionError("Lambda.AWSLambdaException", refusal)


def running_already(data):
    machine = stepfunctions._resolve_state_machine_arn(data.get("stateMachineArn", "").split("#")[0])
    if not machine or not data.get("name"):
        return None
    place = f"{get_region()}:{get_account_id()}"
    arn = f"arn:aws:states:{place}:execution:{stepfunctions._state_machines[machine]['name']}:{data['name']}"
    known = stepfunctions._executions.get(arn)
    if known and known["status"] == "RUNNING" and known["input"] == data.get("input", "{}"):
        return json_response({"executionArn": arn, "startDate": known["startDate"]})
    return None
