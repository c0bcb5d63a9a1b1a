package dev.clockbill.statement;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.PayLink;
import dev.clockbill.invoice.Payment;
import dev.clockbill.payment.CheckoutSessions;
import dev.clockbill.payment.PayOffer;
import dev.clockbill.print.Face;
import dev.clockbill.print.Templates;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * What the client page shows: the model of its template.
 *
 * @param face the firm's look
 * @param sender the firm's name
 * @param address the firm's, by lines
 * @param email where questions go
 * @param customer the customer's name
 * @param asOf the firm's day, as printed
 * @param balance what is to be paid, as printed
 * @param notice what has happened, or why nothing can be paid; null for nothing
 * @param sections the open invoices, by currency
 * @param unlisted how many open invoices are not listed
 * @param closed the paid and void invoices of this page, newest first
 * @param olderPath where the next of those are; null at the end
 * @param newest whether this page begins with the newest of them
 * @param pagePath this page without anything selected
 * @param checkoutPath where the selected invoices are paid
 */
public record ClientView(
    Face face,
    String sender,
    List<String> address,
    String email,
    String customer,
    String asOf,
    String balance,
    PayOffer.Closed notice,
    List<Section> sections,
    int unlisted,
    List<Row> closed,
    String olderPath,
    boolean newest,
    String pagePath,
    String checkoutPath) {

  /** How many open invoices are listed; the balance counts all of them. */
  private static final int MOST = 50;

  /**
   * The open invoices of one currency.
   *
   * @param currency its code; null where all are of the same
   * @param due what is to be paid of them, as printed
   * @param overdue how much of that, as printed; null for nothing
   * @param selected how many are ticked
   * @param sum what the ticked ones come to, as printed
   * @param payable whether there is anything to tick
   * @param most how many can be paid at once; 0 where that is no restriction
   */
  public record Section(
      String currency,
      String due,
      String overdue,
      List<Row> rows,
      int selected,
      String sum,
      boolean payable,
      int most) {}

  /**
   * An invoice.
   *
   * @param box what of a box there is before it
   * @param dates when it was issued, and when it is or was due
   * @param late whether its due date has passed with something left to pay
   * @param state such as {@code Paid}
   * @param amount what is due of an open one; the total of others
   * @param payments what was paid and given back, a sentence each
   * @param path of its own page
   * @param pdfPath of its PDF; null where it is void
   */
  public record Row(
      String invoiceId,
      String number,
      Box box,
      String dates,
      boolean late,
      String state,
      String amount,
      List<String> payments,
      String path,
      String pdfPath) {}

  /** Whether an invoice can be selected. */
  public enum Box {
    /** It cannot. */
    NONE,
    /** It can. */
    EMPTY,
    /** It is. */
    TICKED;

    /** Whether there is one. */
    public boolean shown() {
      return this != NONE;
    }

    /** Whether it is ticked. */
    public boolean ticked() {
      return this == TICKED;
    }
  }

  /**
   * What is shown of a statement.
   *
   * @param closed the paid and void invoices of this page
   * @param chosen what the customer has ticked; empty for all that can be
   * @param older the invoice that this page comes after, or null
   */
  static ClientView of(
      Statement statement,
      StatementStore.Closed closed,
      BiFunction<String, List<Invoice>, Map<String, List<Payment>>> payments,
      String token,
      Optional<ChosenInvoices> chosen,
      String older,
      PayOffer.Closed notice) {
    FirmSettings firm = statement.firm();
    String path = ClientLink.path(token);
    List<Invoice> open = statement.open().stream().sorted(SOONEST).limit(MOST).toList();
    Map<String, List<Payment>> rows =
        payments.apply(
            firm.firmId(), Stream.concat(open.stream(), closed.invoices().stream()).toList());
    Page page = new Page(firm, statement.today(), rows);
    return new ClientView(
        firm.face(path + "/logo"),
        firm.name(),
        Templates.lines(firm.address()),
        firm.email(),
        statement.customer().name(),
        firm.texts().date(statement.today()),
        statement.balance(),
        notice == null && !firm.payments().ready() && !open.isEmpty()
            ? PayOffer.unavailable(firm)
            : notice,
        statement.balances().stream()
            .map(balance -> page.section(balance, open, chosen, statement.balances().size() > 1))
            .filter(section -> !section.rows().isEmpty())
            .toList(),
        statement.open().size() - open.size(),
        closed.invoices().stream().map(page::closed).toList(),
        closed.lastNumbered() == null ? null : path + "?older=" + closed.lastNumbered(),
        older == null,
        path,
        path + "/checkout");
  }

  /** What should be paid first comes first. */
  private static final Comparator<Invoice> SOONEST =
      Comparator.comparing(Invoice::dueOn).thenComparing(Invoice::invoiceId);

  /** Prints the rows. */
  private record Page(FirmSettings firm, LocalDate today, Map<String, List<Payment>> payments) {

    Section section(
        Balance balance, List<Invoice> all, Optional<ChosenInvoices> chosen, boolean several) {
      String currency = balance.currency();
      List<Invoice> open = all.stream().filter(each -> each.currency().equals(currency)).toList();
      List<Invoice> selectable =
          firm.payments().ready() ? open.stream().filter(this::selectable).toList() : List.of();
      List<Invoice> ticked =
          chosen
              .map(ids -> selectable.stream().filter(each -> ids.ids().contains(each.invoiceId())))
              .orElseGet(selectable::stream)
              .limit(CheckoutSessions.MOST_INVOICES)
              .toList();
      Set<String> ids = new HashSet<>(ticked.stream().map(Invoice::invoiceId).toList());
      return new Section(
          several ? currency : null,
          money(balance.due(), currency),
          balance.overdue() == 0 ? null : money(balance.overdue(), currency),
          open.stream()
              .map(
                  each ->
                      open(
                          each,
                          !selectable.contains(each)
                              ? Box.NONE
                              : ids.contains(each.invoiceId()) ? Box.TICKED : Box.EMPTY))
              .toList(),
          ticked.size(),
          money(ticked.stream().mapToLong(Invoice::amountDue).sum(), currency),
          !selectable.isEmpty(),
          selectable.size() > CheckoutSessions.MOST_INVOICES ? CheckoutSessions.MOST_INVOICES : 0);
    }

    private boolean selectable(Invoice invoice) {
      return PayOffer.selectable(invoice, payments.get(invoice.invoiceId()));
    }

    private Row open(Invoice invoice, Box box) {
      boolean late = invoice.overdue(today);
      String due =
          late ? "overdue: was due by " + date(invoice.dueOn()) : "due by " + date(invoice.dueOn());
      String total = "Total " + money(invoice.total(), invoice.currency());
      boolean partly = invoice.amountDue() != invoice.total();
      return row(
          invoice,
          box,
          "Issued " + date(invoice.issuedOn()) + ", " + due,
          late,
          partly ? total : "",
          invoice.amountDue());
    }

    Row closed(Invoice invoice) {
      return row(
          invoice,
          Box.NONE,
          "Issued " + date(invoice.issuedOn()),
          false,
          invoice.state() == InvoiceState.VOID ? "Void" : "Paid",
          invoice.total());
    }

    private Row row(
        Invoice invoice, Box box, String dates, boolean late, String state, long amount) {
      String path = PayLink.path(invoice.payToken());
      return new Row(
          invoice.invoiceId(),
          invoice.number(),
          box,
          dates,
          late,
          state,
          money(amount, invoice.currency()),
          payments.get(invoice.invoiceId()).stream()
              .flatMap(payment -> said(payment, invoice.currency()).stream())
              .toList(),
          path,
          invoice.state() == InvoiceState.VOID ? null : path + "/invoice.pdf");
    }

    /** What a customer reads of a payment; nothing of one that did not come about. */
    private Optional<String> said(Payment payment, String currency) {
      String amount = money(payment.amount(), currency);
      String on = " on " + date(firm.day(payment.at()));
      return Optional.ofNullable(
          switch (payment.status()) {
            case FAILED -> null;
            case PROCESSING ->
                switch (payment.kind()) {
                  case PAYMENT -> "Payment of " + amount + " is under way";
                  case REFUND -> "Refund of " + amount + " is under way";
                  case DISPUTE -> "Payment of " + amount + " is disputed with your bank";
                };
            case SETTLED ->
                switch (payment.kind()) {
                  case PAYMENT -> amount + " paid" + on;
                  case REFUND -> amount + " refunded" + on;
                  case DISPUTE -> amount + " returned by your bank" + on;
                };
          });
    }

    private String money(long amount, String currency) {
      return firm.texts().money(amount, currency);
    }

    private String date(LocalDate date) {
      return firm.texts().date(date);
    }
  }
}
