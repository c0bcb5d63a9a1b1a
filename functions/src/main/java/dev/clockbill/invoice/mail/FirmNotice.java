package dev.clockbill.invoice.mail;

import dev.clockbill.mail.Mail;
import dev.clockbill.mail.MailKind;
import dev.clockbill.mail.QueuedMail;
import dev.clockbill.shared.Ids;
import dev.clockbill.shared.Json;
import dev.clockbill.table.Write;
import java.util.Locale;
import java.util.Optional;

/** What a firm's owner has to know and what is of no invoice. */
public enum FirmNotice {
  /** Money arrived that names no invoice of the firm. */
  MONEY_UNMATCHED,
  /** The firm's account at the processor is no longer connected. */
  ACCOUNT_DISCONNECTED,
  /** An account that was no longer connected is so again. */
  ACCOUNT_CONNECTED_AGAIN,
  /** A billing run that the firm's day of the month has begun has made its drafts. */
  DRAFTS_READY,
  /** A statement did not reach its customer. */
  STATEMENT_NOT_DELIVERED;

  private static final String NOTICE = "firmNews";
  private static final String DETAIL = "detail";
  private static final String ABOUT = "about";

  /**
   * Queues a mail of it; part of the transaction that gives rise to it. The schedule has it sent.
   *
   * @param detail an amount, an account or an address, as printed
   */
  public Write queued(String firm, String detail) {
    return queued(firm, detail, null);
  }

  /**
   * Queues the mail that a run's drafts are ready.
   *
   * @param drafts how many
   */
  public static Write draftsReady(String firm, String runId, int drafts) {
    return DRAFTS_READY.queued(firm, Integer.toString(drafts), runId);
  }

  private Write queued(String firm, String detail, String about) {
    Mail.Id id = new Mail.Id(firm, MailKind.OWNER_NOTICE, Ids.next(), 1);
    return QueuedMail.queued(
        id,
        execution(id, 1),
        Json.object(NOTICE, name().toLowerCase(Locale.ROOT), DETAIL, detail, ABOUT, about));
  }

  /** The name of the n-th execution that sends a mail of one; no invoice counts it. */
  static String execution(Mail.Id id, long n) {
    return "notice-" + id.about() + "-r" + n;
  }

  /** Which one a queued mail holds; empty for notices about invoices. */
  static Optional<FirmNotice> of(QueuedMail queued) {
    return Optional.ofNullable(queued.facts().text(NOTICE))
        .map(word -> valueOf(word.toUpperCase(Locale.ROOT)));
  }

  /** What happened, in a line. */
  String heading(QueuedMail queued) {
    return switch (this) {
      case MONEY_UNMATCHED -> "A payment arrived that matches no invoice";
      case ACCOUNT_DISCONNECTED -> "Your payments account is disconnected";
      case ACCOUNT_CONNECTED_AGAIN -> "Your payments account is connected again";
      case STATEMENT_NOT_DELIVERED -> "A statement did not arrive";
      case DRAFTS_READY ->
          queued.facts().text(DETAIL).equals("1")
              ? "1 draft is ready to bill"
              : queued.facts().text(DETAIL) + " drafts are ready to bill";
    };
  }

  /** What it means, and what can be done. */
  String text(QueuedMail queued) {
    String detail = queued.facts().text(DETAIL);
    return switch (this) {
      case MONEY_UNMATCHED ->
          detail
              + " arrived at the payment processor but matches none of your invoices, so it is not"
              + " counted anywhere. Look up the payment on the processor\u2019s pages, and return"
              + " it or record it by hand. It is listed under Settings, Payments, until it has been"
              + " returned in full or you mark it there as settled.";
      case ACCOUNT_DISCONNECTED ->
          "The account "
              + detail
              + " was disconnected from Clockbill, so your customers cannot pay online and no timer"
              + " can be started. Set up payments again in Settings. Pending payments into that"
              + " account are no longer tracked: check on the payment processor\u2019s pages"
              + " whether they arrive, and record them by hand.";
      case ACCOUNT_CONNECTED_AGAIN ->
          "Clockbill can reach the account "
              + detail
              + " again. Everything that happened in the meantime has been recorded. There is"
              + " nothing for you to do unless Settings says that payments are not set up yet.";
      case STATEMENT_NOT_DELIVERED ->
          "The statement for "
              + detail
              + " came back or was marked as spam, so the customer may not have read it. Check"
              + " their email address, then send the statement again from the customer\u2019s"
              + " page.";
      case DRAFTS_READY ->
          "The time that was collected for this month is on drafts now. Nothing has been sent: look"
              + " at them, then send them together.";
    };
  }

  /** What its button says. */
  String label() {
    return switch (this) {
      case MONEY_UNMATCHED, ACCOUNT_DISCONNECTED, ACCOUNT_CONNECTED_AGAIN ->
          "Open the settings of payments";
      case DRAFTS_READY -> "Look at the drafts";
      case STATEMENT_NOT_DELIVERED -> "Open the customers";
    };
  }

  /** Where its button leads in the portal. */
  String place(QueuedMail queued) {
    return switch (this) {
      case MONEY_UNMATCHED, ACCOUNT_DISCONNECTED, ACCOUNT_CONNECTED_AGAIN -> "/settings/payments";
      case DRAFTS_READY ->
          Optional.ofNullable(queued.facts().text(ABOUT))
              .map("/billing/"::concat)
              .orElse("/billing");
      case STATEMENT_NOT_DELIVERED -> "/customers";
    };
  }
}
