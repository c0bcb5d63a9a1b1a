package dev.clockbill.payment;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.clockbill.Project;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Stripe's own stand-in, which checks the shape of every request. It is a Go program: taken from
 * the path, or installed by {@code go} where that is there. It answers on loopback alone.
 */
final class StripeMock implements AutoCloseable {
  private static final String MODULE = "github.com/stripe/stripe-mock@v0.203.0";
  private static final String NAME = "stripe-mock";
  private static final Duration INSTALLS_WITHIN = Duration.ofMinutes(4);
  private static final Duration STARTS_WITHIN = Duration.ofSeconds(30);

  private final Process process;
  private final int port;

  private StripeMock(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts it; where there is none the test is left out, and a line says so. */
  static StripeMock start() throws IOException, InterruptedException {
    Optional<Path> program = found().or(StripeMock::installed);
    if (program.isEmpty()) {
      String why =
          "The check against stripe-mock is left out: neither it nor go is on this machine.";
      System.out.println(why);
      return abort(why);
    }
    int port = freePort();
    Process process =
        new ProcessBuilder(
                program.get().toString(),
                "-http-addr",
                "127.0.0.1:" + port,
                "-https-addr",
                "127.0.0.1:" + freePort())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    StripeMock mock = new StripeMock(process, port);
    mock.awaitStart();
    return mock;
  }

  private static Optional<Path> found() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .map(folder -> Path.of(folder, NAME))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Optional<Path> installed() {
    Path folder = Project.path("functions/target/stripe-mock").toAbsolutePath();
    Path program = folder.resolve(NAME);
    if (Files.isExecutable(program)) {
      return Optional.of(program);
    }
    try {
      ProcessBuilder install =
          new ProcessBuilder("go", "install", MODULE)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD);
      install.environment().put("GOBIN", folder.toString());
      Process running = install.start();
      if (!running.waitFor(INSTALLS_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
        running.destroyForcibly();
      }
    } catch (IOException noGo) {
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return Optional.of(program).filter(Files::isExecutable);
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private void awaitStart() throws InterruptedException {
    long begun = System.nanoTime();
    while (process.isAlive() && System.nanoTime() - begun < STARTS_WITHIN.toNanos()) {
      try (Socket connected = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (connected.isConnected()) {
          return;
        }
      } catch (IOException notYet) {
        process.waitFor(50, TimeUnit.MILLISECONDS);
      }
    }
    throw new IllegalStateException("stripe-mock does not start");
  }

  /** Its address. */
  String address() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.destroy();
  }

  /** What it is started with, for a message. */
  @Override
  public String toString() {
    return String.join(" ", List.of(MODULE, address()));
  }
}
