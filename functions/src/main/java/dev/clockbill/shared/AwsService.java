package dev.clockbill.shared;

import com.github.davidmoten.aws.lw.client.Client;
import com.github.davidmoten.aws.lw.client.Credentials;
import com.github.davidmoten.aws.lw.client.HttpClient;
import com.github.davidmoten.aws.lw.client.HttpMethod;
import com.github.davidmoten.aws.lw.client.MaxAttemptsExceededException;
import com.github.davidmoten.aws.lw.client.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;

/**
 * An AWS service that takes and answers JSON, as AWS's JSON protocols say (Smithy, "AWS JSON 1.0
 * protocol"): what every request of a customer waits for. It is called without a client of the SDK,
 * which loads some 2,500 classes before its first call and doubles the time of each: decision 39.
 *
 * <p>A call that fails in passing is repeated as the SDK's standard mode does: three times in all,
 * after a random pause (AWS SDKs and Tools Reference Guide, "Retry behavior").
 */
public final class AwsService {
  /** After this long a call is given up, with all its repetitions: before its function is. */
  public static final Duration LONGEST_CALL = Duration.ofSeconds(8);

  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final int TRIES = 3;
  private static final long PAUSE_MILLIS = 100;
  private static final long PAUSE_WHEN_THROTTLED_MILLIS = 1_000;

  /** What carries the requests of services that are made meanwhile, in place of the network. */
  static final ScopedValue<HttpClient> CARRIER = ScopedValue.newInstance();

  /**
   * A service's name in signatures and addresses, what its operations' names begin with, and the
   * version of the protocol.
   */
  private enum Api {
    DYNAMODB("dynamodb", "DynamoDB_20120810", "1.0"),
    SFN("states", "AWSStepFunctions", "1.0"),
    SSM("ssm", "AmazonSSM", "1.1");

    private final String service;
    private final String target;
    private final String version;

    Api(String service, String target, String version) {
      this.service = service;
      this.target = target;
      this.version = version;
    }

    private String address(Environment environment, String region) {
      String suffix = region.startsWith("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com";
      return environment
          .optional("AWS_ENDPOINT_URL_" + name())
          .or(() -> environment.optional("AWS_ENDPOINT_URL"))
          .orElseGet(() -> "https://" + service + "." + region + suffix);
    }
  }

  private final Api api;
  private final String region;
  private final String address;
  private final Supplier<Credentials> credentials;
  private final HttpClient carrier;

  private AwsService(Api api, Environment environment) {
    this.api = api;
    this.region = environment.required("AWS_REGION");
    this.address = api.address(environment, region).replaceFirst("/?$", "/");
    this.credentials = credentials(environment);
    this.carrier = CARRIER.orElse(AwsConnections.KEPT);
  }

  /** DynamoDB. */
  public static AwsService dynamoDb(Environment environment) {
    return new AwsService(Api.DYNAMODB, environment);
  }

  /** Step Functions. */
  public static AwsService stepFunctions(Environment environment) {
    return new AwsService(Api.SFN, environment);
  }

  /** Parameter Store. */
  public static AwsService parameterStore(Environment environment) {
    return new AwsService(Api.SSM, environment);
  }

  /**
   * The environment's keys. With SnapStart there are none, since they would be too old when a
   * snapshot is restored; the address that it names has new ones (Lambda developer guide,
   * "Activating and managing Lambda SnapStart").
   */
  static Optional<Credentials> keys(Environment environment) {
    return environment
        .optional("AWS_ACCESS_KEY_ID")
        .map(
            id -> {
              String secret = environment.required("AWS_SECRET_ACCESS_KEY");
              return environment
                  .optional("AWS_SESSION_TOKEN")
                  .map(token -> Credentials.of(id, secret, token))
                  .orElseGet(() -> Credentials.of(id, secret));
            });
  }

  private static Supplier<Credentials> credentials(Environment environment) {
    Optional<Credentials> keys = keys(environment);
    if (keys.isPresent()) {
      return keys::get;
    }
    ContainerCredentialsProvider container = ContainerCredentialsProvider.builder().build();
    return () -> credentials(container.resolveCredentials());
  }

