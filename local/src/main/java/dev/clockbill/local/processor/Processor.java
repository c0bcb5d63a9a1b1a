package dev.clockbill.local.processor;

import dev.clockbill.local.aws.Faults;
import dev.clockbill.local.http.Router;
import dev.clockbill.local.storage.DataFile;
import dev.clockbill.local.time.StackClock;

/**
 * The stand-in for Stripe: its API below {@code /_processor/v1}, its pages for people, controls for
 * tests, and signed webhook events.
 *
 * <p>Clients use {@code {base}/_processor} as API base. Everything is kept between runs. Faults of
 * the service {@code processor} use the operation names in {@code StripeApi}; the key identifies
 * the calling function, see {@link ProcessorSettings#key}.
 */
public final class Processor implements AutoCloseable {
  private final Webhook webhook;
  private final Callbacks callbacks;
  private final Checkouts checkouts;
  private final StripeApi api;
  private final ProcessorPages pages;
  private final ProcessorControls controls;

  /** Creates a processor; it sends nothing before {@link #begin}. */
  public Processor(ProcessorSettings settings, DataFile data, StackClock clock, Faults faults) {
    this.webhook = new Webhook(settings.webhook(), settings.webhookSecret());
    this.callbacks = new Callbacks(data, webhook, settings.live(), clock);
    StripeObjects objects = new StripeObjects(data.store("processor-objects"));
    Accounts accounts = new Accounts(settings, objects, callbacks, clock);
    Payments payments = new Payments(objects, callbacks, clock);
    Refunds refunds = new Refunds(objects, payments);
    Disputes disputes = new Disputes(objects, payments);
    this.checkouts = new Checkouts(settings, objects, accounts, payments, callbacks, clock);
    this.api =
        new StripeApi(
            settings,
            objects,
            accounts,
            checkouts,
            refunds,
            disputes,
            callbacks,
            faults,
            data.store("processor-requests"),
            clock);
    this.pages = new ProcessorPages(objects, accounts, callbacks);
    this.controls =
        new ProcessorControls(
            objects, accounts, checkouts, payments, refunds, disputes, callbacks, clock, pages);
  }

  /** Continues with open checkouts and undelivered events of an earlier run. */
  public void begin() {
    checkouts.begin();
    callbacks.begin();
  }

  /** Stripe's API; unsupported requests are refused by name. */
  public Router api() {
    Router router = api.router();
    for (String method : new String[] {"GET", "POST", "DELETE"}) {
      String deeper = StripeApi.PREFIX;
      for (int depth = 1; depth <= 4; depth++) {
        deeper = deeper + "/{" + depth + "}";
        router.on(method, deeper, (request, path) -> api.unknown(request));
      }
    }
    return router;
  }

  /** Controls for tests, and the checkout page, below {@code /_processor}. */
  public Router controls() {
    return controls.router();
  }

  /** The pages where accounts are set up. */
  public Router pages() {
    return pages.router();
  }

  @Override
  public void close() {
    webhook.close();
  }
}
