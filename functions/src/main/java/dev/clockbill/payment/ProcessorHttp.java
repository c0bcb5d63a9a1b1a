package dev.clockbill.payment;

import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.StripeException;
import com.stripe.net.HttpClient;
import com.stripe.net.HttpHeaders;
import com.stripe.net.StripeRequest;
import com.stripe.net.StripeResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Carries calls to the processor. Each names the function that makes it at the end of its {@code
 * User-Agent}, where the processor's dashboard shows applications; the library's own setting for
 * that is one for the whole process.
 */
final class ProcessorHttp extends HttpClient {
  private static final Duration CONNECT = Duration.ofSeconds(2);

  private final String application;
  private final java.net.http.HttpClient client =
      java.net.http.HttpClient.newBuilder()
          .version(java.net.http.HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .build();

  /**
   * Calls in a function's name.
   *
   * @param application the function's name
   */
  ProcessorHttp(String application) {
    this.application = application;
  }

  @Override
  public StripeResponse request(StripeRequest request) throws StripeException {
    try {
      HttpResponse<String> answer = client.send(built(request), BodyHandlers.ofString());
      return new StripeResponse(
          answer.statusCode(), HttpHeaders.of(answer.headers().map()), answer.body());
    } catch (IOException failed) {
      throw new ApiConnectionException(
          "the processor could not be reached: " + failed.getMessage(), failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new ApiConnectionException("interrupted while calling the processor", interrupted);
    }
  }

  private HttpRequest built(StripeRequest request) {
    HttpRequest.Builder call =
        HttpRequest.newBuilder(URI.create(request.url().toString()))
            .timeout(Duration.ofMillis(request.options().getReadTimeout()));
    request
        .headers()
        .map()
        .forEach((name, values) -> values.forEach(value -> call.setHeader(name, value)));
    call.setHeader("User-Agent", buildUserAgentString(request) + " " + application);
    call.setHeader("X-Stripe-Client-User-Agent", buildXStripeClientUserAgentString());
    if (request.content() == null) {
      return call.method(request.method().name(), BodyPublishers.noBody()).build();
    }
    return call.setHeader("Content-Type", request.content().contentType())
        .method(
            request.method().name(),
            BodyPublishers.ofByteArray(request.content().byteArrayContent()))
        .build();
  }
}
