package dev.clockbill.invoice;

import dev.clockbill.firm.Customer;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.firm.Postal;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * An invoice with its lines. Its payments and history are kept apart, see {@link FullInvoice}.
 *
 * @param number null until {@code NumberInvoice} has run, as are {@code issuedOn}, {@code dueOn}
 *     (unless a person set it) and {@code payToken}
 * @param customer as they were when the draft was made, or when Send was pressed
 * @param discount what is taken off the subtotal, or null
 * @param taxes the firm's when the draft was made, with what they came to
 * @param amountPaid settled payments less refunds, minor units
 * @param grouping how its lines are put together where they are printed; null: as they are
 * @param payToken 128 random bits, the last part of the pay link
 * @param delivery how the latest mail is going
 * @param paper how it reaches its customer where it is not mailed; null where it is mailed
 * @param madeOn the firm's local day on which the draft was made
 * @param mails how many mails of this invoice were asked for, which is the number of the latest
 * @param remindedOn the firm's local day on which its customer was reminded last, or null
 * @param token the task token of the workflow step that is waiting, or null; a credential
 * @param execution the name of the execution that drives it
 * @param restarts how many executions were started after the first
 * @param links other invoices, and the checkout, that belong to it
 * @param marks what is to be known of its money beside the sums
 * @param version moves with every change that a person can see
 */
