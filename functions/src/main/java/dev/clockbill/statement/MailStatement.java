package dev.clockbill.statement;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.firm.ClientItem;
import dev.clockbill.firm.CustomerItem;
import dev.clockbill.firm.FirmItem;
import dev.clockbill.firm.FirmMails;
import dev.clockbill.invoice.mail.FirmNotice;
import dev.clockbill.mail.Mail;
import dev.clockbill.mail.MailKind;
import dev.clockbill.mail.MailWaits;
import dev.clockbill.mail.Outbox;
import dev.clockbill.mail.QueuedMail;
import dev.clockbill.mail.Recording.Result;
import dev.clockbill.shared.Environment;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import dev.clockbill.workflow.Step;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Workflow: mails a statement to its customer, each once. */
public final class MailStatement implements RequestStreamHandler {
  private final Table table;
  private final StatementStore statements;
  private final FirmMails mails;
  private final String baseUrl;

  /** Wired from the process's environment. */
  public MailStatement() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public MailStatement(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    this.table = new Table(environment);
    this.statements = new StatementStore(table);
    this.mails = new FirmMails(table, environment);
    this.baseUrl = environment.required("BASE_URL");
  }

  /**
   * Takes {@code {"firmId", "invoiceId", "statement"}} and answers nothing: {@code invoiceId} is
   * the customer's id, and {@code statement} says which statement of theirs it is. A mail that has
   * to wait is pushed by the schedule. Fails with {@link dev.clockbill.mail.MailThrottled} or
   * {@link dev.clockbill.mail.MailUnconfirmed} if the mail is to be tried again.
   */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Step.take(input, output, this::send);
  }

  private void send(Map<String, Object> payload) {
    Mail.Id id = Mail.Id.of(payload, MailKind.STATEMENT, "statement");
    String customerKey = CustomerItem.key(id.about());
    String clientKey = ClientItem.key(id.about());
    Map<String, Item> read =
        table.get(id.firm(), List.of(FirmItem.KEY, customerKey, clientKey, id.key()));
    Optional<QueuedMail> queued =
        Optional.ofNullable(read.get(id.key())).map(QueuedMail::of).filter(QueuedMail::waits);
    if (queued.isEmpty()) {
      return;
    }
    Item firm = read.get(FirmItem.KEY);
    ClientItem client = ClientItem.of(read.get(clientKey));
    try {
      mails.send(
          firm,
          id,
          Outbox.Terms.NONE,
          () ->
              StatementMail.mail(
                  queued.get(),
                  statements.of(FirmItem.of(firm), CustomerItem.of(read.get(customerKey))),
                  ClientLink.url(baseUrl, client)),
          (work, ended) -> record(work, id, queued.get(), ended));
    } catch (MailWaits waits) {
      // It is in the due queue, which it leaves when it is sent.
    }
  }

  private Result record(UnitOfWork work, Mail.Id id, QueuedMail mail, Result ended) {
    ClientItem client = ClientItem.of(id.about(), table.get(id.firm(), ClientItem.key(id.about())));
    String status =
        switch (ended) {
          case Result.Sent sent -> "sent";
          case Result.Refused refused -> "failed";
        };
    if (client.latest(id.n()) && client.delivery().equals("queued")) {
      work.add(client.delivered(id.firm(), status));
    }
    if (ended instanceof Result.Refused) {
      work.add(FirmNotice.STATEMENT_NOT_DELIVERED.queued(id.firm(), mail.recipient()));
    }
    return ended;
  }
}
