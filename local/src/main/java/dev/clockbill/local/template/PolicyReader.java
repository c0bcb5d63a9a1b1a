package dev.clockbill.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the {@code Policies} of functions and state machines. */
final class PolicyReader {
  /** The stack does not check the permissions of these. */
  private static final Set<String> MANAGED =
      Set.of("AWSLambdaBasicExecutionRole", "AWSXRayDaemonWriteAccess", "AWSXrayWriteOnlyAccess");

  private final KnownResources known;

  PolicyReader(KnownResources known) {
    this.known = known;
  }

  /**
   * The statements of a {@code Policies} property.
   *
   * @param policies resolved; a missing node grants nothing
   */
  List<Statement> read(String where, JsonNode policies) {
    List<Statement> statements = new ArrayList<>();
    if (policies.isArray()) {
      for (int index = 0; index < policies.size(); index++) {
        readPolicy(where + "[" + index + "]", policies.get(index), statements);
      }
    } else if (!policies.isMissingNode()) {
      readPolicy(where, policies, statements);
    }
    return List.copyOf(statements);
  }

  private void readPolicy(String where, JsonNode policy, List<Statement> statements) {
    if (policy.isTextual()) {
      String name = policy.asText().substring(policy.asText().lastIndexOf('/') + 1);
      if (!MANAGED.contains(name)) {
        throw new TemplateException(
            where + ": the stack does not know the managed policy " + policy.asText() + ".");
      }
      return;
    }
    if (!policy.has("Statement")) {
      String name = policy.isObject() && policy.size() > 0 ? policy.fieldNames().next() : "nothing";
      throw new TemplateException(
          where + ": the stack does not know the policy template " + name + "; write statements.");
    }
    known.check(where, "policy", policy);
    JsonNode written = policy.get("Statement");
    if (written.isArray()) {
      for (int index = 0; index < written.size(); index++) {
        statements.add(statement(where + ".Statement[" + index + "]", written.get(index)));
      }
    } else {
      statements.add(statement(where + ".Statement", written));
    }
  }

  private Statement statement(String where, JsonNode statement) {
    known.check(where, "statement", statement);
    String effect = statement.path("Effect").asText();
    if (!effect.equals("Allow") && !effect.equals("Deny")) {
      throw new TemplateException(where + ": Effect must be Allow or Deny.");
    }
    JsonNode conditions = statement.get("Condition");
    if (conditions != null) {
      PolicyConditions.check(where, conditions);
    }
    return new Statement(
        effect, texts(where, statement, "Action"), texts(where, statement, "Resource"), conditions);
  }

  private static List<String> texts(String where, JsonNode statement, String name) {
    List<String> texts = new ArrayList<>();
    JsonNode value = statement.path(name);
    if (value.isTextual()) {
      texts.add(value.asText());
    }
    for (JsonNode each : value) {
      if (!each.isTextual()) {
        throw new TemplateException(where + ": " + name + " must be text or a list of texts.");
      }
      texts.add(each.asText());
    }
    if (texts.isEmpty()) {
      throw new TemplateException(where + ": " + name + " is missing.");
    }
    return List.copyOf(texts);
  }
}
