package dev.clockbill.payment;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.invoice.PayLink;
import dev.clockbill.payment.Processor.OpenSession;
import dev.clockbill.payment.Processor.SessionRequest;
import dev.clockbill.payment.ProcessorUnits.Chargeable;
import dev.clockbill.shared.Log;
import dev.clockbill.shared.Time;
import dev.clockbill.table.ConditionFailed;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import dev.clockbill.table.Write;
import java.util.Map;
import java.util.Optional;

/**
 * Opens checkouts: one at a time for an invoice, so that two tabs lead to the same session and
 * cannot both pay. Before a customer is sent to pay again, the processor is asked about the last
 * checkout: its callback may have been lost, and nobody is to pay twice because of that. A checkout
 * for another amount than the one due now is ended before the next one opens.
 *
 * <p>The session is first opened at the processor, with a key for which the processor always gives
 * the same session, and then recorded. So nobody is sent to a session that is not recorded,
 * whatever fails in between.
 */
final class CheckoutSessions {
  private final Table table;
  private final Processor processor;
  private final AskedCheckouts asked;
  private final String baseUrl;

  /** Opens them at this processor, and takes what it tells of earlier ones. */
  CheckoutSessions(Table table, Processor processor, AskedCheckouts asked, String baseUrl) {
    this.table = table;
    this.processor = processor;
    this.asked = asked;
    this.baseUrl = baseUrl;
  }

  /** What became of a customer's wish to pay. */
  sealed interface Opening {}

  /** The customer pays there. */
  record At(String url) implements Opening {}

  /** The last checkout has ended otherwise than was recorded; what it did is booked now. */
  record Ended() implements Opening {}

  /**
   * Opens a checkout for what is due, or finds the one that is open.
   *
   * @param invoice one that can be paid
   * @param opened how many checkouts were opened for it
   * @throws dev.clockbill.table.ConditionFailed if the invoice has changed since it was read
   * @throws ProcessorFailed if the processor does not open one; an account that is lost is the
   *     firm's own, as it was read
   */
  Opening open(FirmSettings firm, Invoice invoice, long opened, Chargeable charge) {
    Optional<Checkout> last =
        last(firm.firmId(), invoice).filter(checkout -> checkout.state() == Checkout.State.OPEN);
    Optional<Opening> known = last.flatMap(open -> known(firm, invoice, open));
    if (known.isPresent()) {
      return known.get();
    }
    OpenSession session = opened(firm, invoice, opened, charge);
    Checkout checkout = checkout(firm, invoice, session);
    record(firm.firmId(), invoice, opened, checkout, last);
    return new At(checkout.url());
  }

  /**
   * What the checkout that is recorded as open leads to; empty if another one may be opened. One in
   * an account that the firm has no more is over as far as we can know, which says nothing about
   * the account that the firm has now.
   */
  private Optional<Opening> known(FirmSettings firm, Invoice invoice, Checkout open) {
    try {
      boolean good = open.account().equals(firm.payments().accountId());
      if (good && open.charges(invoice.amountDue(), Time.now())) {
        return Optional.of(again(firm.firmId(), open));
      }
      SessionReport ended = processor.end(open.account(), open.sessionId());
      if (ended.expired()) {
        return Optional.empty();
      }
      asked.take(firm.firmId(), open, ended);
      return Optional.of(new Ended());
    } catch (ProcessorFailed failed) {
      if (failed.kind() != ProcessorFailed.Kind.ACCOUNT_LOST) {
        throw failed;
      }
      Log.failure(failed, "firmId", firm.firmId(), "invoiceId", open.invoiceId());
      return Optional.empty();
    }
  }

