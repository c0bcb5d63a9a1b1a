package dev.clockbill.invoice.mail;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.firm.FirmItem;
import dev.clockbill.firm.FirmMails;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.firm.OwnerNotice;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.invoice.Line;
import dev.clockbill.mail.Mail;
import dev.clockbill.mail.MailKind;
import dev.clockbill.mail.MailWaits;
import dev.clockbill.mail.Outbox;
import dev.clockbill.mail.QueuedMail;
import dev.clockbill.mail.Recording;
import dev.clockbill.shared.Environment;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.timer.TimeEntryItem;
import dev.clockbill.workflow.Step;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Workflow: mails a notice about an invoice, or the firm, to the firm's owner, each once. */
public final class MailOwnerNotice implements RequestStreamHandler {
  private final Table table;
  private final FirmMails mails;
  private final String baseUrl;

  /** Wired from the process's environment. */
  public MailOwnerNotice() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public MailOwnerNotice(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    this.table = new Table(environment);
    this.mails = new FirmMails(table, environment);
    this.baseUrl = environment.required("BASE_URL");
  }

  /**
   * Takes {@code {"firmId", "invoiceId", "notice"}} and answers nothing: {@code notice} says which
   * notice of the invoice it is. A notice about the firm has its own id for {@code invoiceId}, and
   * is the first about that. A mail that has to wait is pushed by the schedule. Fails with {@link
   * dev.clockbill.mail.MailThrottled} or {@link dev.clockbill.mail.MailUnconfirmed} if the mail is
   * to be tried again.
   */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Step.take(input, output, this::send);
  }

  private void send(Map<String, Object> payload) {
    Mail.Id id = Mail.Id.of(payload, MailKind.OWNER_NOTICE, "notice");
    String key = InvoiceItem.key(id.about());
    Map<String, Item> read = table.get(id.firm(), List.of(FirmItem.KEY, key, id.key()));
    Optional<QueuedMail> notice =
        Optional.ofNullable(read.get(id.key())).map(QueuedMail::of).filter(QueuedMail::waits);
    if (notice.isEmpty()) {
      return;
    }
    Optional<FirmNotice> ofFirm = FirmNotice.of(notice.get());
    if (ofFirm.isEmpty() && !read.containsKey(key)) {
      QueuedMails.giveUp(table, id);
      return;
    }
    FirmSettings firm = FirmItem.of(read.get(FirmItem.KEY));
    Supplier<Mail> content =
        () ->
            ofFirm
                .map(about -> mail(notice.get(), firm, about))
                .orElseGet(() -> mail(notice.get(), firm, InvoiceItem.of(read.get(key))));
    try {
      mails.send(read.get(FirmItem.KEY), id, Outbox.Terms.NONE, content, Recording.NOTHING_MORE);
    } catch (MailWaits waits) {
      // It is in the due queue, which it leaves when it is sent.
    }
  }

  private Mail mail(QueuedMail queued, FirmSettings firm, Invoice invoice) {
    InvoiceNotice notice = OwnerNotices.notice(queued);
    return new OwnerNotice(
            firm.name(),
            notice.heading(invoice),
            notice.text(OwnerNotices.detail(queued)),
            facts(firm, invoice),
            "Open the invoice",
            baseUrl + "/#/invoices/" + invoice.invoiceId())
        .mail(queued.id(), firm.email(), "invoiceId");
  }

  private Mail mail(QueuedMail queued, FirmSettings firm, FirmNotice notice) {
    return new OwnerNotice(
            firm.name(),
            notice.heading(queued),
            notice.text(queued),
            Map.of("Firm", firm.name()),
            notice.label(),
            baseUrl + "/#" + notice.place(queued))
        .mail(queued.id(), firm.email(), "noticeId");
  }

  private Map<String, String> facts(FirmSettings firm, Invoice invoice) {
    return InvoiceFacts.of(firm, invoice)
        .with("Customer", invoice.customer().name())
        .with("Service", services(firm.firmId(), invoice))
        .number()
        .total()
        .stillToPay()
        .dueOn()
        .map();
  }

  /** The services of its time entries; for an invoice without any, what its lines say. */
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
