package dev.clockbill.local.lambda;

import dev.clockbill.local.aws.AwsFront;
import dev.clockbill.local.aws.PartitionRules;
import dev.clockbill.local.aws.Partitions;
import dev.clockbill.local.template.FunctionEntry;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The functions of the template, each with its own environment and identity. */
public final class Lambda implements Invoker, AutoCloseable {
  private static final String REGION = "eu-central-1";
  private static final List<String> ENDPOINTS =
      List.of("DYNAMODB", "SFN", "SESV2", "SSM", "COGNITO_IDENTITY_PROVIDER");

  private final Map<String, LoadedFunction> functions = new LinkedHashMap<>();
  private final InstantSource clock;
  private Optional<Map<String, Readiness>> readiness = Optional.empty();

  /**
   * Loads the classes of the functions.
   *
   * @param awsAddress the address of the AWS services
   * @param clock the time that the functions read
   * @throws IllegalStateException if the class of a function cannot be used
   */
  public Lambda(
      List<FunctionEntry> entries, String awsAddress, HandlerClasses classes, InstantSource clock) {
    this(entries, awsAddress, classes, clock, new Partitions(PartitionRules.NONE));
  }

  /**
   * Loads the classes of the functions.
   *
   * @param partitions is told which instance handles which event
   * @throws IllegalStateException if the class of a function cannot be used
   */
  public Lambda(
      List<FunctionEntry> entries,
      String awsAddress,
      HandlerClasses classes,
      InstantSource clock,
      Partitions partitions) {
    this.clock = clock;
    for (FunctionEntry entry : entries) {
      functions.put(
          entry.logicalId(),
          new LoadedFunction(entry, environment(entry, awsAddress), classes, clock, partitions));
    }
  }

  private static Map<String, String> environment(FunctionEntry entry, String awsAddress) {
    Map<String, String> environment = new HashMap<>(entry.environment());
    environment.put("AWS_REGION", REGION);
    environment.put("AWS_DEFAULT_REGION", REGION);
    environment.put("AWS_ACCESS_KEY_ID", AwsFront.keyId(entry.logicalId()));
    environment.put("AWS_SECRET_ACCESS_KEY", "unchecked");
    environment.put("AWS_LAMBDA_FUNCTION_NAME", entry.logicalId());
    environment.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
    environment.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + entry.logicalId());
    environment.put("AWS_LAMBDA_LOG_STREAM_NAME", "local");
    for (String service : ENDPOINTS) {
      environment.put("AWS_ENDPOINT_URL_" + service, awsAddress);
    }
    return Map.copyOf(environment);
  }

  /**
   * The environment of a function, so that a test can create the handler itself.
   *
   * @throws IllegalArgumentException if the template has no such function
   */
  public Map<String, String> environment(String logicalId) {
    LoadedFunction function = functions.get(logicalId);
    if (function == null) {
      throw new IllegalArgumentException("The template has no function " + logicalId + ".");
    }
    return function.environment();
  }

  /** Whether the template has a function. */
  public boolean knows(String logicalId) {
    return functions.containsKey(logicalId);
  }

  /**
   * Creates an instance of each function before its first invocation needs one; prints failures.
   */
  public void warm() {
    for (Map.Entry<String, LoadedFunction> function : functions.entrySet()) {
      try {
        function.getValue().warm();
      } catch (FunctionFailed failed) {
        System.err.println(
            "The function %s cannot be made: %s: %s"
                .formatted(function.getKey(), failed.errorType(), failed.getMessage()));
      }
    }
  }

  /**
   * Whether functions fall asleep from now on: one that is not invoked for 14 days refuses its next
   * callers for a moment. At first they do not, so that time can be moved by weeks.
   */
  public synchronized void fallAsleep(boolean asleep) {
    readiness =
        asleep
            ? Optional.of(
                functions.keySet().stream()
                    .collect(
                        Collectors.toUnmodifiableMap(
                            Function.identity(), name -> new Readiness(clock.instant()))))
            : Optional.empty();
  }

  private synchronized Optional<Readiness> readiness(String logicalId) {
    return readiness.map(all -> all.get(logicalId));
  }

  @Override
  public byte[] invoke(String function, byte[] payload) throws FunctionFailed {
    LoadedFunction loaded =
        Optional.ofNullable(functions.get(logicalId(function)))
            .orElseThrow(
                () ->
                    new FunctionFailed(
                        "Lambda.ResourceNotFoundException",
                        "Function not found: " + function,
                        null));
    Optional<Readiness> ready = readiness(logicalId(function));
    if (ready.isPresent()) {
      ready.get().invoked(clock.instant());
    }
    return loaded.invoke(payload);
  }

  /** The id in {@code arn:aws:lambda:<region>:<account>:function:<id>[:<version>]}. */
  private static String logicalId(String function) {
    if (!function.startsWith("arn:")) {
      int colon = function.indexOf(':');
      return colon < 0 ? function : function.substring(0, colon);
    }
    String[] parts = function.split(":", -1);
    return parts.length > 6 ? parts[6] : function;
  }

  @Override
  public void close() {
    functions.values().forEach(LoadedFunction::close);
  }
}
