package dev.clockbill.payment;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.firm.FirmSettings.Payments;
import dev.clockbill.shared.Again;
import dev.clockbill.shared.Item;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Ledger;
import dev.clockbill.shared.Problem;
import dev.clockbill.shared.Write;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The firms' accounts at the processor, as we know of them: kept with the firm's settings, and
 * found by a pointer where only the account is known.
 */
final class FirmAccounts {
  private static final int TRIES = 8;
  private static final String PAYMENTS = "payments";

  /** When what we know was so, in seconds since 1970: older news changes nothing. */
  private static final String AS_OF = "accountAsOf";

  private final Ledger ledger;

  FirmAccounts(Ledger ledger) {
    this.ledger = ledger;
  }

  /** How far a firm's setup is. */
  Payments payments(String firm) {
    return FirmSettings.read(ledger, firm).payments();
  }

  private Item settings(String firm) {
    return ledger.get(firm, FirmSettings.KEY).orElseThrow(() -> Problem.notFound("firm"));
  }

  /** The firm whose account this is, if it is one's. */
  Optional<String> firmOf(String accountId) {
    return ledger.get(partition(accountId), "POINTER").map(pointer -> pointer.text("firmId"));
  }

  /** Connects a firm, whose payments are as they were read, with its new account. */
  static List<Write> connected(String firm, Payments asRead, String accountId) {
    return List.of(
        same(firm, asRead)
            .set(PAYMENTS, attributes(new Payments("pending", accountId)))
            .add("version", 1),
        Write.put(partition(accountId), "POINTER", Json.object("firmId", firm)).ifAbsent());
  }

  /** Changes nothing of a firm whose payments are still as they were read. */
  static Write same(String firm, Payments asRead) {
    return Write.update(firm, FirmSettings.KEY).ifEquals(PAYMENTS, kept(asRead));
  }

  /**
   * Keeps what the processor tells of a firm's account, both ways.
   *
   * @param chargesEnabled whether customers can pay
   * @param asOf when that was so; if something later is known, that stays
   * @return how far the setup is now
   */
  Payments changed(String firm, boolean chargesEnabled, Instant asOf) {
    return Again.ifOvertaken(
        TRIES,
        () -> {
          Item settings = settings(firm);
          Payments now = FirmSettings.of(settings).payments();
          if (settings.number(AS_OF, 0) > asOf.getEpochSecond()) {
            return now;
          }
          Payments then = new Payments(chargesEnabled ? "ready" : "pending", now.accountId());
          Write write =
              same(firm, now)
                  .ifAbsentOrBelow(AS_OF, asOf.getEpochSecond() + 1)
                  .set(AS_OF, asOf.getEpochSecond());
          ledger.write(
              then.equals(now) ? write : write.set(PAYMENTS, attributes(then)).add("version", 1));
          return then;
        });
  }

  private static String partition(String accountId) {
    return "ACCOUNT#" + accountId;
  }

  private static Map<String, Object> attributes(Payments payments) {
    return Json.object("status", payments.status(), "accountId", payments.accountId());
  }

  /** As the item has it: without what is missing. */
  private static Item kept(Payments payments) {
    return new Item(Item.values(attributes(payments)));
  }
}
