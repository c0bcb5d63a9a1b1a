package dev.clockbill.payment;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.firm.AccountNews;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Log;
import dev.clockbill.shared.TimeLeft;
import dev.clockbill.table.DueQueue;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.workflow.Step;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Asks the processor what we may have missed, and books it by the code that books callbacks: by
 * schedule each checkout that should have ended, and everything that happened to each connected
 * account since it was last asked; as a step of the workflow the checkout of one invoice.
 *
 * <p>What is due is found by the due queue, never by a scan. A run stops in time, and the next one
 * goes on where it stopped. One account's failure does not stop the others, nor does its size: no
 * question takes more than half of a run. When the processor answers nobody, the run ends.
 */
public final class ReconcilePayments implements RequestStreamHandler {
  /** How long a run goes on; the last call may still take a while. */
  private static final Duration LONGEST = Duration.ofMinutes(4);

  private static final Duration ENOUGH = Duration.ofSeconds(30);
  private static final Duration SHARE = Duration.ofMinutes(2);

  /** How long until what failed is tried again: the next run finds it. */
  private static final Duration AGAIN = Duration.ofMinutes(50);

  private static final int MOST = 25;

  private final Table table;
  private final AskedCheckouts checkouts;
  private final ProcessorAccounts accounts;
  private final AccountsAsked news;

  /** Wired from the process's environment. */
  public ReconcilePayments() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public ReconcilePayments(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    this.table = new Table(environment);
    Processor processor = new Processor(environment);
    ProcessorNews booked = new ProcessorNews(table, environment);
    this.accounts = new ProcessorAccounts(table);
    this.checkouts = new AskedCheckouts(table, processor, booked);
    this.news = new AccountsAsked(table, processor, booked, accounts);
  }

  /**
   * Takes a call of the schedule, or {@code {"firmId", "invoiceId"}} from the workflow.
   *
   * @throws ProcessorFailed in the workflow, if the processor does not answer
   */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    TimeLeft.within(LONGEST, context, () -> Step.take(input, output, this::reconcile));
  }

  private void reconcile(Map<String, Object> event) {
    String invoiceId = Json.text(event, "invoiceId");
    if (invoiceId != null) {
      ask(Json.text(event, "firmId"), invoiceId);
    } else {
      askWhatIsDue();
    }
  }

  private void ask(String firm, String invoiceId) {
    table
        .get(firm, InvoiceItem.key(invoiceId))
        .map(InvoiceItem::of)
        .map(Invoice::links)
        .flatMap(links -> Optional.ofNullable(links.checkout()))
        .ifPresent(sessionId -> checkouts.ask(firm, sessionId));
  }

  private void askWhatIsDue() {
    Pace pace = new Pace();
    ask(DueQueue.CHECKOUTS, pace, checkouts::ask);
    LostAccounts lost = new LostAccounts(accounts);
    ask(DueQueue.ACCOUNTS, pace, item -> news.ask(AccountNews.of(item), lost));
    lost.judge();
  }

  /** Works a queue off; it stops where the processor is away. */
  private void ask(DueQueue queue, Pace pace, Consumer<Item> question) {
    queue.workOff(
        table,
        MOST,
        Pace.AT_ONCE,
        ENOUGH,
        Silence.noted(
            found -> {
              pace.take();
              ask(found, question);
              return !Silence.away();
            }));
  }

  /** One failure does not stop the others; what failed is asked about again by a later run. */
  private void ask(Item found, Consumer<Item> question) {
    try {
      if (DueQueue.postponed(table, found, AGAIN)) {
        table
            .get(found.firm(), found.key())
            .ifPresent(item -> TimeLeft.atMost(SHARE, () -> question.accept(item)));
      }
    } catch (RuntimeException failed) {
      Log.failure(failed, "firmId", found.firm(), "item", found.key());
    }
  }
}
