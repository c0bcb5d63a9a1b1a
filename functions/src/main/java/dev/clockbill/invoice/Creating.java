package dev.clockbill.invoice;

import dev.clockbill.shared.Again;
import dev.clockbill.shared.Request;
import dev.clockbill.shared.Requests;
import dev.clockbill.shared.Response;
import dev.clockbill.shared.Write;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
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

  /**
   * What is created.
   *
   * @param writes its transaction
   * @param response the answer once it is written
   * @param then what is to be done by whoever wrote it
   */
  record Creation(List<Write> writes, Response response, Runnable then) {}

  /** Creates it, unless the request came before, and answers. */
  Response once(Request request, Supplier<Creation> create) {
    return Again.ifOvertaken(
        TRIES,
        () -> {
          AtomicReference<Runnable> then = new AtomicReference<>(() -> {});
          Response response =
              requests.create(
                  request,
                  () -> {
                    Creation creation = create.get();
                    then.set(creation.then());
                    return new Requests.Creation(creation.writes(), creation.response());
                  },
                  overtaken -> overtaken);
          then.get().run();
          return response;
        });
  }
}
