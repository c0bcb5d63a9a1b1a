package dev.clockbill.watch;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Log;
import dev.clockbill.workflow.Step;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;

/**
 * Visits the product by schedule like a person: what everybody can see and, where a member of its
 * own firm is configured, the main job from the running timer to the draft. It leaves nothing
 * behind and sends nothing to anybody.
 *
 * <p>It fails with one sentence that names the step, and how long that took. Otherwise it logs the
 * milliseconds of each step.
 */
public final class SyntheticJourney implements RequestStreamHandler {
  private final PublicPages pages;
  private final JourneyLogin login;
  private final Visitor visitor;

  /** Wired from the process's environment. */
  public SyntheticJourney() {
    this(System.getenv());
  }

  /**
   * Wired from these variables.
   *
   * @param variables {@code BASE_URL}, {@code LOGIN_ISSUER}, {@code USER_POOL_ID}, {@code
   *     JOURNEY_CLIENT_ID} and {@code JOURNEY_LOGIN_PARAMETER}, the name of the parameter that
   *     holds {@code {"user", "password", "payLink"}}; the pay link may be missing, and so may the
   *     parameter
   */
  public SyntheticJourney(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    this.visitor = new Visitor(environment.required("BASE_URL"));
    this.pages = new PublicPages(visitor, environment.required("LOGIN_ISSUER"));
    this.login = new JourneyLogin(environment);
  }

  /** Takes the schedule's call; what it carries is not read. */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Step.take(input, output, call -> make());
  }

  private void make() {
    Steps steps = new Steps();
    try {
      pages.visit(steps);
      Optional<JourneyLogin.Member> member = steps.take("read who logs in", login::member);
      if (member.isPresent()) {
        String token = steps.take("log in", () -> login.token(member.get()));
        new BilledHour(visitor.withToken(token)).make(steps);
        member.get().payLink().ifPresent(link -> pages.payPage(steps, link));
      } else {
        Log.info("no main job in this journey: nobody is configured", "parameter", login.name());
      }
    } catch (JourneyFailed failed) {
      Log.alarm(
          "journey failed",
          "step",
          failed.step(),
          "milliseconds",
          failed.milliseconds(),
          "sentence",
          failed.getMessage());
      throw failed;
    }
    Log.info("journey made", "steps", steps.milliseconds());
  }
}
