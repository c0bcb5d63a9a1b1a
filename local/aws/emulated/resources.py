"""What CloudFormation makes of the template.

ministack's own provisioners leave out what is written here: `Body` of an HTTP API (all of SAM's routes, authorizers and
CORS), time to live of a table, dead-letter queue and reserved concurrency of a function, the issuer of a user pool, the
DNS records of a mail domain, and alarms on metric math. Types that it does not know are made as empty placeholders, and said so, only if they are listed.
And it runs SAM's transform without the values of the template's parameters, which CloudFormation gives to it.
"""

import contextvars
import sys

from ministack.services import apigateway, dynamodb, lambda_svc
from ministack.services.cloudformation import changesets, engine, handlers, provisioners
from ministack.services.ses_v2 import _dkim_tokens
from samtranslator.translator import transform

# They watch over a deployment or a bill and change nothing that a journey sees.
IGNORED = (
    "AWS::Budgets::Budget",
    "AWS::CodeDeploy::Application",
    "AWS::CodeDeploy::DeploymentGroup",
    "AWS::CloudWatch::CompositeAlarm",
    "AWS::Cognito::UserPoolIdentityProvider",
    "AWS::Cognito::UserPoolUICustomizationAttachment",
    "AWS::Cognito::ManagedLoginBranding",
    "AWS::Route53::RecordSetGroup",
)
# All that is kept of an alarm on metric math.
METRIC = ("Namespace", "MetricName")


PARAMETERS = contextvars.ContextVar("parameters", default={})


def patch():
    transform_with_parameters()
    for kind in IGNORED:
        if kind not in provisioners._RESOURCE_HANDLERS:
            provisioners._RESOURCE_HANDLERS[kind] = ignoring(kind)
    after("AWS::ApiGatewayV2::Api", "create", lambda api, properties: read_body(api, properties))
    after("AWS::ApiGatewayV2::Api", "update", lambda api, properties: read_body(api, properties))
    after("AWS::DynamoDB::Table", "create", keep_time_to_live)
    after("AWS::Lambda::Function", "create", keep_of_function)
    after("AWS::Lambda::Function", "update", keep_of_function)
    after("AWS::SES::EmailIdentity", "create", lambda domain, properties: dns_records(domain))
    after("AWS::SES::EmailIdentity", "update", lambda domain, properties: dns_records(domain))
    attributes = provisioners._cognito_user_pool_attributes
    provisioners._cognito_user_pool_attributes = lambda pool: {
        **attributes(pool),
        "ProviderURL": "https://" + attributes(pool)["ProviderName"],
    }
    record = provisioners._cw_metric_alarm_record
    provisioners._cw_metric_alarm_record = lambda name, properties: record(name, plain_alarm(properties))


def transform_with_parameters():
    apply, translate = engine._apply_transforms, transform.transform

    def apply_transforms(template, provided=None, previous=None):
        PARAMETERS.set(engine._transform_parameters(template, provided, previous))
        return apply(template, provided, previous)

    for module in (engine, changesets, handlers):
        module._apply_transforms = apply_transforms
    transform.transform = lambda template, _, *rest: translate(template, dict(PARAMETERS.get()), *rest)


def ignoring(kind):
    def create(logical_id, properties, stack):
        print(f"ignored: {kind} {logical_id}", file=sys.stderr, flush=True)
        return f"{stack}-{logical_id}", {"Arn": f"arn:aws:ignored:::{stack}-{logical_id}"}

    return {
        "create": create,
        "update": lambda physical_id, *rest: (physical_id, {}),
        "delete": lambda physical_id, properties: None,
    }


def after(kind, action, follow):
    """Has `follow` see each resource of a kind, by its name and its properties, that was created or updated; it may give
    more attributes of it."""
    handler = provisioners._RESOURCE_HANDLERS[kind]
    if action not in handler:
        return
    provision = handler[action]

    def followed(first, second, third, *rest):
        made = provision(first, second, third, *rest)
        more = follow(made[0], second if action == "create" else third)
        return (made[0], {**made[1], **more}, *made[2:]) if more else made

    provisioners._RESOURCE_HANDLERS[kind] = {**handler, action: followed}


