package dev.clockbill.invoice.mail;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.firm.FirmItem;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.firm.OwnerNotice;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.invoice.Line;
import dev.clockbill.mail.Mail;
import dev.clockbill.mail.Outbox;
import dev.clockbill.print.Templates;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Log;
import dev.clockbill.shared.Money;
import dev.clockbill.table.DueQueue;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.timer.TimeEntryItem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Workflow: mails the firm's owner what happened to an invoice and needs them, each news once. */
public final class MailOwnerNotice implements RequestStreamHandler {
  private final Table table;
  private final Outbox outbox;
  private final String baseUrl;

  /** Wired from the process's environment. */
  public MailOwnerNotice() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public MailOwnerNotice(Map<String, String> environment) {
    Environment variables = new Environment(environment);
    this.table = new Table(variables);
    this.outbox = new Outbox(table, variables);
    this.baseUrl = variables.required("BASE_URL");
  }

  /**
   * Takes {@code {"firmId", "invoiceId", "notice"}}, the last being which notice of the invoice it
   * is, and answers nothing. Fails with {@link Outbox.MailThrottled} and {@link
   * Outbox.MailUnconfirmed} where the mail is to be tried again.
   */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Map<String, Object> payload = Json.read(input);
    Mail.Id id =
        new Mail.Id(
            Json.text(payload, "firmId"),
            OwnerNotices.KIND,
            Json.text(payload, "invoiceId"),
            Long.parseLong(Json.text(payload, "notice")));
    String key = InvoiceItem.key(id.about());
    Map<String, Item> read = table.get(id.firm(), List.of(FirmItem.KEY, key, id.key()));
    Item notice = read.get(id.key());
    if (notice == null || !DueQueue.holds(notice)) {
      return;
    }
    if (read.containsKey(key)) {
      tell(id, FirmItem.of(read.get(FirmItem.KEY)), InvoiceItem.of(read.get(key)), notice);
    } else {
      table.write(Outbox.givenUp(id));
    }
  }

  private void tell(Mail.Id id, FirmSettings firm, Invoice invoice, Item notice) {
    switch (outbox.claim(id)) {
      case YOURS -> {
        try {
          outbox.send(mail(id, firm, invoice, notice));
        } catch (Outbox.MailRefused refused) {
          Log.failure(refused, "firmId", id.firm(), "mailId", id.mailId());
          table.write(Outbox.givenUp(id));
          return;
        }
      }
      case SENT -> {} // The mail service said so, and it was not kept yet that this is done.
      case UNDER_WAY -> throw new Outbox.MailUnconfirmed(id);
    }
    table.write(Outbox.settled(id, Outbox.sent(id)));
  }

  private Mail mail(Mail.Id id, FirmSettings firm, Invoice invoice, Item notice) {
    InvoiceNotice news = InvoiceNotice.of(notice.text("news"));
    return new OwnerNotice(
            firm.name(),
            news.heading(invoice),
            news.text(notice.text("detail")),
            facts(firm.firmId(), invoice),
            "Open the invoice",
            baseUrl + "/#/invoices/" + invoice.invoiceId())
        .mail(id, firm.email(), Map.of("invoiceId", invoice.invoiceId()));
  }

  private Map<String, String> facts(String firm, Invoice invoice) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Customer", invoice.customer().name());
    facts.put("Service", services(firm, invoice));
    facts.put("Invoice", invoice.number() == null ? "Not numbered yet" : invoice.number());
    facts.put("Total", Money.text(invoice.total(), invoice.currency()));
    facts.put("Still to pay", Money.text(invoice.amountDue(), invoice.currency()));
    if (invoice.dueOn() != null) {
      facts.put("Due on", Templates.date(invoice.dueOn()));
    }
    return facts;
  }

  /** The services whose time is on it; for one without time, what its lines say. */
  private String services(String firm, Invoice invoice) {
    List<String> keys = invoice.timeEntryIds().stream().map(TimeEntryItem::key).toList();
    String services =
        table.get(firm, keys).values().stream()
            .map(entry -> TimeEntryItem.of(entry).serviceName())
            .distinct()
            .collect(Collectors.joining(", "));
    return services.isEmpty()
        ? invoice.lines().stream()
            .map(Line::description)
            .distinct()
            .collect(Collectors.joining(", "))
        : services;
  }
}
