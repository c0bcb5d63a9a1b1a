package dev.clockbill.invoice;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.payment.StaleCheckouts;
import dev.clockbill.shared.Due;
import dev.clockbill.shared.Ledger;
import dev.clockbill.shared.Problem;
import dev.clockbill.shared.Time;
import dev.clockbill.shared.Write;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives invoices up, for good or with a new draft in their place. The number of one that has one
 * stays; what waits for it ends, and nobody can pay it any more.
 */
final class Voiding {
  private final Ledger ledger;
  private final InvoiceWorkflow workflow;
  private final StaleCheckouts checkouts;

  Voiding(Ledger ledger, InvoiceWorkflow workflow, StaleCheckouts checkouts) {
    this.ledger = ledger;
    this.workflow = workflow;
    this.checkouts = checkouts;
  }

  /**
   * Makes an invoice void, unless it is. Its time is unbilled again and waits for a person.
   *
   * @param reason kept in the history; or null
   * @throws Problem 409 with the word of the refusal; then nothing changes
   */
  void giveUp(String firm, InvoiceStore.Whole whole, String who, String reason) {
    Invoice invoice = whole.invoice();
    if (!Rulings.in(invoice.state()).giveUp().allows()) {
      return;
    }
    mustNotBeUnderWay(whole);
    List<Write> writes =
        new ArrayList<>(voided(firm, invoice, InvoiceStore.changed(firm, invoice)));
    invoice
        .timeEntryIds()
        .forEach(id -> writes.add(TimeOnInvoice.freed(firm, id, invoice.invoiceId())));
    String what = reason == null ? "Voided" : "Voided: " + reason;
    writes.add(Happening.now(firm, invoice.invoiceId(), who, what));
    ledger.write(writes);
    ended(firm, invoice);
  }

  /**
   * Prepares a draft with the lines of an invoice, which becomes void; its time goes over to the
   * draft. Customer and taxes are those of now.
   *
   * @throws Problem 409 with the word of the refusal
   */
  Editing.Made revised(FirmSettings firm, InvoiceStore.Whole whole, String who) {
    String firmId = firm.firmId();
    Invoice invoice = whole.invoice();
    Rulings.in(invoice.state()).revise().allows();
    mustNotBeUnderWay(whole);
    Invoice draft =
        Drafts.opened(
                firm,
                new InvoiceStore(ledger).customerNow(firmId, invoice),
                invoice.currency(),
                invoice.lines(),
                null,
                new Invoice.Links(invoice.invoiceId(), null, null))
            .edited(invoice.lines(), invoice.discount(), null, invoice.note());
    Write change = InvoiceStore.changed(firmId, invoice).set("revisedBy", draft.invoiceId());
    List<Write> writes = new ArrayList<>(voided(firmId, invoice, change));
    writes.add(InvoiceStore.made(firmId, draft, Time.now().plus(Due.PATIENCE)));
    for (String id : invoice.timeEntryIds()) {
      writes.add(TimeOnInvoice.revised(firmId, id, invoice.invoiceId(), draft.invoiceId()));
    }
    writes.add(Happening.now(firmId, invoice.invoiceId(), who, "Voided, and revised by a draft"));
    Happening made = Happening.now(who, "Draft made to revise invoice " + invoice.number());
    writes.add(made.on(firmId, draft.invoiceId()));
    return new Editing.Made(new InvoiceStore.Whole(draft, List.of(), List.of(made)), writes);
  }

  /**
   * Ends what waits for an invoice that became void, and its checkout. What fails is only logged,
   * since the schedule pushes it.
   *
   * @param invoice as it was read before
   */
  void ended(String firm, Invoice invoice) {
    workflow.tryToPush(firm, invoice.invoiceId());
    checkouts.tryToEnd(firm, invoice);
  }

  private List<Write> voided(String firm, Invoice invoice, Write change) {
    InvoiceStore.state(change, firm, InvoiceState.VOID);
    Due.at(change, Due.Queue.PUSHES, invoice.invoiceId(), Time.now().plus(Due.PATIENCE));
    List<Write> writes = new ArrayList<>(List.of(change));
    checkouts.ended(firm, invoice, change).ifPresent(writes::add);
    if (!invoice.state().frozen()) {
      OpenDraft.closed(ledger, firm, invoice).ifPresent(writes::add);
    }
    return writes;
  }

  private static void mustNotBeUnderWay(InvoiceStore.Whole whole) {
    if (whole.payments().stream().anyMatch(Payment::underWay)) {
      throw Problem.of(
          409,
          "payment-processing",
          "A payment of this invoice is under way. Wait until it has arrived or failed.");
    }
  }
}
