package dev.clockbill.local.processor;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Settings of the processor.
 *
 * @param base the address of the stack, without a slash at the end
 * @param webhook the address of the webhook
 * @param key the secret key of requests; {@code {function}} in it matches the logical id of the
 *     calling function
 * @param webhookSecret the secret that signs webhook events, such as {@code whsec_…}
 */
public record ProcessorSettings(String base, URI webhook, String key, String webhookSecret) {
  private static final String FUNCTION = "{function}";

  /**
   * The function that uses a key.
   *
   * @return empty if the key is wrong; an empty name if keys contain no function
   */
  Optional<String> caller(String given) {
    int at = key.indexOf(FUNCTION);
    if (at < 0) {
      return key.equals(given) ? Optional.of("") : Optional.empty();
    }
    Matcher matcher =
        Pattern.compile(
                Pattern.quote(key.substring(0, at))
                    + "([A-Za-z0-9*]+)"
                    + Pattern.quote(key.substring(at + FUNCTION.length())))
            .matcher(given);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** Whether the key is one of the live mode; its events are of that mode too. */
  boolean live() {
    return key.startsWith("sk_live_") || key.startsWith("rk_live_");
  }
}
