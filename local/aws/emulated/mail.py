"""SES v2.

ministack checks neither the configuration set nor the content of a mail, forgets its tags and its raw message, sends no
events, and knows neither ses:FromAddress nor the sender's identity when it asks policies. Here a mail is checked, kept
whole, its events go to EventBridge as the configuration set's destination says, and policies are asked as SES asks them.
A mail to bounce@… bounces, one to complaint@… is delivered and complained about, every other one is delivered.
"""

import base64
import json
import time
from email import message_from_bytes, policy, utils

from ministack import app
from ministack.core.responses import get_account_id, get_region
from ministack.services import eventbridge, ses, ses_v2

KINDS = {
    "SEND": "Email Sent",
    "DELIVERY": "Email Delivered",
    "BOUNCE": "Email Bounced",
    "COMPLAINT": "Email Complaint Received",
}


def patch():
    handle, enforce = ses_v2.handle_request, app._enforce_ses_v2

    async def handle_request(method, path, headers, body, query):
        if not is_send(method, path):
            return await handle(method, path, headers, body, query)
        request = json.loads(body or b"{}")
        refused = refusal(request)
        answer = refused or await handle(method, path, headers, body, query)
        if answer[0] == 200:
            sent(ses_v2._sent_emails_list()[-1], request)
        return answer

    def enforce_send(method, path, headers, body, query, request_id):
        if not app.AUTH or not is_send(method, path):
            return enforce(method, path, headers, body, query, request_id)
        return refused_by_policies(json.loads(body or b"{}"), headers, query, request_id)

    ses_v2.handle_request = handle_request
    app._enforce_ses_v2 = enforce_send


def is_send(method, path):
    return method == "POST" and path.rstrip("/").endswith("/v2/email/outbound-emails")


def refusal(request):
    content = request.get("Content") or {}
    if len([kind for kind in ("Simple", "Raw", "Template") if content.get(kind)]) != 1:
        return ses_v2._json_err("BadRequestException", "Content needs exactly one of Simple, Raw, Template")
    name = request.get("ConfigurationSetName")
    if name and name not in ses_v2._config_sets:
        return ses_v2._missing_config_set(name)
    return None


def sent(mail, request):
    mail["request"] = request
    name = request.get("ConfigurationSetName")
    if not name:
        return
    destinations = (ses_v2._config_sets[name].get("EventDestinations") or {}).values()
    wanted = {
        kind
        for each in destinations
        if each["Enabled"] and each.get("EventBridgeDestination")
        for kind in each["MatchingEventTypes"]
    }
    for kind, detail in events(mail, request, mail["To"] + mail["CC"] + mail["BCC"]):
        if kind in wanted:
            entry = {"Source": "aws.ses", "DetailType": KINDS[kind], "Detail": json.dumps(detail)}
            eventbridge._put_events({"Entries": [entry]}, allow_aws_source=True)


def events(mail, request, recipients):
    """What SES reports of a mail: https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html"""
    now = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime())
    common = {
        "timestamp": now,
        "source": mail["Source"],
        "messageId": mail["MessageId"],
        "destination": recipients,
        "headersTruncated": False,
        "commonHeaders": {"subject": mail["Subject"], "to": recipients},
        "tags": {"ses:configuration-set": [request["ConfigurationSetName"]], **{k: [v] for k, v in tags(request).items()}},
    }
    yield "SEND", {"eventType": "Send", "mail": common, "send": {}}
    for to in recipients:
        if to.startswith("bounce@"):
            recipient = {"emailAddress": to, "action": "failed", "status": "5.1.1", "diagnosticCode": "smtp; 550 5.1.1 user unknown"}
            bounce = {"bounceType": "Permanent", "bounceSubType": "General", "bouncedRecipients": [recipient]}
            yield "BOUNCE", {"eventType": "Bounce", "mail": common, "bounce": {**bounce, "timestamp": now, "feedbackId": mail["MessageId"]}}
            continue
        delivery = {"timestamp": now, "processingTimeMillis": 500, "recipients": [to], "smtpResponse": "250 ok"}
        yield "DELIVERY", {"eventType": "Delivery", "mail": common, "delivery": delivery}
        if to.startswith("complaint@"):
            complaint = {"complaintFeedbackType": "abuse", "complainedRecipients": [{"emailAddress": to}]}
            yield "COMPLAINT", {"eventType": "Complaint", "mail": common, "complaint": {**complaint, "timestamp": now, "feedbackId": mail["MessageId"]}}


def tags(request):
    return {tag["Name"]: tag["Value"] for tag in request.get("EmailTags") or []}


def refused_by_policies(request, headers, query, request_id):
    """Asks for the action on the identity (the address or its domain) and on the configuration set."""
    raw, to = (request.get("Content") or {}).get("Raw"), request.get("Destination") or {}
    name, address = utils.parseaddr(request.get("FromEmailAddress") or (message(raw)["From"] if raw else ""))
    seen = {
        "ses:FromAddress": address,
        "ses:FromDisplayName": name,
        "ses:Recipients": [each for kind in ("ToAddresses", "CcAddresses", "BccAddresses") for each in to.get(kind) or []],
    }
    needed = [[f"identity/{address}", f"identity/{address.rpartition('@')[2]}"]]
    if request.get("ConfigurationSetName"):
        needed.append(["configuration-set/" + request["ConfigurationSetName"]])
    for alternatives in needed:
        arns = [f"arn:aws:ses:{get_region()}:{get_account_id()}:{resource}" for resource in alternatives]
        answers = [
            app._enforce_data_plane(
                "sesv2",
                "ses:SendRawEmail" if raw else "ses:SendEmail",
                headers,
                query,
                request_id,
                resource_arn=arn,
                named_resource=arn,
                service_context=seen,
            )
            for arn in arns
        ]
        if all(answers):
            return answers[0]
    return None


def message(raw):
    return message_from_bytes(base64.b64decode(raw["Data"]), policy=policy.default)


def inbox():
    """The mails that were sent, newest first, as the laptop's stack shows its own."""
    mails = [mail for kept in ses._sent_emails._data.values() if isinstance(kept, list) for mail in kept]
    return [shown(mail) for mail in reversed(mails) if "request" in mail]


def shown(mail):
    request = mail["request"]
    content, to = request["Content"], request.get("Destination") or {}
    if content.get("Raw"):
        read = message(content["Raw"])
        subject, parts = read["Subject"], {kind: read.get_body((kind,)) for kind in ("plain", "html")}
        text, html = (part.get_content() if part else "" for part in parts.values())
        recipients = to.get("ToAddresses") or [address for _, address in utils.getaddresses(read.get_all("To", []))]
    else:
        simple = content["Simple"]
        subject, body = simple["Subject"]["Data"], simple["Body"]
        text, html = (body.get(kind, {}).get("Data", "") for kind in ("Text", "Html"))
        recipients = to.get("ToAddresses") or []
    return {"id": mail["MessageId"], "to": recipients, "subject": subject, "text": text, "html": html, "tags": tags(request)}
