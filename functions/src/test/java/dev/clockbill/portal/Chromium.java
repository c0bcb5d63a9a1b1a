package dev.clockbill.portal;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.clockbill.Project;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Debian's Chromium for tests that take {@link Visitors}: one for all that run in this JVM. Where
 * there is none, they are left out, but never where {@code CI=true}.
 */
final class Chromium implements ExecutionCondition, ParameterResolver, AfterTestExecutionCallback {
  /** The same browser without windows, which takes half the work, or else the whole of it. */
  private static final List<Path> EXECUTABLES =
      List.of(Path.of("/usr/bin/chromium-headless-shell"), Path.of("/usr/bin/chromium"));

  /** Pictures of what was shown when tests failed. */
  private static final Path FAILED = Project.path("functions/target/failed-pages");

  private static final Namespace KEPT = Namespace.create(Chromium.class);

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (executable().isPresent() || "true".equals(System.getenv("CI"))) {
      return ConditionEvaluationResult.enabled("There is a browser, or there has to be one.");
    }
    String why =
        "The portal's tests in a browser are left out: there is no " + EXECUTABLES.getLast() + ".";
    context
        .getStore(StoreScope.LAUNCHER_SESSION, KEPT)
        .getOrComputeIfAbsent(
            "said",
            ignored -> {
              System.out.println(why);
              return why;
            });
    return ConditionEvaluationResult.disabled(why);
  }

  private static Optional<Path> executable() {
    return EXECUTABLES.stream().filter(Files::isExecutable).findFirst();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Visitors.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Running running =
        context
            .getStore(StoreScope.LAUNCHER_SESSION, KEPT)
            .getOrComputeIfAbsent("browser", ignored -> new Running(), Running.class);
    return context
        .getStore(KEPT)
        .getOrComputeIfAbsent("visitors", ignored -> new Visitors(running.browser), Visitors.class);
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    Visitors visitors = context.getStore(KEPT).get("visitors", Visitors.class);
    if (visitors == null) {
      return;
    }
    if (context.getExecutionException().isEmpty()) {
      visitors.expectNothingElse();
    } else {
      Path pictures =
          FAILED
              .resolve(context.getRequiredTestClass().getSimpleName())
              .resolve(context.getRequiredTestMethod().getName());
      context.getExecutionException().get().addSuppressed(visitors.seen(pictures));
    }
  }

  /** The browser while it runs. */
  private static final class Running implements AutoCloseable {
    private static final double STARTS_WITHIN = 120_000;

    private final Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    private final Browser browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable().orElseGet(EXECUTABLES::getLast))
                    .setTimeout(STARTS_WITHIN)
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-dev-shm-usage",
                            "--no-first-run")));

    Running() {
      PlaywrightAssertions.setDefaultAssertionTimeout(Visitors.PATIENCE);
    }

    @Override
    public void close() {
      playwright.close();
    }
  }
}
