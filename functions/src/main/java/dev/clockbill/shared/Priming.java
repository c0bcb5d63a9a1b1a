package dev.clockbill.shared;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/**
 * What a function does before Lambda takes the snapshot of it, so that nobody who calls it once it
 * is restored waits for classes to be loaded (Lambda developer guide, "Lambda SnapStart runtime
 * hooks for Java"). Without SnapStart nothing is done.
 *
 * <p>Nothing stays of it that would be out of date in a snapshot: what does the work is made for
 * it, and thrown away with all that it has read, credentials included; its connections are closed.
 * What fails is logged, and the function published all the same.
 */
public final class Priming implements Resource {
  private static final String KIND = "AWS_LAMBDA_INITIALIZATION_TYPE";

  /** The runtime itself would not keep them from the garbage collector. */
  private static final List<Priming> ALL = new ArrayList<>();

  /** Work that may fail. */
  @FunctionalInterface
  private interface Work {
    void run() throws Exception;
  }

  private final Work work;

  private Priming(Work work) {
    this.work = work;
  }

  /** Whether a snapshot will be taken, and not by what is primed already. */
  private static boolean awaitsSnapshot(Environment environment) {
    return environment.optional(KIND).filter("snap-start"::equals).isPresent();
  }

  private static void add(Work work) {
    Priming priming = new Priming(work);
    ALL.add(priming);
    Core.getGlobalContext().register(priming);
  }

  /**
   * Has AWS's services called in earnest, so that what a connection needs is there.
   *
   * @param call makes the service that it calls, of these variables, and changes nothing
   */
  public static void call(Environment environment, Consumer<Environment> call) {
    if (awaitsSnapshot(environment)) {
      Environment unprimed = new Environment(unprimed(environment));
      add(
          () ->
              ScopedValue.where(AwsService.CARRIER, AwsConnections.SINGLE)
                  .run(() -> answered(call, unprimed)));
    }
  }

  private static void answered(Consumer<Environment> call, Environment environment) {
    try {
      call.accept(environment);
    } catch (AwsRefused refused) {
      // An answer as well: not every function may make this call.
    }
  }

  /** Like {@link #rehearse(Class, UnaryOperator)}, with the event as it was recorded. */
  public static void rehearse(Class<? extends RequestStreamHandler> handler) {
    rehearse(handler, UnaryOperator.identity());
  }

  /**
   * Has a function handle an event as it will handle those to come, with answers of AWS's services
   * that were recorded: in {@code rehearsals}, under the name of its class.
   *
   * @param handler which can be made of variables
   * @param event makes the event of the recorded one
   */
  public static void rehearse(
      Class<? extends RequestStreamHandler> handler, UnaryOperator<Map<String, Object>> event) {
    Environment environment = new Environment(System.getenv());
    if (awaitsSnapshot(environment)) {
      add(() -> Rehearsal.of(handler).run(unprimed(environment), event));
    }
  }

  /** The variables with which a function is not primed again. */
  private static Map<String, String> unprimed(Environment environment) {
    Map<String, String> variables = new HashMap<>(environment.variables());
    variables.remove(KIND);
    return variables;
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) {
    try {
      work.run();
    } catch (Exception failed) {
      Log.info("not primed", "cause", failed.toString());
    }
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    Ids.beginAnew();
  }
}
