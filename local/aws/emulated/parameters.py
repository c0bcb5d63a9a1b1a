"""Parameter Store.

ministack asks policies about `GetParameters` as if it named no parameter; AWS asks about each one that it names (Service
Authorization Reference, "Actions, resources, and condition keys for AWS Systems Manager").
"""

import contextvars
import json

from ministack.core import iam_actions, iam_evaluator

ACTION = "ssm:GetParameters"
NAMED = contextvars.ContextVar("named", default=())


def patch():
    extract, enforce = iam_actions.extract_resource_arn, iam_evaluator.enforce

    def extract_resource_arn(service, method, path, headers, body, *rest):
        if service != "ssm" or not headers.get("x-amz-target", "").endswith(".GetParameters"):
            return extract(service, method, path, headers, body, *rest)
        each = [json.dumps({"Name": name}).encode() for name in json.loads(body or b"{}").get("Names") or []]
        NAMED.set([extract(service, method, path, headers, name, *rest) for name in each])
        return next(iter(NAMED.get()), "*")

    def enforce_each(access_key, action, service, region, resource_arn="*", service_context=None):
        resources = (NAMED.get() if action == ACTION else ()) or [resource_arn]
        checks = (enforce(access_key, action, service, region, arn, service_context) for arn in resources)
        return next((denied for denied in checks if denied), None)

    iam_actions.extract_resource_arn = extract_resource_arn
    iam_evaluator.enforce = enforce_each
