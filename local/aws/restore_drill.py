#!/usr/bin/env python3
"""Brings a stack's table back to an earlier moment, in a second table beside it, and has the stack use that one.

    restore_drill.py restore STACK TABLE [--at 2026-11-29T12:00:00Z]   restores the stack's table into a new one
    restore_drill.py compare TABLE OTHER     adds both up and says what differs; ends with 1 if anything does
    restore_drill.py pause STACK             lets no function run, so that nothing is written any more
    restore_drill.py adopt STACK TABLE       has the stack use this table; the one before it stays as it is
    restore_drill.py proceed STACK           lets the functions run again

docs/backup.md says when to do what. It reads whole tables, which no function does. Credentials, region and, for
an emulator, AWS_ENDPOINT_URL come from the environment.
"""

import argparse
import hashlib
import json
import sys
import time
from collections import Counter
from datetime import datetime

import boto3
import yaml
from botocore.exceptions import BotoCoreError, ClientError

TABLE = "Ledger"
MONEY = ("total", "amountPaid", "amount")
PAUSED = "clockbill:concurrency-before-pause"


class Failed(Exception):
    """Why nothing more is done."""


def resource(stack, logical_id):
    detail = boto3.client("cloudformation").describe_stack_resource(StackName=stack, LogicalResourceId=logical_id)
    return detail["StackResourceDetail"]["PhysicalResourceId"]


# ---- restore

def restore(stack, table, at):
    """DynamoDB restores data and indexes, not time to live, recovery, protection and tags: those are set again here."""
    database = boto3.client("dynamodb")
    source = resource(stack, TABLE)
    moment = {"RestoreDateTime": datetime.fromisoformat(at)} if at else {"UseLatestRestorableTime": True}
    before = time.time()
    database.restore_table_to_point_in_time(SourceTableName=source, TargetTableName=table, **moment)
    while database.describe_table(TableName=table)["Table"]["TableStatus"] != "ACTIVE":
        time.sleep(5)
    lives = database.describe_time_to_live(TableName=source)["TimeToLiveDescription"]
    if lives["TimeToLiveStatus"] == "ENABLED":
        enabled = {"Enabled": True, "AttributeName": lives["AttributeName"]}
        database.update_time_to_live(TableName=table, TimeToLiveSpecification=enabled)
    recovery = {"PointInTimeRecoveryEnabled": True}
    database.update_continuous_backups(TableName=table, PointInTimeRecoverySpecification=recovery)
    protected = str(database.describe_table(TableName=source)["Table"].get("DeletionProtectionEnabled")).lower() == "true"
    database.update_table(TableName=table, DeletionProtectionEnabled=protected)
    print(f"{source} is restored into {table} after {time.time() - before:.0f} s.")


# ---- compare

def compare(table, other):
    first, second = added_up(table), added_up(other)
    different = sorted(key for key in first.keys() | second.keys() if first.get(key) != second.get(key))
    for key in different:
        values = "not the same" if key[-1] == "contents" else f"{first.get(key, 0)} in {table}, {second.get(key, 0)} in {other}"
        print(f"{' '.join(key)}: {values}")
    items = [sum(value for key, value in sums.items() if key[-1] == "items") for sums in (first, second)]
    firms = len({key[1] for key in first if key[0] == "firm"})
    if different:
        raise Failed(f"{len(different)} differences; {items[0]} items in {table}, {items[1]} in {other}.")
    print(f"Both hold the same {items[0]} items and the same money of {firms} firms.")


def added_up(table):
    """Items of each kind and firm with a sum of their contents, and money of each firm, kind and currency."""
    sums, contents, currencies, unnamed = Counter(), Counter(), {}, []
    for page in boto3.client("dynamodb").get_paginator("scan").paginate(TableName=table, ConsistentRead=True):
        for item in page["Items"]:
            firm, kind = item["firm"]["S"], kind_of(item)
            owner = ("firm", firm) if "#" not in firm else ("pointers", firm.split("#")[0])
            sums[(*owner, kind, "items")] += 1
            contents[(*owner, kind, "contents")] ^= digest(item)
            if kind == "FIRM":
                currencies[firm] = item["currency"]["S"]
            for name in MONEY:
                if "N" in item.get(name, {}):
                    unnamed.append((firm, kind, name, item.get("currency", {}).get("S"), int(item[name]["N"])))
    for firm, kind, name, currency, amount in unnamed:
        sums[("firm", firm, kind, name, currency or currencies.get(firm, "?"))] += amount
    return {**sums, **{key: f"{value:016x}" for key, value in contents.items()}}


def kind_of(item):
    """INVOICE#id#PAYMENT#ref is of the kind INVOICE#PAYMENT."""
    return "#".join(item["item"]["S"].split("#")[::2])


def digest(item):
    return int.from_bytes(hashlib.sha256(json.dumps(plain(item), sort_keys=True).encode()).digest()[:8], "big")


def plain(value):
    """Sets have no order, and bytes are not JSON."""
    if isinstance(value, dict):
        return {name: sorted(map(str, each)) if name in ("SS", "NS", "BS") else plain(each) for name, each in value.items()}
    return [plain(each) for each in value] if isinstance(value, list) else value.hex() if isinstance(value, bytes) else value


# ---- pause and proceed

def functions(stack):
    pages = boto3.client("cloudformation").get_paginator("list_stack_resources").paginate(StackName=stack)
    found = [each for page in pages for each in page["StackResourceSummaries"]]
    return [each["PhysicalResourceId"] for each in found if each["ResourceType"] == "AWS::Lambda::Function"]


