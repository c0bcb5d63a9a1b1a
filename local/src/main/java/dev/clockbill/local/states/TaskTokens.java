package dev.clockbill.local.states;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The tokens of waiting tasks. A token contains the ARN of its state machine, so that permissions
 * can be checked for a used token too. Safe for many threads.
 */
final class TaskTokens {
  private static final String MARK = "token:";
  private static final int RANDOM_BYTES = 32;

  private final SecureRandom random = new SecureRandom();
  private final Map<String, Run> waiting = new ConcurrentHashMap<>();

  /** Creates a token for a run. */
  String issue(String machineArn, Run run) {
    byte[] secret = new byte[RANDOM_BYTES];
    random.nextBytes(secret);
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    String content = MARK + encoder.encodeToString(secret) + ":" + machineArn;
    String token = encoder.encodeToString(content.getBytes(StandardCharsets.UTF_8));
    waiting.put(token, run);
    return token;
  }

  void forget(String token) {
    waiting.remove(token);
  }

  /** The run that waits for a token. */
  Optional<Run> waiting(String token) {
    return Optional.ofNullable(waiting.get(token));
  }

  /** The ARN of the state machine of a token; empty if the token is invalid. */
  static Optional<String> machineArn(String token) {
    try {
      String content = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      String[] parts = content.split(":", 3);
      return content.startsWith(MARK) && parts.length == 3
          ? Optional.of(parts[2])
          : Optional.empty();
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}
