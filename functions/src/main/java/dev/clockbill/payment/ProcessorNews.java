package dev.clockbill.payment;

import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Log;
import dev.clockbill.shared.Secret;
import dev.clockbill.table.Table;
import java.util.Map;

/**
 * Takes what the processor tells, whether it called back or was asked: both are booked by the same
 * code, so that it does not matter which comes first, or whether both do.
 */
final class ProcessorNews {
  private final ProcessorMode mode;
  private final PaymentBooking booking;
  private final ProcessorAccounts accounts;

  ProcessorNews(Table table, Environment environment) {
    this(table, environment, new Secret(environment, "PROCESSOR_KEY_PARAMETER"));
  }

  /** The same for whoever reads the key at the processor together with other secrets. */
  ProcessorNews(Table table, Environment environment, Secret key) {
    this.mode = new ProcessorMode(key);
    this.booking = new PaymentBooking(table, new LedgerChange(table, environment));
    this.accounts = new ProcessorAccounts(table);
  }

  /**
   * Takes an event; one of the other mode, and one about anything else, changes nothing.
   *
   * @param event JSON, as the processor has it
   */
  PaymentBooking.Result take(Map<String, Object> event) {
    if (!mode.isOurs(ProcessorEvent.live(event))) {
      Log.info("event of the other mode: nothing done");
      return PaymentBooking.Result.HANDLED;
    }
    return ProcessorEvent.of(event).map(this::handled).orElse(PaymentBooking.Result.HANDLED);
  }

  /** Takes it that nobody tells any more how the payment in a checkout ended. */
  void neverTold(String firm, Checkout checkout) {
    booking.neverTold(firm, checkout);
  }

  private PaymentBooking.Result handled(ProcessorEvent event) {
    return switch (event) {
      case CheckoutEvent checkout -> booking.book(checkout);
      case ChargeEvent charge -> {
        booking.book(charge);
        yield PaymentBooking.Result.HANDLED;
      }
      case AccountEvent account -> {
        accounts
            .firmOf(account.accountId())
            .ifPresent(
                firm ->
                    accounts.changed(
                        firm, account.accountId(), account.chargesEnabled(), account.at()));
        yield PaymentBooking.Result.HANDLED;
      }
      case AccountGone gone -> {
        accounts.disconnected(gone.accountId(), gone.at());
        yield PaymentBooking.Result.HANDLED;
      }
    };
  }
}
