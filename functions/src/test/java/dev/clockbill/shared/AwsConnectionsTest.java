package dev.clockbill.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.local.http.HttpServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Connections to AWS's services that are kept. */
class AwsConnectionsTest {

  /** Else some thirty may end at once, and each attempt of a call finds another of these. */
  @Test
  void functionsEndIdleConnectionsBeforeTheLaptopsServerDoes() {
    assertThat(new AwsConnections(true).kept()).isTrue();
    Duration kept = Duration.ofSeconds(Long.getLong("http.keepAlive.time.server"));
    assertThat(HttpServer.IDLE).isGreaterThan(kept.plusSeconds(10));
  }
}