  /**
   * Sends the customer to the checkout that is recorded as open, unless it has ended. Without an
   * answer the customer is sent there as well: nobody can pay in it twice.
   */
  private Opening again(String firm, Checkout open) {
    SessionReport report;
    try {
      report = processor.session(open.account(), open.sessionId());
    } catch (ProcessorFailed failed) {
      if (failed.refused()) {
        throw failed;
      }
      Log.failure(failed, "firmId", firm, "invoiceId", open.invoiceId());
      return new At(open.url());
    }
    if (report.open()) {
      return new At(open.url());
    }
    asked.take(firm, open, report);
    return new Ended();
  }

  /**
   * Opens the next session. After an answer that would come again under the same key, the attempt
   * counts as a checkout that was opened, so that the next one has another key. Where the outcome
   * is not known the key stays: the next attempt finds what this one may have opened.
   */
  private OpenSession opened(FirmSettings firm, Invoice invoice, long opened, Chargeable charge) {
    try {
      return processor.open(request(firm, invoice, opened, charge));
    } catch (ProcessorFailed failed) {
      if (failed.spendsKey()) {
        count(firm.firmId(), invoice, opened);
      }
      throw failed;
    }
  }

  private void count(String firm, Invoice invoice, long opened) {
    try {
      table.write(
          Write.update(firm, InvoiceItem.key(invoice.invoiceId()))
              .set("checkouts", opened + 1)
              .ifEquals("checkouts", opened == 0 ? null : opened));
    } catch (ConditionFailed counted) {
      Log.info("checkout counted by another", "firmId", firm, "invoiceId", invoice.invoiceId());
    }
  }

  /**
   * Whether a customer who comes back from a checkout has paid in it and that is not known yet: one
   * of this invoice, of which nothing was told. Once it is known how it ended, there is nothing to
   * wait for, whatever came of it.
   *
   * @param sessionId as the address says; anybody can write one
   */
  boolean awaitsNews(String firm, Invoice invoice, String sessionId) {
    return sessionId.equals(invoice.links().checkout())
        && last(firm, invoice).filter(checkout -> checkout.open(Time.now())).isPresent();
  }

  private Optional<Checkout> last(String firm, Invoice invoice) {
    return Optional.ofNullable(invoice.links().checkout())
        .flatMap(sessionId -> table.get(firm, CheckoutItem.key(sessionId)))
        .map(CheckoutItem::of);
  }

  private void record(
      String firm, Invoice invoice, long opened, Checkout checkout, Optional<Checkout> stale) {
    UnitOfWork work =
        table
            .begin(firm)
            .add(
                Write.update(firm, InvoiceItem.key(invoice.invoiceId()))
                    .set("checkout", checkout.sessionId())
                    .set("checkouts", opened + 1)
                    .ifEquals("version", invoice.version())
                    .ifEquals("checkout", invoice.links().checkout()))
            .add(CheckoutItem.added(firm, checkout));
    stale.ifPresent(
        ended ->
            work.add(
                CheckoutItem.movedFrom(
                    firm,
                    ended,
                    Checkout.State.EXPIRED,
                    Checkout.State.OPEN,
                    Checkout.State.EXPIRED)));
    work.commit();
  }

  private SessionRequest request(
      FirmSettings firm, Invoice invoice, long opened, Chargeable charge) {
    return new SessionRequest(
        firm.payments().accountId(),
        charge,
        "Invoice " + invoice.number(),
        invoice.customer().email(),
        PayLink.url(baseUrl, invoice.payToken()),
        Map.of(
            "firmId", firm.firmId(),
            "invoiceId", invoice.invoiceId(),
            "version", Long.toString(invoice.version())),
        String.join(
            "-",
            "checkout",
            invoice.invoiceId(),
            Long.toString(invoice.version()),
            Long.toString(charge.units()),
            Long.toString(opened + 1)));
  }

  private static Checkout checkout(FirmSettings firm, Invoice invoice, OpenSession session) {
    return new Checkout(
        session.sessionId(),
        invoice.invoiceId(),
        invoice.version(),
        invoice.amountDue(),
        firm.payments().accountId(),
        Checkout.State.OPEN,
        session.url(),
        session.expiresAt());
  }
}
