package dev.clockbill.payment;

import dev.clockbill.shared.Log;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The accounts to which we have no access by what the processor answers in one run. It answers the
 * same (403, {@code account_invalid}) where a firm has disconnected its account, and for every
 * account where our key is one of another platform, or of the other mode. So it is believed only if
 * at least as many other accounts answer under the same key. Otherwise an operator is alarmed, and
 * the accounts stay as they are.
 *
 * <p>Source: Stripe's documentation, "Error codes"; that the message is "The provided key … does
 * not have access to account … (or that account does not exist). Application access may have been
 * revoked" in each of these cases is told in many public reports.
 */
final class LostAccounts {
  private final ProcessorAccounts accounts;
  private final Map<String, Instant> lost = new LinkedHashMap<>();
  private int answered;

  LostAccounts(ProcessorAccounts accounts) {
    this.accounts = accounts;
  }

  /** An account answered. */
  synchronized void answered() {
    answered++;
  }

  /** We seem to have no access to an account that counts as a firm's. */
  synchronized void lost(String account, Instant asked) {
    lost.put(account, asked);
  }

  /** Disconnects the accounts that are lost, or alarms an operator. */
  synchronized void judge() {
    if (answered >= lost.size()) {
      lost.forEach(accounts::disconnected);
    } else {
      Log.alarm(
          "processor accounts lost",
          "accounts",
          lost.size(),
          "answered",
          answered,
          "advice",
          "Look whether the processor's key is the right one; the accounts stay connected.");
    }
  }
}