def keep_time_to_live(table, properties):
    if properties.get("TimeToLiveSpecification"):
        dynamodb._update_ttl({"TableName": table, "TimeToLiveSpecification": properties["TimeToLiveSpecification"]})


def dns_records(domain):
    records = {}
    for number, token in enumerate(_dkim_tokens(domain), 1):
        records[f"DkimDNSTokenName{number}"] = f"{token}._domainkey.{domain}"
        records[f"DkimDNSTokenValue{number}"] = f"{token}.dkim.amazonses.com"
    return records


def keep_of_function(name, properties):
    function = lambda_svc._functions[name]
    if properties.get("DeadLetterConfig"):
        function["config"]["DeadLetterConfig"] = properties["DeadLetterConfig"]
    if properties.get("ReservedConcurrentExecutions") is not None:
        function["concurrency"] = int(properties["ReservedConcurrentExecutions"])


def plain_alarm(properties):
    if not properties.get("Metrics"):
        return properties
    first = next((each["MetricStat"] for each in properties["Metrics"] if each.get("MetricStat")), None)
    metric = first["Metric"] if first else {"Namespace": "ignored", "MetricName": "search"}
    return {
        **{name: value for name, value in properties.items() if name != "Metrics"},
        **{name: metric[name] for name in METRIC},
        "Period": first["Period"] if first else 60,
        "Statistic": first["Stat"] if first and first["Stat"] in STATISTICS else "Sum",
    }


STATISTICS = ("Average", "Maximum", "Minimum", "SampleCount", "Sum")


def read_body(api_id, properties):
    """Routes, authorizers and CORS of an HTTP API as its OpenAPI document gives them."""
    body = properties.get("Body")
    if not isinstance(body, dict):
        return
    for kept in (apigateway._routes, apigateway._integrations, apigateway._authorizers):
        kept[api_id] = {}
    if body.get("x-amazon-apigateway-cors"):
        apigateway._apis[api_id]["corsConfiguration"] = body["x-amazon-apigateway-cors"]
    schemes = (body.get("components") or {}).get("securitySchemes") or {}
    authorizers = {name: authorizer(api_id, name, scheme) for name, scheme in schemes.items()}
    for path, methods in (body.get("paths") or {}).items():
        for method, operation in methods.items():
            if isinstance(operation, dict) and "x-amazon-apigateway-integration" in operation:
                verb = "ANY" if method == "x-amazon-apigateway-any-method" else method.upper()
                key = "$default" if path in ("$default", "/$default") else f"{verb} {path}"
                route(api_id, key, operation, authorizers)


def authorizer(api_id, name, scheme):
    spec = scheme["x-amazon-apigateway-authorizer"]
    if spec.get("type") != "jwt":
        raise ValueError(f"The authorizer {name} is not one of tokens: the emulator knows no other.")
    source = spec.get("identitySource", "$request.header.Authorization")
    issued = spec["jwtConfiguration"]
    properties = {
        "ApiId": api_id,
        "Name": name,
        "AuthorizerType": "JWT",
        "IdentitySource": source if isinstance(source, list) else [source],
        "JwtConfiguration": {"Issuer": issued["issuer"], "Audience": issued["audience"]},
    }
    return provisioners._apigw_v2_authorizer_create(name, properties, "")[0]


def route(api_id, key, operation, authorizers):
    spec = operation["x-amazon-apigateway-integration"]
    integration = {
        "ApiId": api_id,
        "IntegrationType": spec.get("type", "aws_proxy").upper(),
        "IntegrationUri": spec["uri"],
        "PayloadFormatVersion": spec.get("payloadFormatVersion", "2.0"),
        "TimeoutInMillis": spec.get("timeoutInMillis", 30000),
    }
    target = provisioners._apigw_v2_integration_create("", integration, "")[0]
    properties = {"ApiId": api_id, "RouteKey": key, "Target": f"integrations/{target}"}
    needed = [(name, scopes) for need in operation.get("security") or [] for name, scopes in need.items() if name != "NONE"]
    for name, scopes in needed:
        properties.update(AuthorizationType="JWT", AuthorizerId=authorizers[name], AuthorizationScopes=scopes)
    provisioners._apigw_v2_route_create("", properties, "")
