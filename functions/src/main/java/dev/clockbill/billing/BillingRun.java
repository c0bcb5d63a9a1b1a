package dev.clockbill.billing;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/**
 * A billing run: it makes a draft of all unbilled time up to a day for each customer, and then
 * sends those that a person has looked at. Its parts and drafts are items of their own.
 *
 * @param upTo the last day whose time it bills, where the firm is
 * @param who asked for it, as the history of its drafts names them
 * @param askedAt when that was
 * @param monthly whether it was begun by the firm's day of the month and not by a person
 * @param chosen whether it is of chosen customers only, who are an item of their own
 * @param plan the id of the attempt that divided it into parts; null until then
 * @param parts into how many it was divided
 * @param complete whether the parts have all time that was found
 * @param drafts how many it has made, once it is ready
 * @param totals what they came to then: minor units by currency
 * @param sends how often people asked it to send drafts
 * @param handled how many of these requests are done
 * @param execution the name of the execution that drives it, or drove it last
 * @param restarts how many executions were started for it
 */
@RecordBuilder
record BillingRun(
    String runId,
    State state,
    LocalDate upTo,
    String who,
    Instant askedAt,
    boolean monthly,
    boolean chosen,
    String plan,
    long parts,
    boolean complete,
    long drafts,
    Map<String, Long> totals,
    long sends,
    long handled,
    String execution,
    long restarts)
    implements BillingRunBuilder.With {

  /**
   * What it is to send: the ids of drafts, each with the number of the latest request that names it
   * and is not done yet.
   *
   * @param chosen gives the ids that the request of a number names
   */
  Map<String, Long> wanted(LongFunction<List<String>> chosen) {
    Map<String, Long> wanted = new LinkedHashMap<>();
    for (long n = handled + 1; n <= sends; n++) {
      for (String invoiceId : chosen.apply(n)) {
        wanted.put(invoiceId, n);
      }
    }
    return wanted;
  }

  /** The keys of the requests to send that are not done yet. */
  List<String> asking() {
    return LongStream.rangeClosed(handled + 1, sends)
        .mapToObj(n -> BillingRunItem.chosenKey(runId, n))
        .toList();
  }

  /** How far a run has come. */
  enum State {
    /** It makes its drafts. */
    PREPARING,
    /** Its drafts wait for a person. */
    READY,
    /** It sends those that were chosen. */
    SENDING,
    /** What was asked of it is done, or it found nothing; more of its drafts can be sent. */
    DONE;

    /** As responses and the table write it. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** Whether an execution has to drive it. */
    boolean underWay() {
      return switch (this) {
        case PREPARING, SENDING -> true;
        case READY, DONE -> false;
      };
    }
  }
}
