package dev.clockbill.local.http;

/** Another program uses the port; the message says what to do. */
public final class PortTaken extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Names the port. */
  PortTaken(int port) {
    super(
        "Port %d is taken by another program: stop that one, or choose another port with -Dport=%d."
            .formatted(port, port + 1));
  }
}
