#!/usr/bin/env python3
"""Prints a SAM template, as JSON, as the SAM translator transforms it, without an account and without a network.

    python transform.py TEMPLATE [NAME=VALUE …]             as CloudFormation gets it
    python transform.py --resolve TEMPLATE [NAME=VALUE …]   as CloudFormation takes it: parameters, conditions and names of
                                                            the stack in place of what stands for them; what refers to
                                                            resources is left
    python transform.py --lines                             the same for each line of input, a JSON list of such arguments:
                                                            loading the translator takes as long as its work

NAME is a parameter of the template, or AWS::StackName, AWS::AccountId and their like.
"""

import json
import re
import sys

from samcli.lib.translate import sam_template_validator
from samcli.yamlhelper import yaml_parse

PSEUDO = {
    "AWS::StackName": "stack",
    "AWS::AccountId": "123456789012",
    "AWS::Region": "us-east-1",
    "AWS::Partition": "aws",
    "AWS::URLSuffix": "amazonaws.com",
}
NO_VALUE = object()


class NoManagedPolicies:
    """Every policy is written out."""

    @staticmethod
    def load():
        return {}


# What the validator writes is read below, and JSON is written and read many times as fast.
sam_template_validator.yaml_dump = json.dumps


def transformed(template, parameters):
    validator = sam_template_validator.SamTemplateValidator(template, NoManagedPolicies(), region=PSEUDO["AWS::Region"], parameter_overrides=parameters)
    return yaml_parse(validator.get_translated_template_if_valid())


class Resolver:
    def __init__(self, template, given):
        declared = {name: entry["Default"] for name, entry in template.get("Parameters", {}).items() if "Default" in entry}
        self.values = {**PSEUDO, **declared, **given}
        self.conditions = template.get("Conditions", {})
        self.mappings = template.get("Mappings", {})

    def holds(self, condition):
        if isinstance(condition, str):
            return self.holds(self.conditions[condition])
        ((function, argument),) = condition.items()
        if function == "Condition":
            return self.holds(argument)
        if function == "Fn::Equals":
            return str(self.resolve(argument[0])) == str(self.resolve(argument[1]))
        outcomes = [self.holds(each) for each in argument]
        return {"Fn::Not": lambda: not outcomes[0], "Fn::And": lambda: all(outcomes), "Fn::Or": lambda: any(outcomes)}[function]()

    def resolve(self, node):
        if isinstance(node, list):
            return [each for each in map(self.resolve, node) if each is not NO_VALUE]
        if not isinstance(node, dict):
            return node
        if len(node) == 1:
            ((function, argument),) = node.items()
            if function == "Ref" and argument == "AWS::NoValue":
                return NO_VALUE
            if function == "Ref":
                return self.values.get(argument, node)
            if function == "Fn::If":
                return self.resolve(argument[1] if self.holds(argument[0]) else argument[2])
            if function == "Fn::Sub":
                return self.substituted(argument)
            if function == "Fn::Join":
                parts = self.resolve(argument[1])
                literal = isinstance(parts, list) and all(isinstance(part, str) for part in parts)
                return argument[0].join(parts) if literal else {function: [argument[0], parts]}
            if function == "Fn::FindInMap":
                found = self.mappings
                for key in self.resolve(argument):
                    found = found[key]
                return found
        entries = {key: self.resolve(value) for key, value in node.items()}
        return {key: value for key, value in entries.items() if value is not NO_VALUE}

    def substituted(self, argument):
        text, own = argument if isinstance(argument, list) else (argument, {})
        own = self.resolve(own)

        def value(match):
            found = own.get(match[1], self.values.get(match[1]))
            return match[0] if found is None or isinstance(found, (dict, list)) else str(found)

        text = re.sub(r"\$\{([^!}]+)}", value, text)
        left = {name: each for name, each in own.items() if "${" + name + "}" in text}
        return text if "${" not in text else {"Fn::Sub": [text, left] if left else text}

    def resolved(self, template):
        alive = lambda entries: {  # noqa: E731
            name: self.resolve(entry) for name, entry in entries.items() if "Condition" not in entry or self.holds(entry["Condition"])
        }
        return {**template, "Resources": alive(template["Resources"]), "Outputs": alive(template.get("Outputs", {}))}


def answer(arguments):
    resolve = arguments[:1] == ["--resolve"]
    file, *values = arguments[resolve:]
    given = dict(value.split("=", 1) for value in values)
    with open(file, encoding="utf-8") as source:
        template = yaml_parse(source.read())
    output = transformed(template, {**PSEUDO, **given})
    return Resolver(output, given).resolved(output) if resolve else output


def main():
    arguments = sys.argv[1:]
    if arguments == ["--lines"]:
        for line in sys.stdin:
            print(json.dumps(answer(json.loads(line))), flush=True)
    else:
        json.dump(answer(arguments), sys.stdout, indent=1)


if __name__ == "__main__":
    main()
