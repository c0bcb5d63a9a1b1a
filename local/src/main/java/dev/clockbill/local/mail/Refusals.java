package dev.clockbill.local.mail;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Mails that a test wants to be refused, or taken and found to carry a virus. Safe for many
 * threads.
 */
final class Refusals {

  /** How a mail is refused. */
  enum Kind {
    /** Permanently. */
    MESSAGE_REJECTED("MessageRejected"),
    /** Temporarily: the mail may be sent later. */
    THROTTLING("Throttling"),
    /** Not at once: the mail is taken, and then rejected as a virus. */
    VIRUS("Virus");

    private final String name;

    Kind(String name) {
      this.name = name;
    }

    /** How it is refused at once; empty if it is taken. */
    Optional<Refusal> refusal() {
      return switch (this) {
        case MESSAGE_REJECTED -> Optional.of(Refusal.rejected("Email address is not accepted."));
        case THROTTLING ->
            Optional.of(
                new Refusal(429, "TooManyRequestsException", "Maximum sending rate exceeded."));
        case VIRUS -> Optional.empty();
      };
    }

    static Kind named(String name) {
      for (Kind kind : values()) {
        if (kind.name.equals(name)) {
          return kind;
        }
      }
      throw new IllegalArgumentException(
          "\"with\" must be \"MessageRejected\", \"Throttling\" or \"Virus\", not \""
              + name
              + "\".");
    }
  }

  private record Pending(Kind kind, long times) {}

  private final Map<String, Pending> byAddress = new HashMap<>();

  /** Refuses the next mails to an address; 0 times cancels it. */
  synchronized void add(String address, long times, Kind kind) {
    if (times == 0) {
      byAddress.remove(key(address));
    } else {
      byAddress.put(key(address), new Pending(kind, times));
    }
  }

  /** Counts a mail; empty if nothing should happen to it. */
  synchronized Optional<Kind> take(List<String> recipients) {
    for (String recipient : recipients) {
      Pending pending = byAddress.get(key(recipient));
      if (pending != null) {
        add(recipient, pending.times() - 1, pending.kind());
        return Optional.of(pending.kind());
      }
    }
    return Optional.empty();
  }

  private static String key(String address) {
    return address.toLowerCase(Locale.ROOT);
  }
}
