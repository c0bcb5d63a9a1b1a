package dev.clockbill.statement;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.http.Fields;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.mail.Letter;
import dev.clockbill.invoice.mail.Recipients;
import dev.clockbill.invoice.mail.Wording;
import dev.clockbill.mail.Mail;
import dev.clockbill.mail.QueuedMail;
import dev.clockbill.print.Face;
import dev.clockbill.print.Templates;
import dev.clockbill.shared.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the mail of a statement says: the model of its templates.
 *
 * @param face the firm's look
 * @param sender the firm's name
 * @param balance what is to be paid, as printed
 * @param message what the firm says, in paragraphs; see {@link Wording#paragraphs}
 * @param facts the open invoices, oldest first, and what is due of each, as printed
 * @param more how many open invoices it does not list
 * @param url the client link; null where there is none
 * @param payable whether there is anything to pay
 * @param address the firm's, by lines
 */
public record StatementMail(
    Face face,
    String sender,
    String balance,
    String message,
    Map<String, String> facts,
    int more,
    String url,
    boolean payable,
    List<String> address) {
  /** How many open invoices it lists; all of them are on the page. */
  private static final int MOST = 30;

  private static final String CC = "copies";
  private static final String SUBJECT = "subject";
  private static final String MESSAGE = "message";

  /** Subject and message, as its mail has them. */
  record Words(String subject, String message) {
    Map<String, Object> json() {
      return Json.object(SUBJECT, subject, MESSAGE, message);
    }
  }

  /** Reads {@code {"subject"?, "message"?}} of a request's fields; they are mailed as typed. */
  static Wording wording(Fields fields) {
    return Letter.wording(
        fields, fields.text(SUBJECT, Letter.SUBJECT), fields.text(MESSAGE, Letter.MESSAGE));
  }

  /** What is kept of a statement that is to be mailed. */
  static Map<String, Object> facts(Recipients recipients, Wording wording) {
    Map<String, Object> facts = new LinkedHashMap<>(QueuedMail.recipient(recipients.to()));
    facts.put(CC, recipients.cc());
    facts.putAll(Letter.saying(wording).facts());
    return facts;
  }

  /** What it says where nobody writes anything else. */
  static Words usual(Statement statement) {
    String greeting = "Dear " + statement.customer().name() + ",\n\n";
    String link = " all your invoices and payments are on the page behind the button below";
    return new Words(
        "Your statement from " + statement.firm().name(),
        greeting
            + (statement.open().isEmpty()
                ? "Thank you: there is nothing to pay at the moment. You will find that"
                    + link
                    + "."
                : "As of today, "
                    + statement.balance()
                    + " is open. You will find that"
                    + link
                    + ", where you can also pay one or several invoices at once."));
  }

  /** What a statement says. */
  static StatementMail of(Statement statement, String message, String url) {
    FirmSettings firm = statement.firm();
    Map<String, String> facts = new LinkedHashMap<>();
    statement.open().stream()
        .limit(MOST)
        .forEach(invoice -> facts.put(name(firm, invoice, statement), due(firm, invoice)));
    return new StatementMail(
        firm.face(Face.LOGO_IN_MAIL),
        firm.name(),
        statement.balance(),
        message,
        facts,
        Math.max(0, statement.open().size() - MOST),
        url,
        !statement.open().isEmpty(),
        Templates.lines(firm.address()));
  }

  private static String name(FirmSettings firm, Invoice invoice, Statement statement) {
    return "Invoice "
        + invoice.number()
        + (invoice.overdue(statement.today()) ? ", overdue since " : ", due on ")
        + firm.texts().date(invoice.dueOn());
  }

  private static String due(FirmSettings firm, Invoice invoice) {
    return firm.texts().money(invoice.amountDue(), invoice.currency());
  }

  /** The mail itself. */
  static Mail mail(QueuedMail queued, Statement statement, String url) {
    Words usual = usual(statement);
    String subject = queued.facts().text(SUBJECT);
    String message = queued.facts().text(MESSAGE);
    FirmSettings firm = statement.firm();
    return Mail.from(firm.name(), firm.email())
        .to(queued.recipient())
        .subject(subject == null ? usual.subject() : subject)
        .about("customerId", statement.customer().customerId())
        .render(queued.id(), of(statement, message == null ? usual.message() : message, url))
        .copied(queued.facts().texts(CC), List.of());
  }
}
