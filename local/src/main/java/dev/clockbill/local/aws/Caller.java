package dev.clockbill.local.aws;

import dev.clockbill.local.template.FunctionEntry;
import dev.clockbill.local.template.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The function that signs with a key id, and what its role allows. */
public record Caller(String functionLogicalId, List<Statement> policy) {

  /** The functions of the template by their key ids. */
  public static Map<String, Caller> byKeyId(List<FunctionEntry> functions) {
    return functions.stream()
        .collect(
            Collectors.toUnmodifiableMap(
                function -> AwsFront.keyId(function.logicalId()),
                function -> new Caller(function.logicalId(), function.policy())));
  }
}
