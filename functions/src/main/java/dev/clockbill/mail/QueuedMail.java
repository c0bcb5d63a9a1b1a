package dev.clockbill.mail;

import dev.clockbill.shared.Ids;
import dev.clockbill.shared.Time;
import dev.clockbill.table.DueQueue;
import dev.clockbill.table.Index;
import dev.clockbill.table.Item;
import dev.clockbill.table.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the table knows of a mail: whether it was sent, by whom it is claimed, and what its sender
 * has to know. Not every mail was queued before it is claimed.
 *
 * @param state how far its sending has come
 * @param recipient the address it goes to; null where its sender finds that elsewhere
 * @param claim who sends it, or sent it; null if nobody has begun
 * @param waits whether it is in the due queue: it is to be sent, or that it was sent is to be
 *     recorded
 * @param execution the name of the workflow's execution that sends it; null for others
 * @param restarts how many executions were started for it after the first
 * @param facts its item, for what its kind keeps beside all that
 */
public record QueuedMail(
    Mail.Id id,
    State state,
    String recipient,
    Claim claim,
    boolean waits,
    String execution,
    long restarts,
    Item facts) {

  private static final String TRIES = "tries";
  private static final String REJECTED = "rejected";

  /** How long a claim holds without a confirmation. */
  public static final Duration CLAIM = Duration.ofMinutes(5);

  /** How far the sending of a mail has come. */
  public enum State {
    /** It is to be sent. */
    QUEUED("queued"),
    /** It is being sent; if that was long ago, nobody knows how it ended. */
    CLAIMED("claimed"),
    /** The mail service took it. */
    SENT("sent"),
    /** It will never be sent. */
    GIVEN_UP("givenUp");

    private final String word;

    State(String word) {
      this.word = word;
    }

    private static State of(String word) {
      return Arrays.stream(values())
          .filter(state -> state.word.equals(word))
          .findFirst()
          .orElseThrow();
    }
  }

  /**
   * A claim: whoever holds it sends the mail.
   *
   * @param claimId its own id
   * @param at when the mail was claimed
   */
  public record Claim(String claimId, Instant at) {
    /** A new claim. */
    static Claim now() {
      return new Claim(Ids.next(), Time.now());
    }
  }

  /** Reads a mail's item. */
  public static QueuedMail of(Item item) {
    return new QueuedMail(
        Mail.Id.of(item),
        State.of(item.text("state")),
        item.text("to"),
        item.has("claimId") ? new Claim(item.text("claimId"), item.instant("claimedAt")) : null,
        DueQueue.holds(item),
        item.text("execution"),
        item.number("again", 0),
        item);
  }

  /** The facts of a mail that goes to an address which its sender finds nowhere else. */
  public static Map<String, Object> recipient(String address) {
    return Map.of("to", address);
  }

  /**
   * Queues a mail; part of the transaction that makes it necessary. It waits in the due queue until
   * it is recorded as sent or given up.
   *
   * @param execution the name of the workflow's execution that sends it
   * @param facts what its sender has to know
   */
  public static Write queued(Mail.Id id, String execution, Map<String, Object> facts) {
    Map<String, Object> attributes = new LinkedHashMap<>(facts);
    attributes.put("state", State.QUEUED.word);
    attributes.put("execution", execution);
    return Write.put(id.firm(), id.key(), attributes)
        .due(DueQueue.PUSHES, id.mailId(), Time.now().plus(DueQueue.PATIENCE))
        .ifAbsent();
  }

  /**
   * Keeps what the sender of a mail has to know before the mail is claimed; part of the transaction
   * that makes the mail necessary. It is not in the due queue: something else has it sent.
   */
  public static Write prepared(Mail.Id id, Map<String, Object> facts) {
    Map<String, Object> attributes = new LinkedHashMap<>(facts);
    attributes.put("state", State.QUEUED.word);
    return Write.put(id.firm(), id.key(), attributes).ifAbsent();
  }

  /** Whether somebody has still to learn that it was sent. */
  public boolean unconfirmed() {
    return switch (state) {
      case QUEUED, CLAIMED -> true;
      case SENT, GIVEN_UP -> false;
    };
  }

  /** Whether the mail service found a virus in it after it took it: it was not sent after all. */
  public boolean rejected() {
    return facts.bool(REJECTED);
  }

  /** Whether it is noted that it came back from its first recipient, or was not wanted. */
  public boolean returned() {
    return facts.bool("returned");
  }

  /** Whether it was sent as far as is known, and that is recorded. */
  public boolean went() {
    return state == State.SENT && !waits && !rejected();
  }

  /**
   * Hands a mail that waits to another execution. It fails if the mail is not due any more when it
   * was as read: the last execution has recorded it, or somebody else has handed it on.
   */
  public Write restarted(String execution) {
    long next = restarts + 1;
    return Write.update(id.firm(), id.key())
        .ifEquals(Index.DUE.sort(), facts.text(Index.DUE.sort()))
        .set("execution", execution)
        .set("again", next)
        .due(
            DueQueue.PUSHES,
            id.mailId(),
            Time.now().plus(DueQueue.PATIENCE).plus(DueQueue.backoff(next)));
  }

  /** Claims a mail that nobody sends at present and nobody sent before. */
  static Write claimed(Mail.Id id, Claim claim) {
    return Write.upsert(id.firm(), id.key())
        .set("state", State.CLAIMED.word)
        .set("claimedAt", claim.at())
        .set("claimId", claim.claimId())
        .ifEither(
            List.of(
                Write::ifAbsent,
                write -> write.ifEquals("state", State.QUEUED.word),
                write ->
                    write
                        .ifEquals("state", State.CLAIMED.word)
                        .ifAtMost("claimedAt", claim.at().minus(CLAIM))));
  }

  /** Gives a claim back: the mail was not sent. */
  static Write unclaimed(Mail.Id id, Claim claim) {
    return Write.update(id.firm(), id.key())
        .set("state", State.QUEUED.word)
        .ifEquals("state", State.CLAIMED.word)
        .ifEquals("claimId", claim.claimId());
  }

  /**
   * Gives a claim back since the mail has to wait.
   *
   * @param tries how often it was tried in vain
   * @param next when it is due again, for a mail in the due queue
   */
  static Write waiting(Mail.Id id, Claim claim, long tries, Optional<Instant> next) {
    Write waiting = unclaimed(id, claim).set(TRIES, tries);
    next.ifPresent(when -> waiting.due(DueQueue.PUSHES, id.mailId(), when));
    return waiting;
  }

  /** How often a mail was tried in vain since the mail service took none, by its item. */
  static long tries(Item item) {
    return item.number(TRIES, 0);
  }

  /**
   * Notes that a mail was sent, as the mail service's events say. Its claim may have been given
   * back since: the call that sent it was then taken for lost. It stays in the due queue: what
   * follows from it is recorded by its sender.
   */
  public static Write confirmed(Mail.Id id) {
    return Write.update(id.firm(), id.key())
        .set("state", State.SENT.word)
        .set("sentAt", Time.now())
        .ifOneOf("state", List.of(State.CLAIMED.word, State.QUEUED.word));
  }

  /** Records that a mail was sent; there is nothing left to do about it. */
  static Write sent(Mail.Id id) {
    return Write.update(id.firm(), id.key())
        .set("state", State.SENT.word)
        .set("sentAt", Time.now())
        .notDue();
  }

  /** Notes that the mail service found a virus in a mail; fails if that was noted before. */
  public static Write rejected(Mail.Id id) {
    return Write.update(id.firm(), id.key()).set(REJECTED, true).ifEquals(REJECTED, null);
  }

  /**
   * Notes that a mail came back from a recipient, or was not wanted; fails if that was noted
   * before.
   *
   * @param recipient their place among the recipients, from 0
   */
  public static Write returned(Mail.Id id, int recipient) {
    String returned = recipient == 0 ? "returned" : "returned" + recipient;
    return Write.update(id.firm(), id.key()).set(returned, true).ifEquals(returned, null);
  }

  /** Takes a mail that was sent out of the due queue: nothing follows from it any more. */
  public static Write over(Mail.Id id) {
    return Write.update(id.firm(), id.key()).notDue().ifEquals("state", State.SENT.word);
  }

  /** The same, if it is still in the due queue as it was read, and not known to be sent. */
  public Write givenUpAsRead() {
    return givenUp(id).ifEquals(Index.DUE.sort(), facts.text(Index.DUE.sort()));
  }

  /**
   * Records that a mail will never be sent; there is nothing left to do about it. It fails if the
   * mail is known to be sent.
   */
  public static Write givenUp(Mail.Id id) {
    return Write.upsert(id.firm(), id.key())
        .set("state", State.GIVEN_UP.word)
        .notDue()
        .ifEither(
            List.of(
                Write::ifAbsent,
                write ->
                    write.ifOneOf(
                        "state",
                        List.of(State.QUEUED.word, State.CLAIMED.word, State.GIVEN_UP.word))));
  }
}
