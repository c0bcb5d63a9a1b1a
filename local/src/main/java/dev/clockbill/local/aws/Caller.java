package dev.clockbill.local.aws;

import dev.clockbill.local.template.FunctionEntry;
import dev.clockbill.local.template.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Who signs with a key id: a function, and what its role grants. */
public record Caller(String functionLogicalId, List<Statement> policy) {

  /** The template's functions by the key ids with which they sign. */
  public static Map<String, Caller> byKeyId(List<FunctionEntry> functions) {
    return functions.stream()
        .collect(
            Collectors.toUnmodifiableMap(
                function -> AwsFront.keyId(function.logicalId()),
                function -> new Caller(function.logicalId(), function.policy())));
  }
}
