package dev.clockbill.payment;

import dev.clockbill.shared.Secret;

/**
 * The mode that we work in at the processor, live or test: the kind of our own secret key. Stripe's
 * keys say it in their prefix, {@code sk_live_} or {@code rk_live_} (Stripe's documentation, "API
 * keys").
 */
final class ProcessorMode {
  private final Secret key;

  /** The mode of this key, which is read when it is first asked for. */
  ProcessorMode(Secret key) {
    this.key = key;
  }

  /** Whether an event of the live mode, or of the test mode, is of our mode. */
  boolean isOurs(boolean live) {
    return live(key.value()) == live || live(key.renewed()) == live;
  }

  private static boolean live(String key) {
    return key.startsWith("sk_live_") || key.startsWith("rk_live_");
  }
}
