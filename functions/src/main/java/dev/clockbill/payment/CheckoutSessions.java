package dev.clockbill.payment;

import static java.util.stream.Collectors.joining;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.payment.Checkout.Share;
import dev.clockbill.payment.Processor.OpenSession;
import dev.clockbill.payment.Processor.SessionLine;
import dev.clockbill.payment.Processor.SessionRequest;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Log;
import dev.clockbill.shared.Sha256;
import dev.clockbill.shared.Time;
import dev.clockbill.table.ConditionFailed;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import dev.clockbill.table.Write;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Opens checkouts: one at a time for an invoice, so that two tabs lead to the same session and
 * cannot both pay, whether they pay it alone or with others. Before a customer is sent to pay
 * again, the processor is asked about the last checkout of each invoice: its callback may have been
 * lost, and nobody is to pay twice because of that. A checkout for anything else than what is
 * wanted now is ended before the next one opens.
 *
 * <p>The session is first opened at the processor, with a key for which the processor always gives
 * the same session, and then recorded. So nobody is sent to a session that is not recorded,
 * whatever fails in between.
 */
public final class CheckoutSessions {
  /**
   * The most invoices of one checkout, so that everything that is told of its charge fits into a
   * transaction of 100 writes. An invoice takes ten where a refund and a dispute were told before
   * the payment: itself, three rows, three entries of its history, two notices to the owner and the
   * mail of the refund. Beside them are four of the charge: the event, the checkout, the charge
   * itself, and money that was unmatched before.
   */
  public static final int MOST_INVOICES = 8;

  private final Table table;
  private final Processor processor;
  private final AskedCheckouts asked;

  /** Opens them at this processor, and takes what it tells of earlier ones. */
  public CheckoutSessions(Table table, Environment environment, Processor processor) {
    this.table = table;
    this.processor = processor;
    this.asked = new AskedCheckouts(table, processor, new ProcessorNews(table, environment));
  }

  /**
   * An invoice to be paid: all that is due of it.
   *
   * @param opened how many checkouts were opened for it
   */
  public record Bill(Invoice invoice, long opened) {
    /** As its item has it. */
    public static Bill of(Item item) {
      return new Bill(InvoiceItem.of(item), item.number("checkouts", 0));
    }
  }

  /**
   * What a customer wants to pay at once.
   *
   * @param bills at most {@value #MOST_INVOICES}, of one currency, all of which can be paid
   * @param returnTo our page, where the customer comes back to
   */
  public record Wanted(List<Bill> bills, String returnTo) {
    private List<Share> shares() {
      return bills.stream().map(Bill::invoice).map(Share::of).toList();
    }

    private String currency() {
      return bills.getFirst().invoice().currency();
    }

    private String logged() {
      return bills.stream().map(bill -> bill.invoice().invoiceId()).collect(joining(","));
    }
  }

  /** What became of a customer's wish to pay. */
  public sealed interface Opening {}

  /** The customer pays there. */
  public record At(String url) implements Opening {}

  /** The last checkout has ended otherwise than was recorded; what it did is booked now. */
  public record Ended() implements Opening {}

  /**
   * Opens a checkout for what is due, or finds the one that is open.
   *
   * @throws ConditionFailed if an invoice has changed since it was read
   * @throws ProcessorFailed if the processor does not open one; an account that is lost is the
   *     firm's own, as it was read
   */
  public Opening open(FirmSettings firm, Wanted wanted) {
    List<Checkout> last = open(firm.firmId(), wanted);
    for (Checkout open : last) {
      Optional<Opening> known = known(firm, wanted, open);
      if (known.isPresent()) {
        return known.get();
      }
    }
    OpenSession session = opened(firm, wanted);
    Checkout checkout =
        new Checkout(
            session.sessionId(),
            wanted.shares(),
            firm.payments().accountId(),
            Checkout.State.OPEN,
            session.url(),
            session.expiresAt());
    record(firm.firmId(), wanted, checkout, last);
    return new At(checkout.url());
  }

  /** The last checkouts of the invoices that are recorded as open, each once. */
  private List<Checkout> open(String firm, Wanted wanted) {
    List<String> keys =
        wanted.bills().stream()
            .map(bill -> bill.invoice().links().checkout())
            .filter(Objects::nonNull)
            .distinct()
            .map(CheckoutItem::key)
            .toList();
    return table.get(firm, keys).values().stream()
        .map(CheckoutItem::of)
        .filter(checkout -> checkout.state() == Checkout.State.OPEN)
        .toList();
  }

