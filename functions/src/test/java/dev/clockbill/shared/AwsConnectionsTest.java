package dev.clockbill.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.AtOnce;
import dev.clockbill.local.http.HttpServer;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Connections to AWS's services that are kept. */
class AwsConnectionsTest {
  private static final int AT_ONCE = 8;
  private static final Map<String, Object> GET = Map.of("TableName", "Ledger");

  @Test
  void functionsEndIdleConnectionsBeforeTheLaptopsServerDoes() {
    assertThat(AwsConnections.values()).isNotEmpty();
    Duration kept = Duration.ofSeconds(Long.getLong("http.keepAlive.time.server"));
    assertThat(HttpServer.IDLE).isGreaterThan(kept.plusSeconds(10));
  }

  /** More than a call has attempts. */
  @Test
  void aCallSurvivesThatAllKeptConnectionsHaveEnded() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      CountDownLatch all = new CountDownLatch(AT_ONCE);
      CountDownLatch ended = new CountDownLatch(AT_ONCE);
      Thread.ofVirtual().start(() -> acceptAll(socket, all, ended));
      AwsService service =
          AwsService.dynamoDb(
              new Environment(
                  Map.of(
                      "AWS_REGION",
                      "eu-central-1",
                      "AWS_ENDPOINT_URL",
                      "http://127.0.0.1:" + socket.getLocalPort(),
                      "AWS_ACCESS_KEY_ID",
                      "AKIDEXAMPLE",
                      "AWS_SECRET_ACCESS_KEY",
                      "secret")));
      AtOnce.all(AT_ONCE, n -> service.call("GetItem", GET));
      ended.await();
      assertThat(service.call("GetItem", GET)).isEmpty();
    }
  }

  private static void acceptAll(ServerSocket socket, CountDownLatch all, CountDownLatch ended) {
    try {
      while (true) {
        Socket connection = socket.accept();
        Thread.ofVirtual().start(() -> answerOnce(connection, all, ended));
      }
    } catch (IOException over) {
      // The test is over.
    }
  }

  /** Answers once as many ask at the same time, and says no more: what is asked then is lost. */
  private static void answerOnce(Socket connection, CountDownLatch all, CountDownLatch ended) {
    try (connection;
        DataInputStream input = new DataInputStream(connection.getInputStream())) {
      StringBuilder head = new StringBuilder();
      while (!head.toString().endsWith("\r\n\r\n")) {
        head.append((char) input.readUnsignedByte());
      }
      String length = head.toString().replaceFirst("(?is).*content-length: (\\d+).*", "$1");
      input.readFully(new byte[Integer.parseInt(length)]);
      all.countDown();
      all.await();
      connection
          .getOutputStream()
          .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".getBytes(StandardCharsets.UTF_8));
      connection.shutdownOutput();
      ended.countDown();
      input.readAllBytes();
    } catch (IOException over) {
      // The test is over.
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