def pause(stack):
    """Callbacks, events, schedules and workflows come again by themselves; people are told to try again."""
    client = boto3.client("lambda")
    for name in functions(stack):
        arn = client.get_function_configuration(FunctionName=name)["FunctionArn"]
        reserved = client.get_function_concurrency(FunctionName=name).get("ReservedConcurrentExecutions", "none")
        if PAUSED not in client.list_tags(Resource=arn)["Tags"]:
            client.tag_resource(Resource=arn, Tags={PAUSED: str(reserved)})
        client.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=0)
    print(f"No function of {stack} runs.")


def proceed(stack):
    client = boto3.client("lambda")
    for name in functions(stack):
        arn = client.get_function_configuration(FunctionName=name)["FunctionArn"]
        before = client.list_tags(Resource=arn)["Tags"].get(PAUSED, "none")
        if before == "none":
            client.delete_function_concurrency(FunctionName=name)
        else:
            client.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=int(before))
        client.untag_resource(Resource=arn, TagKeys=[PAUSED])
    print(f"The functions of {stack} run.")


# ---- adopt

def adopt(stack, table):
    """CloudFormation cannot change a table's name: the stack lets go of one table, and imports the other."""
    if resource(stack, TABLE) == table:
        raise Failed(f"{stack} uses {table} already.")
    client = boto3.client("cloudformation")
    original = template(client, stack, "Original")
    arn = boto3.client("dynamodb").describe_table(TableName=table)["Table"]["TableArn"]
    change(client, stack, named(original, table, arn), "UPDATE", f"names {table}")
    without = template(client, stack, "Processed")
    without["Resources"][TABLE] = original["Resources"][TABLE]
    change(client, stack, without, "IMPORT", f"has {table} as its own", table)
    change(client, stack, original, "UPDATE", "is as its template says")


def template(client, stack, stage):
    body = client.get_template(StackName=stack, TemplateStage=stage)["TemplateBody"]
    return yaml.load(body, Short) if isinstance(body, str) else json.loads(json.dumps(body))


class Short(yaml.SafeLoader):
    """Reads !Ref and its like as the long form."""


def intrinsic(loader, name, node):
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    else:
        deep = loader.construct_sequence if isinstance(node, yaml.SequenceNode) else loader.construct_mapping
        value = deep(node, deep=True)
    if name == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {name if name in ("Ref", "Condition") else "Fn::" + name: value}


Short.add_multi_constructor("!", intrinsic)


def named(original, table, arn):
    """The template without its table, and with this name wherever it refers to it."""
    def replaced(value):
        if isinstance(value, str):
            return value.replace("${%s.Arn}" % TABLE, arn).replace("${%s}" % TABLE, table)
        if isinstance(value, list):
            return [replaced(each) for each in value]
        if not isinstance(value, dict):
            return value
        if value == {"Ref": TABLE}:
            return table
        if value in ({"Fn::GetAtt": [TABLE, "Arn"]}, {"Fn::GetAtt": TABLE + ".Arn"}):
            return arn
        return {name: replaced(each) for name, each in value.items()}

    changed = replaced(json.loads(json.dumps(original)))
    del changed["Resources"][TABLE]
    return changed


def change(client, stack, body, kind, what, table=None):
    """Makes and executes a change set; with another Release, so that functions get new versions."""
    described = client.describe_stacks(StackName=stack)["Stacks"][0]
    given = {each["ParameterKey"]: each["ParameterValue"] for each in described["Parameters"]}
    release = hashlib.sha256(f"{given['Release']} {what}".encode()).hexdigest()
    values = {**given, "Release": release} if kind == "UPDATE" else given
    arguments = {
        "StackName": stack,
        "ChangeSetName": f"restore-{time.time_ns()}",
        "ChangeSetType": kind,
        "TemplateURL": uploaded(client, stack, json.dumps(body)),
        "Parameters": [{"ParameterKey": key, "ParameterValue": value} for key, value in values.items()],
        "Capabilities": ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"],
    }
    if table:
        identifier = {"TableName": table}
        imported = {"ResourceType": "AWS::DynamoDB::Table", "LogicalResourceId": TABLE, "ResourceIdentifier": identifier}
        arguments["ResourcesToImport"] = [imported]
    made = client.create_change_set(**arguments)["Id"]
    client.get_waiter("change_set_create_complete").wait(ChangeSetName=made, WaiterConfig={"Delay": 3})
    client.execute_change_set(ChangeSetName=made)
    waiter = "stack_import_complete" if kind == "IMPORT" else "stack_update_complete"
    client.get_waiter(waiter).wait(StackName=stack, WaiterConfig={"Delay": 5})
    print(f"{stack} {what}.", flush=True)


def uploaded(client, stack, body):
    """Where the template is, in the bucket that the SAM CLI made: it is too large to be sent along."""
    bucket = client.describe_stacks(StackName="aws-sam-cli-managed-default")["Stacks"][0]["Outputs"]
    bucket = next(output["OutputValue"] for output in bucket if output["OutputKey"] == "SourceBucket")
    storage, key = boto3.client("s3"), f"{stack}/restore-{int(time.time() * 1000)}.json"
    storage.put_object(Bucket=bucket, Key=key, Body=body.encode())
    return storage.generate_presigned_url("get_object", {"Bucket": bucket, "Key": key}).split("?")[0]


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = arguments.add_subparsers(required=True)
    for command, names in ((restore, "stack table"), (compare, "table other"), (adopt, "stack table"), (pause, "stack"), (proceed, "stack")):
        added = commands.add_parser(command.__name__)
        added.set_defaults(command=command)
        for name in names.split():
            added.add_argument(name)
        if command is restore:
            added.add_argument("--at")
    chosen = vars(arguments.parse_args())
    command = chosen.pop("command")
    try:
        command(**chosen)
    except (Failed, BotoCoreError, ClientError) as failed:
        sys.exit(str(failed))


if __name__ == "__main__":
    main()
