package dev.clockbill.local.aws;

import dev.clockbill.local.template.PolicyConditions;
import dev.clockbill.local.template.Statement;
import dev.clockbill.local.template.Wildcards;
import java.util.List;
import java.util.Locale;

/** Evaluates identity-based policies. */
public final class Policies {

  /** The result for one permission. */
  public enum Verdict {
    /** A statement allows it and none denies it. */
    ALLOWED,
    /** A statement denies it. */
    DENIED,
    /** No statement applies to it. */
    NOT_GRANTED
  }

  private Policies() {}

  /** Whether statements allow what a request needs. */
  public static boolean allows(List<Statement> policy, RequiredPermission needed) {
    return verdict(policy, needed) == Verdict.ALLOWED;
  }

  /** Evaluates statements: a Deny wins over every Allow. */
  public static Verdict verdict(List<Statement> policy, RequiredPermission needed) {
    Verdict verdict = Verdict.NOT_GRANTED;
    for (Statement statement : policy) {
      if (appliesTo(statement, needed)) {
        if (statement.effect().equals("Deny")) {
          return Verdict.DENIED;
        }
        verdict = Verdict.ALLOWED;
      }
    }
    return verdict;
  }

  private static boolean appliesTo(Statement statement, RequiredPermission needed) {
    String action = needed.action().toLowerCase(Locale.ROOT);
    return statement.actions().stream()
            .anyMatch(pattern -> Wildcards.match(pattern.toLowerCase(Locale.ROOT), action))
        && statement.resources().stream()
            .anyMatch(pattern -> Wildcards.match(pattern, needed.resource()))
        && PolicyConditions.fulfilled(statement.conditions(), needed.context());
  }

  /** The message with which AWS refuses a request of a function or a state machine. */
  public static String refusal(String function, Verdict verdict, RequiredPermission needed) {
    String why =
        verdict == Verdict.DENIED
            ? "with an explicit deny in an identity-based policy"
            : "because no identity-based policy allows the " + needed.action() + " action";
    return "User: arn:aws:sts::000000000000:assumed-role/%s/%s is not authorized to perform: %s on resource: %s %s"
        .formatted(function, function, needed.action(), needed.resource(), why);
  }
}
