package dev.clockbill.firm;

import dev.clockbill.mail.Mail;
import dev.clockbill.mail.MailThrottled;
import dev.clockbill.mail.MailUnconfirmed;
import dev.clockbill.mail.MailWaits;
import dev.clockbill.mail.Outbox;
import dev.clockbill.mail.Recording;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Log;
import dev.clockbill.shared.Time;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import java.util.List;
import java.util.function.Supplier;

/** Sends the mails of firms by the outbox, and notes for each firm whether its mails wait. */
public final class FirmMails {
  private final Table table;
  private final Outbox outbox;

  /** Sends by the outbox of this environment. */
  public FirmMails(Table table, Environment environment) {
    this.table = table;
    this.outbox = new Outbox(table, environment);
  }

  /**
   * Sends a mail unless it was sent before, and records how that ended, as {@link Outbox#send}
   * does.
   *
   * @param firm the firm's item, as it was read for this mail
   * @throws MailThrottled if it is to be tried again in seconds: nothing was sent
   * @throws MailWaits if the mail service takes no mails of ours at present: nothing was sent
   * @throws MailUnconfirmed if it is being sent elsewhere, or it is not known yet whether it was
   */
  public <T> T send(
      Item firm, Mail.Id id, Outbox.Terms terms, Supplier<Mail> content, Recording<T> recording) {
    try {
      Outbox.Done<T> done =
          outbox.send(id, terms, () -> Logo.into(content.get(), table), recording);
      if (done.reached()) {
        WaitingMails.over(firm).ifPresent(table::write);
      }
      return done.answer();
    } catch (MailWaits waits) {
      WaitingMails.noted(firm, waits, Time.now()).ifPresent(table::write);
      throw waits;
    }
  }

  /**
   * Lets mails go again to an address from which one came back.
   *
   * @throws MailThrottled if it is to be tried again in seconds
   */
  public void allow(String address) {
    outbox.allow(address);
  }

  /**
   * The same for those who get a copy, as far as the mail service takes so many calls: a mail to
   * one that stays on its list is sent all the same, and an event says what became of it.
   */
  public void allowSome(List<String> addresses) {
    try {
      addresses.forEach(outbox::allow);
    } catch (MailThrottled enough) {
      Log.info("suppression list", "answer", enough.getMessage());
    }
  }
}
