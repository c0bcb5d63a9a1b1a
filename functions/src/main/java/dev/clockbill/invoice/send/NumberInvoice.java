package dev.clockbill.invoice.send;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.firm.FirmItem;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.invoice.HistoryEvent;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceChange;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Ids;
import dev.clockbill.shared.Json;
import dev.clockbill.table.ConditionFailed;
import dev.clockbill.table.Item;
import dev.clockbill.table.Pointer;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import dev.clockbill.table.Write;
import dev.clockbill.workflow.Step;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Workflow: gives an invoice its number, its dates and its pay link. Run again, it changes nothing.
 *
 * <p>The firm's counter moves in the transaction that uses its number, so that numbers have no gap
 * and no duplicate. When many invoices are numbered at once, one that loses the race tries again
 * with the next number, and reads nothing for that.
 */
public final class NumberInvoice implements RequestStreamHandler {
  private static final int TRIES = 200;

  private final Table table;

  /** Wired from the process's environment. */
  public NumberInvoice() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public NumberInvoice(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    this.table = new Table(environment);
  }

  /** Takes {@code {"firmId", "invoiceId"}} and answers nothing. */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Step.take(input, output, this::number);
  }

  private void number(Map<String, Object> payload) {
    String firm = Json.text(payload, "firmId");
    String invoiceId = Json.text(payload, "invoiceId");
    Retry.onConflict(TRIES, () -> number(firm, invoiceId));
  }

  /** Whether it got its number now, and not before. */
  private boolean number(String firm, String invoiceId) {
    String key = InvoiceItem.key(invoiceId);
    Map<String, Item> read = table.get(firm, List.of(FirmItem.KEY, key));
    Optional<Invoice> waiting =
        Optional.ofNullable(read.get(key)).map(InvoiceItem::of).filter(NumberInvoice::waits);
    waiting.ifPresent(invoice -> number(FirmItem.of(read.get(FirmItem.KEY)), invoice));
    return waiting.isPresent();
  }

  private static boolean waits(Invoice invoice) {
    return invoice.state() == InvoiceState.SENDING && invoice.number() == null;
  }

  /** Where another invoice has taken the number, the failure says which is next. */
  private void number(FirmSettings firm, Invoice invoice) {
    InvoiceNumber number = InvoiceNumber.next(table, firm, invoice);
    for (int left = TRIES; ; left--) {
      Optional<Item> moved = take(number, firm, invoice);
      if (moved.isEmpty()) {
        return;
      }
      if (left == 0) {
        throw ConditionFailed.outOfDate();
      }
      number = number.after(moved.get(), firm, invoice);
    }
  }

  /**
   * Gives the invoice the number; answers the counter's item if that has moved on, and nothing was
   * written.
   */
  private Optional<Item> take(InvoiceNumber number, FirmSettings firm, Invoice invoice) {
    String payToken = Ids.secret();
    Write taken = number.counter().taken();
    UnitOfWork work =
        table
            .begin(firm.firmId())
            .add(taken)
            .add(Pointer.payLink(payToken).to(firm.firmId(), invoice.invoiceId()));
    InvoiceChange change =
        InvoiceChange.of(work, invoice)
            .onlyIn(InvoiceState.SENDING)
            .numbered(number.on(invoice, payToken))
            .pushLater()
            .history(HistoryEvent.CLOCKBILL, "Numbered " + number.number());
    try {
      work.commit();
      return Optional.empty();
    } catch (ConditionFailed conflict) {
      Optional<Item> moved = conflict.present(taken);
      if (moved.isEmpty() || conflict.failed(change.write())) {
        throw conflict;
      }
      return moved;
    }
  }
}
