package dev.clockbill.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clockbill.AtOnce;
import dev.clockbill.Partition;
import dev.clockbill.local.http.HttpServer;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections to AWS's services, and what becomes of those that end. */
class AwsConnectionsTest {
  private static final int AT_ONCE = 8;
  private static final Map<String, Object> GET = Map.of("TableName", "Ledger");

  private final AtomicInteger connections = new AtomicInteger();
  private final ServerSocket socket;

  AwsConnectionsTest() throws IOException {
    this.socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void stop() throws IOException {
    socket.close();
  }

  /** What the other end of a connection does. */
  @FunctionalInterface
  private interface End {
    void serve(DataInputStream input, OutputStream output, Socket connection)
        throws IOException, InterruptedException;
  }

  /** A service whose connections end there. */
  private AwsService at(End end) {
    Thread.ofVirtual().start(() -> acceptAll(end));
    return Partition.service("http://127.0.0.1:" + socket.getLocalPort());
  }

  private void acceptAll(End end) {
    try {
      while (true) {
        Socket connection = socket.accept();
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(connection, end));
      }
    } catch (IOException over) {
      // The test is over.
    }
  }

  private static void serve(Socket connection, End end) {
    try (connection;
        DataInputStream input = new DataInputStream(connection.getInputStream())) {
      end.serve(input, connection.getOutputStream(), connection);
    } catch (IOException over) {
      // The test is over.
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether there was one. */
  private static boolean readRequest(DataInputStream input) throws IOException {
    StringBuilder head = new StringBuilder();
    for (int read = input.read(); read >= 0; read = input.read()) {
      head.append((char) read);
      if (head.toString().endsWith("\r\n\r\n")) {
        String length = head.toString().replaceFirst("(?is).*content-length: (\\d+).*", "$1");
        input.readFully(new byte[Integer.parseInt(length)]);
        return true;
      }
    }
    return false;
  }

  private static byte[] bytes(String answer) {
    return answer.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void functionsEndIdleConnectionsBeforeTheLaptopsServerDoes() {
    assertThat(AwsConnections.values()).isNotEmpty();
    Duration kept = Duration.ofSeconds(Long.getLong("http.keepAlive.time.server"));
    assertThat(HttpServer.IDLE).isGreaterThan(kept.plusSeconds(10));
  }

  @Test
  void anAnswerThatDoesNotSayItsLengthIsReadToItsEnd() {
    AwsService service =
        at(
            (input, output, connection) -> {
              readRequest(input);
              output.write(
                  bytes(
                      "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + "{\"Item\":{\"a\":\"b\"}}"));
            });
    assertThat(service.call("GetItem", GET)).isEqualTo(Map.of("Item", Map.of("a", "b")));
  }

  /** On AWS each new connection costs a handshake of TLS. */
  @Test
  void aConnectionServesManyCalls() {
    AwsService service =
        at(
            (input, output, connection) -> {
              while (readRequest(input)) {
                output.write(bytes("HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\n\r\n{}"));
              }
            });
    for (int call = 0; call < 5; call++) {
      assertThatThrownBy(() -> service.call("GetItem", GET)).isInstanceOf(AwsRefused.class);
    }
    assertThat(connections).hasValue(1);
  }

  /** More than a call has attempts. */
  @Test
  void aCallSurvivesThatAllKeptConnectionsHaveEnded() throws Exception {
    CountDownLatch all = new CountDownLatch(AT_ONCE);
    CountDownLatch ended = new CountDownLatch(AT_ONCE);
    AwsService service =
        at(
            (input, output, connection) -> {
              readRequest(input);
              all.countDown();
              all.await();
              output.write(bytes("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"));
              // What is asked from now on is lost.
              connection.shutdownOutput();
              ended.countDown();
              input.readAllBytes();
            });
    AtOnce.all(AT_ONCE, n -> service.call("GetItem", GET));
    ended.await();
    assertThat(service.call("GetItem", GET)).isEmpty();
  }
}
