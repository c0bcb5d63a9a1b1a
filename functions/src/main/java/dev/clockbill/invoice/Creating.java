package dev.clockbill.invoice;

import dev.clockbill.shared.Again;
import dev.clockbill.shared.Request;
import dev.clockbill.shared.Requests;
import dev.clockbill.shared.Response;
import java.util.function.Supplier;

/**
 * Creates what a request asks for: once for each {@code Idempotency-Key}, and again if overtaken.
 */
final class Creating {
  private static final int TRIES = 5;

  private final Requests requests;

  Creating(Requests requests) {
    this.requests = requests;
  }

  /** Creates it, unless the request came before, and answers. */
  Response once(Request request, Supplier<Requests.Creation> create) {
    return Again.ifOvertaken(TRIES, () -> requests.create(request, create, overtaken -> overtaken));
  }
}
