package dev.clockbill.payment;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.invoice.PayLink;
import dev.clockbill.payment.Processor.OpenSession;
import dev.clockbill.payment.Processor.SessionRequest;
import dev.clockbill.payment.ProcessorUnits.Chargeable;
import dev.clockbill.shared.Time;
import dev.clockbill.table.Table;
import dev.clockbill.table.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Opens checkouts: of one invoice one at a time, so that two tabs lead to the same session and
 * cannot both pay. A session that charges another amount than is due now is ended before the next
 * one opens.
 *
 * <p>A session is opened first and kept then, under a key by which the processor gives the same
 * session again: whatever fails in between, nobody was led into a session that is not kept.
 */
final class CheckoutSessions {
  private final Table table;
  private final Processor processor;
  private final String baseUrl;

  /** Opens them at this processor. */
  CheckoutSessions(Table table, Processor processor, String baseUrl) {
    this.table = table;
    this.processor = processor;
    this.baseUrl = baseUrl;
  }

  /**
   * Where a customer pays what is due.
   *
   * @param invoice payable, as it was read
   * @param opened how many were
   * @return nothing if a session that charges another amount has ended, perhaps by payment
   * @throws dev.clockbill.table.ConditionFailed if the invoice has changed meanwhile
   * @throws Processor.ProcessorFailed if the processor does not open one
   */
  Optional<String> url(FirmSettings firm, Invoice invoice, long opened, Chargeable charge) {
    String current = invoice.links().checkout();
    Optional<Checkout> before =
        current == null
            ? Optional.empty()
            : table.get(firm.firmId(), Checkout.key(current)).map(Checkout::of);
    if (before.isPresent() && before.get().serves(invoice.amountDue(), Time.now())) {
      return before.map(Checkout::url);
    }
    Optional<Checkout> inTheWay = before.filter(checkout -> checkout.open(Time.now()));
    if (inTheWay.isPresent()
        && !processor.expire(inTheWay.get().account(), inTheWay.get().sessionId())) {
      return Optional.empty();
    }
    OpenSession session = processor.open(request(firm, invoice, opened, charge));
    Checkout checkout = checkout(firm, invoice, session);
    List<Write> writes = new ArrayList<>();
    writes.add(
        Write.update(firm.firmId(), InvoiceItem.key(invoice.invoiceId()))
            .set("checkout", session.sessionId())
            .set("checkouts", opened + 1)
            .ifEquals("version", invoice.version())
            .ifEquals("checkout", current));
    writes.add(checkout.kept(firm.firmId()));
    inTheWay.ifPresent(
        old ->
            writes.add(
                Checkout.moved(firm.firmId(), old.sessionId(), Checkout.EXPIRED)
                    .ifOneOf("state", List.of(Checkout.OPEN, Checkout.EXPIRED))));
    table.write(writes);
    return Optional.of(checkout.url());
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
        Checkout.OPEN,
        session.url(),
        session.expiresAt());
  }
}
