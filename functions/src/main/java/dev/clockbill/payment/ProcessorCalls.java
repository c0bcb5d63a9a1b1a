package dev.clockbill.payment;

import com.stripe.Stripe;
import com.stripe.StripeClient;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.StripeException;
import com.stripe.net.RequestOptions;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Secret;
import dev.clockbill.shared.TimeLeft;
import java.net.URI;
import java.time.Duration;

/**
 * Sends requests to Stripe: as long as time is left, again where that may help, and with the key as
 * it is now if it was rotated.
 */
final class ProcessorCalls {
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration ANSWER = Duration.ofSeconds(5);

  /** With less than this an answer cannot be expected. */
  private static final Duration LEAST = Duration.ofMillis(500);

  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final int TRIES = 3;

  private final Secret key;
  private final String apiBase;
  private Keyed client;

  /** One request. */
  @FunctionalInterface
  interface Call<T> {
    T send(StripeClient client, RequestOptions options) throws StripeException;
  }

  /** A client and its key. */
  private record Keyed(String key, StripeClient client) {}

  ProcessorCalls(Environment environment) {
    this.key = new Secret(environment, "PROCESSOR_KEY_PARAMETER");
    this.apiBase = environment.optional("PROCESSOR_API_BASE").orElse(null);
    environment.optional("AWS_LAMBDA_FUNCTION_NAME").ifPresent(Stripe::setAppInfo);
  }

  /** Where the processor's stand-in is; null for Stripe itself. */
  URI standIn() {
    return apiBase == null ? null : URI.create(apiBase);
  }

  /**
   * Sends a request.
   *
   * @param account the connected account on whose behalf; null for our own
   * @param idempotencyKey null where doing it twice does no harm
   * @throws ProcessorFailed if it was not done, or may not have been; at once where {@link Silence}
   *     says that there will be no answer
   */
  <T> T send(String account, String idempotencyKey, Call<T> call) {
    Silence.check(account);
    boolean renewed = false;
    for (int attempt = 1; ; attempt++) {
      Keyed now = client();
      try {
        return call.send(now.client(), options(account, idempotencyKey));
      } catch (AuthenticationException refused) {
        if (renewed || key.renewed().equals(now.key())) {
          throw new ProcessorFailed(refused);
        }
        renewed = true;
      } catch (StripeException failed) {
        ProcessorFailed meaning = new ProcessorFailed(failed);
        if (!meaning.mayPass()) {
          throw meaning;
        }
        if (attempt >= TRIES || !paused(PAUSE.multipliedBy(attempt))) {
          Silence.note(account);
          throw meaning;
        }
      }
    }
  }

  /** Waits a moment, if there is time for that and for another request. */
  private static boolean paused(Duration pause) {
    if (TimeLeft.now().compareTo(pause.plus(LEAST)) < 0) {
      return false;
    }
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static RequestOptions options(String account, String idempotencyKey) {
    Duration left = TimeLeft.now();
    if (left.compareTo(LEAST) < 0) {
      throw ProcessorFailed.noTimeLeft();
    }
    Duration connect = shorter(CONNECT, left.dividedBy(3));
    return RequestOptions.builder()
        .setStripeAccount(account)
        .setIdempotencyKey(idempotencyKey)
        .setConnectTimeout((int) connect.toMillis())
        .setReadTimeout((int) shorter(ANSWER, left.minus(connect)).toMillis())
        .setMaxNetworkRetries(0)
        .build();
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private synchronized Keyed client() {
    String value = key.value();
    if (client == null || !client.key().equals(value)) {
      StripeClient.StripeClientBuilder builder = StripeClient.builder().setApiKey(value);
      if (apiBase != null) {
        builder.setApiBase(apiBase);
      }
      client = new Keyed(value, builder.build());
    }
    return client;
  }
}