  /**
   * What a checkout that is recorded as open leads to; empty if another one may be opened. One in
   * an account that the firm has no more is over as far as we can know, which says nothing about
   * the account that the firm has now.
   */
  private Optional<Opening> known(FirmSettings firm, Wanted wanted, Checkout open) {
    try {
      boolean good = open.account().equals(firm.payments().accountId());
      if (good && open.charges(wanted.shares(), Time.now())) {
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
      Log.failure(failed, "firmId", firm.firmId(), "invoiceId", open.logged());
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
      Log.failure(failed, "firmId", firm, "invoiceId", open.logged());
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
  private OpenSession opened(FirmSettings firm, Wanted wanted) {
    try {
      return processor.open(request(firm, wanted));
    } catch (ProcessorFailed failed) {
      if (failed.spendsKey()) {
        count(firm.firmId(), wanted.bills().getFirst());
      }
      throw failed;
    }
  }

  /** Counts it for one of the invoices, which is enough: the key is made of all counts. */
  private void count(String firm, Bill bill) {
    long opened = bill.opened();
    String invoiceId = bill.invoice().invoiceId();
    try {
      table.write(
          Write.update(firm, InvoiceItem.key(invoiceId))
              .set("checkouts", opened + 1)
              .ifEquals("checkouts", opened == 0 ? null : opened));
    } catch (ConditionFailed counted) {
      Log.info("checkout counted by another", "firmId", firm, "invoiceId", invoiceId);
    }
  }

  /**
   * Whether a customer who comes back from a checkout has paid in it and that is not known yet: the
   * last one of one of these invoices, of which nothing was told. Once it is known how it ended,
   * there is nothing to wait for, whatever came of it.
   *
   * @param sessionId as the address says; anybody can write one
   */
  public boolean awaitsNews(String firm, List<Invoice> invoices, String sessionId) {
    return invoices.stream().anyMatch(each -> sessionId.equals(each.links().checkout()))
        && table
            .get(firm, CheckoutItem.key(sessionId))
            .map(CheckoutItem::of)
            .filter(checkout -> checkout.open(Time.now()))
            .isPresent();
  }

  private void record(String firm, Wanted wanted, Checkout checkout, List<Checkout> stale) {
    UnitOfWork work = table.begin(firm).add(CheckoutItem.added(firm, checkout));
    for (Bill bill : wanted.bills()) {
      Invoice invoice = bill.invoice();
      work.add(
          Write.update(firm, InvoiceItem.key(invoice.invoiceId()))
              .set("checkout", checkout.sessionId())
              .set("checkouts", bill.opened() + 1)
              .ifEquals("version", invoice.version())
              .ifEquals("checkout", invoice.links().checkout()));
    }
    for (Checkout ended : stale) {
      work.add(
          CheckoutItem.movedFrom(
              firm, ended, Checkout.State.EXPIRED, Checkout.State.OPEN, Checkout.State.EXPIRED));
    }
    work.commit();
  }

  private SessionRequest request(FirmSettings firm, Wanted wanted) {
    String currency = wanted.currency();
    List<Invoice> invoices = wanted.bills().stream().map(Bill::invoice).toList();
    List<SessionLine> lines =
        invoices.stream()
            .map(invoice -> new SessionLine("Invoice " + invoice.number(), units(invoice)))
            .toList();
    return new SessionRequest(
        firm.payments().accountId(),
        currency.toLowerCase(Locale.ROOT),
        lines,
        lines.stream().map(SessionLine::name).collect(joining(", ")),
        invoices.getFirst().customer().email(),
        wanted.returnTo(),
        Map.of(
            "firmId",
            firm.firmId(),
            CheckoutEvent.INVOICES,
            wanted.logged(),
            "version",
            invoices.stream()
                .map(invoice -> Long.toString(invoice.version()))
                .collect(joining(","))),
        key(wanted));
  }

  /**
   * The idempotency key of a session. It is a digest, since a key has at most 255 characters
   * (Stripe's API reference, "Idempotent requests"), of all that the request is made of.
   */
  private static String key(Wanted wanted) {
    return "checkout-"
        + Sha256.hex(
            Stream.concat(
                    Stream.of(wanted.returnTo()),
                    wanted.bills().stream()
                        .map(
                            bill ->
                                String.join(
                                    "-",
                                    bill.invoice().invoiceId(),
                                    Long.toString(bill.invoice().version()),
                                    Long.toString(units(bill.invoice())),
                                    Long.toString(bill.opened() + 1))))
                .collect(joining(" ")));
  }

  private static long units(Invoice invoice) {
    return ProcessorUnits.exactly(invoice.amountDue(), invoice.currency()).orElseThrow();
  }
}
