package dev.clockbill.invoice.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.firm.FirmSettings.Reminders;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceBuilder;
import dev.clockbill.mail.Mail;
import dev.clockbill.mail.MailKind;
import dev.clockbill.mail.QueuedMail;
import dev.clockbill.table.Item;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Failures 15 and 17: when reminders of unpaid invoices go, and when they do not. */
class ReminderScheduleTest {
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final LocalDate ISSUED = LocalDate.of(2026, 11, 10);

  private static ReminderSchedule reminders(
      List<Integer> before, List<Integer> after, LocalDate due, LocalDate quietUntil) {
    return new ReminderSchedule(new Reminders(List.of(), before, after), NEW_YORK, due, quietUntil);
  }

  private static ReminderSchedule issued(List<Integer> before, List<Integer> after, int termsDays) {
    return reminders(before, after, ISSUED.plusDays(termsDays), ISSUED.plusDays(1));
  }

  private static Instant at(String instant) {
    return Instant.parse(instant);
  }

  @Test
  void theyGoInTheMorningOfTheFirmsDaysBeforeAndAfterTheDueDate() {
    ReminderSchedule reminders = issued(List.of(3), List.of(1, 7), 14);
    assertThat(reminders.next(at("2026-11-10T20:00:00Z"))).contains(at("2026-11-21T14:00:00Z"));
    assertThat(reminders.next(at("2026-11-21T14:00:00Z"))).contains(at("2026-11-25T14:00:00Z"));
    assertThat(reminders.next(at("2026-11-25T14:00:00Z"))).contains(at("2026-12-01T14:00:00Z"));
    assertThat(reminders.next(at("2026-12-01T14:00:00Z"))).isEmpty();
  }

  @Test
  void oneIsDueFromItsMorningOn() {
    ReminderSchedule reminders = issued(List.of(), List.of(3), 14);
    assertThat(reminders.due(at("2026-11-27T13:59:59Z"))).isEmpty();
    assertThat(reminders.due(at("2026-11-27T14:00:00Z"))).contains(LocalDate.of(2026, 11, 27));
  }

  @Test
  void nineOClockStaysNineOClockAcrossAChangeOfClocks() {
    LocalDate due = LocalDate.of(2026, 10, 31);
    ReminderSchedule autumn = reminders(List.of(), List.of(1), due, LocalDate.of(2026, 10, 20));
    assertThat(autumn.next(at("2026-10-31T13:00:00Z"))).contains(at("2026-11-01T14:00:00Z"));
    ReminderSchedule before = reminders(List.of(1), List.of(), due, LocalDate.of(2026, 10, 20));
    assertThat(before.next(at("2026-10-29T13:00:00Z"))).contains(at("2026-10-30T13:00:00Z"));
    ReminderSchedule spring =
        reminders(List.of(1), List.of(), LocalDate.of(2027, 3, 15), LocalDate.of(2027, 3, 1));
    assertThat(spring.next(at("2027-03-13T14:00:00Z"))).contains(at("2027-03-14T13:00:00Z"));
    assertThat(spring.waitSeconds(at("2027-03-13T14:00:00Z"))).isEqualTo(23 * 3600);
  }

  @Test
  void noneGoesOnTheDayOfIssueOrTheDayAfter() {
    assertThat(issued(List.of(1, 2), List.of(1), 2).next(at("2026-11-10T05:00:00Z")))
        .contains(at("2026-11-13T14:00:00Z"));
    assertThat(issued(List.of(), List.of(1), 0).next(at("2026-11-10T05:00:00Z"))).isEmpty();
  }

  @Test
  void whatADayHadItsReminderOfHasNoneAgain() {
    LocalDate due = LocalDate.of(2026, 11, 24);
    ReminderSchedule reminders =
        reminders(List.of(), List.of(3, 7), due, LocalDate.of(2026, 11, 27));
    assertThat(reminders.due(at("2026-11-27T20:00:00Z"))).isEmpty();
    assertThat(reminders.due(at("2026-12-01T14:00:00Z"))).contains(LocalDate.of(2026, 12, 1));
  }

  @Test
  void severalThatPassedTogetherMakeOne() {
    assertThat(issued(List.of(3), List.of(3, 7), 14).due(at("2026-12-24T12:00:00Z")))
        .contains(LocalDate.of(2026, 12, 1));
  }

  @Test
  void theWaitEndsAtTheNextOneOrAfterAWeek() {
    ReminderSchedule reminders = issued(List.of(), List.of(3), 2);
    assertThat(reminders.waitSeconds(at("2026-11-10T14:00:00Z"))).isEqualTo(5 * 86_400);
    assertThat(reminders.waitSeconds(at("2026-11-15T14:00:00Z"))).isEqualTo(7 * 86_400);
    assertThat(issued(List.of(), List.of(), 14).waitSeconds(at("2026-11-10T20:00:00Z")))
        .isEqualTo(7 * 86_400 - 6 * 3_600);
  }

  @Property
  void walkingFromOneToTheNextMeetsEveryDayOnce(
      @ForAll @Size(max = 10) List<@IntRange(min = 1, max = 365) Integer> before,
      @ForAll @Size(max = 10) List<@IntRange(min = 1, max = 365) Integer> after,
      @ForAll @IntRange(max = 365) int termsDays) {
    LocalDate quietUntil = ISSUED.plusDays(1);
    Instant now = ISSUED.atStartOfDay(NEW_YORK).toInstant();
    int met = 0;
    while (true) {
      ReminderSchedule reminders = reminders(before, after, ISSUED.plusDays(termsDays), quietUntil);
      assertThat(reminders.due(now)).isEmpty();
      assertThat(reminders.waitSeconds(now)).isBetween(1L, 8L * 86_400);
      if (reminders.next(now).isEmpty()) {
        break;
      }
      now = reminders.next(now).get();
      LocalDate day = reminders.due(now).orElseThrow();
      assertThat(day).isAfter(quietUntil);
      assertThat(now.atZone(NEW_YORK).toLocalTime()).isEqualTo("09:00");
      quietUntil = day;
      met++;
    }
    assertThat(met).isLessThanOrEqualTo(before.size() + after.size());
  }

  @Test
  void failure17_oneThatWaitedIsOvertakenByAnotherOfTheDay() {
    LocalDate asked = LocalDate.parse("2026-12-01");
    LocalDate later = asked.plusDays(1);
    assertThat(asked(asked, asked).overtaken(asked)).isFalse();
    assertThat(asked(asked, asked).overtaken(later)).isFalse();
    assertThat(asked(asked, later).overtaken(later)).isTrue();
    assertThat(asked(later, later).overtaken(later)).as("claimed before, in vain").isFalse();
  }

  /**
   * A reminder that was asked for, or claimed last, on a day; and the day of the invoice's last.
   */
  private static MailOfInvoice asked(LocalDate day, LocalDate remindedOn) {
    Invoice invoice = InvoiceBuilder.builder().mails(1).remindedOn(remindedOn).build();
    Mail.Id id = new Mail.Id("FIRM", MailKind.PAYMENT_REMINDER, "INVOICE", 100_001);
    Item item =
        new Item(
            Item.values(
                MailOfInvoice.reminder(
                    invoice, new Recipients(List.of("ada@b.example"), true), day)));
    QueuedMail mail = new QueuedMail(id, QueuedMail.State.QUEUED, null, null, true, null, 0, item);
    return new MailOfInvoice(id, invoice, Optional.of(mail));
  }
}