  private static Credentials credentials(AwsCredentials found) {
    return found instanceof AwsSessionCredentials session
        ? Credentials.of(session.accessKeyId(), session.secretAccessKey(), session.sessionToken())
        : Credentials.of(found.accessKeyId(), found.secretAccessKey());
  }

  /**
   * Calls an operation, which may take effect more than once.
   *
   * @param input as the service's API reference has it
   * @return its output, likewise
   * @throws AwsRefused if the service refuses it, or fails each time
   * @throws UncheckedIOException if no answer comes; then it may have taken effect
   */
  public Map<String, Object> call(String operation, Map<String, Object> input) {
    byte[] body = Json.write(input).getBytes(StandardCharsets.UTF_8);
    long end = System.nanoTime() + LONGEST_CALL.toNanos();
    for (int attempt = 1; ; attempt++) {
      try {
        return attempt(operation, body, end, carrier(attempt));
      } catch (AwsRefused refused) {
        long pause = refused.throttled() ? PAUSE_WHEN_THROTTLED_MILLIS : PAUSE_MILLIS;
        if (!refused.passing() || !pauses(attempt, pause, end)) {
          throw refused;
        }
      } catch (UncheckedIOException noAnswer) {
        if (!pauses(attempt, attempt == 1 ? 0 : PAUSE_MILLIS, end)) {
          throw noAnswer;
        }
      }
    }
  }

  /** A connection that was kept may have been closed at the other end, and so may the others. */
  private HttpClient carrier(int attempt) {
    return attempt > 1 && carrier == AwsConnections.KEPT ? AwsConnections.CHECKED : carrier;
  }

  private Map<String, Object> attempt(
      String operation, byte[] body, long end, HttpClient connections) {
    long left = Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()));
    Response response;
    try {
      response =
          Client.service(api.service)
              .region(region)
              .credentials(credentials.get())
              .baseUrlFactory((service, regionName) -> address)
              .httpClient(connections)
              .retryMaxAttempts(1)
              .connectTimeout(Math.min(left, CONNECT.toMillis()), TimeUnit.MILLISECONDS)
              .readTimeout(left, TimeUnit.MILLISECONDS)
              .build()
              .path()
              .method(HttpMethod.POST)
              .header("x-amz-target", api.target + "." + operation)
              .header("content-type", "application/x-amz-json-" + api.version)
              .requestBody(body)
              .response();
    } catch (MaxAttemptsExceededException | UncheckedIOException failed) {
      throw new UncheckedIOException(
          api.service + " does not answer " + operation, new IOException(failed));
    }
    Map<String, Object> answer = read(operation, response);
    if (!response.isOk()) {
      throw new AwsRefused(api.service, operation, response.statusCode(), answer);
    }
    return answer;
  }

  /** What an answer says; of an error that no JSON comes with, nothing. */
  private Map<String, Object> read(String operation, Response response) {
    byte[] content = response.content();
    String sum = response.firstHeader("x-amz-crc32").orElse(null);
    if (sum != null && Long.parseLong(sum) != crc32(content)) {
      throw damaged(operation, null);
    }
    try {
      return Json.readObject(content);
    } catch (IllegalArgumentException noJson) {
      if (response.isOk()) {
        throw damaged(operation, noJson);
      }
      return Map.of();
    }
  }

  private UncheckedIOException damaged(String operation, Exception cause) {
    return new UncheckedIOException(
        new IOException(
            "The answer of " + api.service + " to " + operation + " is damaged", cause));
  }

  private static long crc32(byte[] content) {
    CRC32 sum = new CRC32();
    sum.update(content);
    return sum.getValue();
  }

  /** Waits before the next attempt; false if there is none. */
  private static boolean pauses(int attempt, long base, long end) {
    long most = base << (attempt - 1);
    long millis = most == 0 ? 0 : Chance.below(most);
    if (attempt >= TRIES || System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis) >= end) {
      return false;
    }
    try {
      Thread.sleep(millis);
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