@RecordBuilder
public record Invoice(
    String invoiceId,
    InvoiceState state,
    String number,
    Party customer,
    String currency,
    List<Line> lines,
    long subtotal,
    Discount discount,
    List<TaxAmount> taxes,
    long total,
    long amountPaid,
    LocalDate issuedOn,
    LocalDate dueOn,
    String note,
    FirmSettings.Grouping grouping,
    String payToken,
    Delivery delivery,
    Paper paper,
    LocalDate madeOn,
    long mails,
    LocalDate remindedOn,
    String token,
    String execution,
    long restarts,
    Links links,
    Marks marks,
    long version)
    implements InvoiceBuilder.With {

  /** Without marks where none are given. */
  public Invoice {
    marks = marks == null ? Marks.NONE : marks;
  }

  /** The most lines an invoice has: all of them are in one item of the table. */
  public static final int MOST_LINES = 500;

  /**
   * Who is billed, as printed.
   *
   * @param reference their order number, or null
   * @param taxId the number under which they are taxed, or null
   * @param postal their address in its parts
   * @param taxExempt whether the invoice carries no taxes for that
   * @param termsDays from issue to due date; null: the firm's
   */
  public record Party(
      String customerId,
      String name,
      String email,
      String address,
      String reference,
      String taxId,
      Postal postal,
      boolean taxExempt,
      Integer termsDays) {

    /** A customer of whom nothing else is known. */
    public Party(String customerId, String name, String email, String address) {
      this(customerId, name, email, address, null, null, Postal.NONE, false, null);
    }

    /** Days from issue to due date: their own, or else the firm's. */
    public int terms(FirmSettings firm) {
      return termsDays == null ? firm.invoicing().termsDays() : termsDays;
    }

    /** The customer as they are now. */
    public static Party of(Customer customer) {
      return new Party(
          customer.customerId(),
          customer.name(),
          customer.email(),
          customer.address(),
          customer.reference(),
          customer.taxId(),
          customer.postal(),
          customer.taxExempt(),
          customer.termsDays());
    }
  }

  /**
   * What is taken off the subtotal.
   *
   * @param percent of the subtotal; null where a person gave the amount
   * @param asked the amount that a person gave, minor units; it is kept while the subtotal is lower
   *     than that; 0 beside a percentage
   * @param amount what is taken, minor units
   */
  public record Discount(BigDecimal percent, long asked, long amount) {
    /** As a person asks for it. */
    public Discount(BigDecimal percent, long asked) {
      this(percent, asked, asked);
    }

    /** The same with what is taken. */
    Discount taking(long amount) {
      return new Discount(percent, asked, amount);
    }
  }

  /** A tax and what it comes to, minor units. */
  public record TaxAmount(String name, BigDecimal ratePercent, long amount) {
    /** The taxes that a customer's invoice carries before it is priced; none if they are exempt. */
    public static List<TaxAmount> unpriced(Party customer, List<FirmSettings.Tax> taxes) {
      return customer.taxExempt()
          ? List.of()
          : taxes.stream().map(tax -> new TaxAmount(tax.name(), tax.ratePercent(), 0)).toList();
    }

    /** The tax alone. */
    public FirmSettings.Tax tax() {
      return new FirmSettings.Tax(name, ratePercent);
    }
  }

  /**
   * What belongs to an invoice; null where there is none.
   *
   * @param revises the voided invoice that it replaces
   * @param revisedBy the draft that replaces it
   * @param checkout the last session that was opened for it at the processor
   */
  public record Links(String revises, String revisedBy, String checkout) {
    /** Nothing else belongs to it. */
    public static final Links NONE = new Links(null, null, null);
  }

  /**
   * An invoice that is printed and handed over, since its customer had no mail address when it was
   * sent.
   *
   * @param handedOverAt when somebody said that they had handed it over; null before that
   */
  public record Paper(Instant handedOverAt) {
    /** It is still to be handed over. */
    public static final Paper WAITS = new Paper(null);
  }

  /**
   * What is to be known of an invoice's money beside the sums: payments by their ids.
   *
   * @param disputed those that are disputed, or whose dispute was lost
   * @param unmatched those that name it and could not be booked
   * @param underWay those that were made, and may still fail
   */
  public record Marks(List<String> disputed, List<String> unmatched, List<String> underWay) {
    /** Nothing is to be known. */
    public static final Marks NONE = new Marks(List.of(), List.of(), List.of());

    /** The same where a payment is disputed, or is not. */
    public Marks disputed(String paymentId, boolean now) {
      return new Marks(with(disputed, paymentId, now), unmatched, underWay);
    }

    /** The same where a payment could not be booked, or was after all. */
    public Marks unmatched(String paymentId, boolean now) {
      return new Marks(disputed, with(unmatched, paymentId, now), underWay);
    }

    /** The same where a payment is under way, or is not any more. */
    public Marks underWay(String paymentId, boolean now) {
      return new Marks(disputed, unmatched, with(underWay, paymentId, now));
    }

    /** Whether something else is to be known; a record's own comparison is slow at first. */
    public boolean differ(Marks other) {
      return !disputed.equals(other.disputed)
          || !unmatched.equals(other.unmatched)
          || !underWay.equals(other.underWay);
    }

    private static List<String> with(List<String> marked, String paymentId, boolean now) {
      Stream<String> others = marked.stream().filter(each -> !each.equals(paymentId));
      return Stream.concat(others, now ? Stream.of(paymentId) : Stream.empty()).toList();
    }
  }

  /** What is still to be paid; never negative. */
  public long amountDue() {
    return Math.max(0, total - amountPaid);
  }

  /** Whether it is unpaid although it was due before a day. */
  public boolean overdue(LocalDate today) {
    return state.payable() && dueOn != null && dueOn.isBefore(today);
  }

  /** Whether somebody has still to print it and hand it over. */
  public boolean toHandOver() {
    return paper != null
        && paper.handedOverAt() == null
        && StateRules.in(state).handOver() == StateRule.ALLOWED;
  }

  /** The ids of the time entries on it. */
  public List<String> timeEntryIds() {
    return lines.stream().map(Line::timeEntryId).filter(Objects::nonNull).toList();
  }

  /** The same with other lines and terms, priced again. */
  public Invoice edited(List<Line> lines, Discount discount, LocalDate dueOn, String note) {
    Pricing.Totals totals =
        Pricing.of(lines, discount, taxes.stream().map(TaxAmount::tax).toList());
    return InvoiceBuilder.builder(this)
        .lines(List.copyOf(lines))
        .subtotal(totals.subtotal())
        .discount(totals.discount())
        .taxes(totals.taxes())
        .total(totals.total())
        .dueOn(dueOn)
        .note(note)
        .build();
  }

  /**
   * The same for its customer as they are now. Where they have become exempt from taxes since, it
   * loses its taxes; where they are exempt no longer, it gets the firm's of now: what an invoice
   * says of the exemption and the taxes on it always agree. Otherwise its taxes stay as they were
   * when the draft was made.
   *
   * @param taxes the firm's of now
   */
  public Invoice billedTo(Party now, List<FirmSettings.Tax> taxes) {
    Invoice billed = InvoiceBuilder.builder(this).customer(now).build();
    return now.taxExempt() == customer.taxExempt()
        ? billed
        : InvoiceBuilder.builder(billed)
            .taxes(TaxAmount.unpriced(now, taxes))
            .build()
            .billing(lines);
  }

  /** The same with other lines, priced again. */
  public Invoice billing(List<Line> lines) {
    return edited(lines, discount, dueOn, note);
  }
}
