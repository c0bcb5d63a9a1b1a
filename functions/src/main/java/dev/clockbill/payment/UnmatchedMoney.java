package dev.clockbill.payment;

import dev.clockbill.firm.FirmItem;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.invoice.HistoryEvent;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceChange;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.invoice.mail.FirmNotice;
import dev.clockbill.invoice.mail.InvoiceNotice;
import dev.clockbill.invoice.mail.OwnerNotices;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Log;
import dev.clockbill.shared.Money;
import dev.clockbill.shared.Time;
import dev.clockbill.table.Index;
import dev.clockbill.table.IndexQuery;
import dev.clockbill.table.Item;
import dev.clockbill.table.Page;
import dev.clockbill.table.Pointer;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import dev.clockbill.table.Write;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Money that arrived at the processor and fits nothing that we asked for. It is kept and listed,
 * the invoice that it names is marked, and the owner is told, once each.
 */
public final class UnmatchedMoney {

  /** Why money could not be booked. */
  enum Reason {
    /** Another amount than the checkout asked for. */
    OTHER_AMOUNT("otherAmount", "The amount is not the one that was asked for."),
    /** Another currency than the invoice's. */
    OTHER_CURRENCY("otherCurrency", "The currency is not the invoice's."),
    /** Another account than the firm's, or another invoice than the checkout's. */
    OTHER_ACCOUNT("otherAccount", "It came by another account than the invoice was sent from."),
    /** No checkout of ours, or none of an invoice that still exists. */
    UNKNOWN_CHECKOUT("unknownCheckout", "It was paid in a checkout that is not known here.");

    private final String word;
    private final String text;

    Reason(String word, String text) {
      this.word = word;
      this.text = text;
    }

    private static Reason of(String word) {
      return Stream.of(values()).filter(each -> each.word.equals(word)).findFirst().orElseThrow();
    }
  }

  private final Table table;
  private final OwnerNotices notices;

  /** Keeps it in this table, and tells the owner by these notices. */
  UnmatchedMoney(Table table, OwnerNotices notices) {
    this.table = table;
    this.notices = notices;
  }

  /**
   * Keeps what an event reports, if money has arrived. It belongs to the firm of the account that
   * it came by: what the metadata say may have been written by whoever owns the account, so they
   * count only where they name that same firm, or where nobody knows the account.
   */
  void keep(CheckoutEvent event, Reason reason) {
    if (event.state() != Checkout.State.PAID || !readable(event)) {
      Log.info("event does not fit its checkout: nothing booked", "eventId", event.eventId());
      return;
    }
    Optional<String> ofAccount =
        Optional.ofNullable(event.account())
            .flatMap(account -> Pointer.account(account).read(table))
            .map(Pointer.Target::firm);
    String firm = ofAccount.orElse(event.firm());
    if (table.get(firm, FirmItem.KEY).isEmpty()
        || table.get(firm, key(event.paymentId())).isPresent()) {
      return;
    }
    Optional<Invoice> invoice =
        firm.equals(event.firm())
            ? table.get(firm, InvoiceItem.key(event.invoiceId())).map(InvoiceItem::of)
            : Optional.empty();
    UnitOfWork work = table.begin(firm);
    work.add(kept(firm, event, reason, invoice));
    String text = Money.text(amount(event), currency(event));
    invoice.ifPresentOrElse(
        named -> mark(work, named, event.paymentId(), text),
        () -> work.add(FirmNotice.MONEY_UNMATCHED.queued(firm, text)));
    work.commit();
    Log.info("unmatched money kept", "firmId", firm, "eventId", event.eventId());
  }

  /** Whether it has an amount of a currency that can be written down. */
  private static boolean readable(CheckoutEvent event) {
    return event.amount() >= 0
        && event.currency() != null
        && Currency.getAvailableCurrencies().stream()
            .anyMatch(known -> known.getCurrencyCode().equalsIgnoreCase(event.currency()));
  }

  private static String key(String paymentId) {
    return "UNMATCHED#" + paymentId;
  }

  /** Takes a payment off the list that was booked after all. */
  static Write matched(String firm, String paymentId) {
    return Write.delete(firm, key(paymentId));
  }

  /** The partition of a firm's unmatched money, ordered by time. */
  private static String listed(String firm) {
    return firm + "#UNMATCHED";
  }

  private static String currency(CheckoutEvent event) {
    return event.currency().toUpperCase(Locale.ROOT);
  }

  private static long amount(CheckoutEvent event) {
    return ProcessorUnits.minor(event.amount(), currency(event));
  }

  private static Write kept(
      String firm, CheckoutEvent event, Reason reason, Optional<Invoice> invoice) {
    String at = Time.now().toString();
    return Write.put(
            firm,
            key(event.paymentId()),
            Json.object(
                "paymentId",
                event.paymentId(),
                "amount",
                amount(event),
                "currency",
                currency(event),
                "at",
                at,
                "reason",
                reason.word,
                "account",
                event.account(),
                "invoiceId",
                invoice.map(Invoice::invoiceId).orElse(null),
                Index.LISTED.partition(),
                listed(firm),
                Index.LISTED.sort(),
                at + "#" + event.paymentId()))
        .ifAbsent();
  }

  private void mark(UnitOfWork work, Invoice invoice, String paymentId, String amount) {
    InvoiceChange change =
        InvoiceChange.of(work, invoice)
            .marks(invoice.marks().unmatched(paymentId, true))
            .history(HistoryEvent.CLOCKBILL, amount + " arrived that does not fit the invoice");
    notices.add(change, InvoiceNotice.MONEY_UNMATCHED, amount);
  }

  /**
   * Answers {@code GET /payments/unmatched}, newest first.
   *
   * @throws dev.clockbill.http.Problem 400 for a wrong limit or cursor
   */
  public static Response list(Table table, Request request) {
    String firm = request.caller().firm();
    IndexQuery all = IndexQuery.of(Index.LISTED, listed(firm)).reversed();
    Page page = table.page(all, request.limit(), request.query("cursor").orElse(null));
    Map<String, Item> read = table.get(firm, page.items().stream().map(Item::key).toList());
    return Response.json(
        200,
        Json.object(
            "payments",
            page.items().stream()
                .map(item -> read.get(item.key()))
                .filter(Objects::nonNull)
                .map(UnmatchedMoney::shown)
                .toList(),
            "next",
            page.next()));
  }

  private static Map<String, Object> shown(Item item) {
    return Json.object(
        "paymentId", item.text("paymentId"),
        "amount", item.number("amount"),
        "currency", item.text("currency"),
        "at", item.text("at"),
        "reason", Reason.of(item.text("reason")).text,
        "invoiceId", item.text("invoiceId"));
  }
}
