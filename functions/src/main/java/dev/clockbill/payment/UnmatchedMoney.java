package dev.clockbill.payment;

import dev.clockbill.firm.FirmItem;
import dev.clockbill.invoice.HistoryEvent;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceChange;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.invoice.mail.FirmNotice;
import dev.clockbill.invoice.mail.InvoiceNotice;
import dev.clockbill.invoice.mail.OwnerNotices;
import dev.clockbill.shared.LocalTexts;
import dev.clockbill.shared.Log;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Money that arrived at the processor and fits nothing that we asked for. It is kept and listed,
 * the invoice that it names is marked, and the owner is told, once each. It leaves the list when it
 * is booked after all, when all of it was given back at the processor, or when an owner says that
 * it is settled.
 */
final class UnmatchedMoney {

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

    String word() {
      return word;
    }

    /** A sentence, for people. */
    String text() {
      return text;
    }

    static Reason of(String word) {
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
   * Keeps what an event reports, if money has arrived.
   *
   * @param firm the firm of the account that it came by; only where the metadata name it too, their
   *     invoice counts, the first of several
   * @throws dev.clockbill.table.ConditionFailed if something was told of it at the same time
   */
  void keep(String firm, CheckoutEvent event, Reason reason) {
    if (event.state() != Checkout.State.PAID || !readable(event)) {
      Log.info("event does not fit its checkout: nothing booked", "eventId", event.eventId());
      return;
    }
    String key = UnmatchedItem.key(event.paymentId());
    String chargeKey = ChargeItem.key(event.paymentId());
    Map<String, Item> stored = table.get(firm, List.of(FirmItem.KEY, key, chargeKey));
    if (!stored.containsKey(FirmItem.KEY) || stored.containsKey(key)) {
      return;
    }
    Optional<Invoice> invoice =
        firm.equals(event.firm())
            ? table.get(firm, InvoiceItem.key(event.invoiceIds().getFirst())).map(InvoiceItem::of)
            : Optional.empty();
    ChargeLedger charge =
        ChargeItem.of(event.paymentId(), Optional.ofNullable(stored.get(chargeKey)));
    UnitOfWork work = table.begin(firm);
    // What is told of the charge at the same time has to see this, or this that.
    work.add(ChargeItem.kept(firm, charge));
    if (UnmatchedItem.allWentBack(event, charge)) {
      work.add(UnmatchedItem.keptGivenBack(firm, event, reason, invoice));
    } else {
      list(work, event, reason, invoice, FirmItem.of(stored.get(FirmItem.KEY)).texts());
    }
    work.commit();
    Log.info("unmatched money kept", "firmId", firm, "eventId", event.eventId());
  }

  private void list(
      UnitOfWork work,
      CheckoutEvent event,
      Reason reason,
      Optional<Invoice> invoice,
      LocalTexts texts) {
    work.add(UnmatchedItem.kept(work.firm(), event, reason, invoice));
    String amount = UnmatchedItem.amount(event, texts);
    tell(
        work,
        invoice.map(named -> marking(work, named, event.paymentId(), true)),
        amount,
        amount + " arrived that does not fit the invoice");
  }

  /** Tells the owner of money that is listed, and notes it on the invoice that it names. */
  private void tell(
      UnitOfWork work, Optional<InvoiceChange> invoice, String amount, String history) {
    invoice.ifPresentOrElse(
        change ->
            notices.add(
                change.history(HistoryEvent.CLOCKBILL, history),
                InvoiceNotice.MONEY_UNMATCHED,
                amount),
        () -> work.add(FirmNotice.MONEY_UNMATCHED.queued(work.firm(), amount)));
  }

  /**
   * Follows what is told of a charge that is of no invoice of ours: unmatched money that was all
   * given back leaves the list, and is listed again if that fails.
   *
   * @param charge as it is now
   */
  void follow(UnitOfWork work, ChargeLedger charge) {
    Optional<Item> stored = table.get(work.firm(), UnmatchedItem.key(charge.paymentId()));
    if (stored.isEmpty()) {
      return;
    }
    Item item = stored.get();
    boolean back = UnmatchedItem.allWentBack(item, charge);
    if (back && UnmatchedItem.open(item)) {
      work.add(UnmatchedItem.settled(item, UnmatchedItem.Settled.GIVEN_BACK));
      marking(table, work, item, false)
          .ifPresent(
              change ->
                  change.history(
                      HistoryEvent.CLOCKBILL,
                      amount(item) + ", which did not match the invoice, was returned"));
    } else if (!back && UnmatchedItem.givenBack(item)) {
      work.add(UnmatchedItem.listedAgain(item));
      String amount = amount(item);
      String history = amount + ", which does not fit the invoice, was not given back after all";
      tell(work, marking(table, work, item, true), amount, history);
    }
  }

  private String amount(Item item) {
    return UnmatchedItem.amount(item, FirmItem.texts(table, item.firm()));
  }

  /** Begins to mark the invoice that unmatched money names, if there is one. */
  static Optional<InvoiceChange> marking(
      Table table, UnitOfWork work, Item unmatched, boolean now) {
    return Optional.ofNullable(unmatched.text("invoiceId"))
        .flatMap(invoiceId -> table.get(work.firm(), InvoiceItem.key(invoiceId)))
        .map(InvoiceItem::of)
        .map(invoice -> marking(work, invoice, unmatched.text("paymentId"), now));
  }

  private static InvoiceChange marking(
      UnitOfWork work, Invoice invoice, String paymentId, boolean now) {
    return InvoiceChange.of(work, invoice).marks(invoice.marks().unmatched(paymentId, now));
  }

  /** Whether it has an amount of a currency that can be written down. */
  private static boolean readable(CheckoutEvent event) {
    return event.amount() >= 0
        && event.currency() != null
        && Currency.getAvailableCurrencies().stream()
            .anyMatch(known -> known.getCurrencyCode().equalsIgnoreCase(event.currency()));
  }
}
