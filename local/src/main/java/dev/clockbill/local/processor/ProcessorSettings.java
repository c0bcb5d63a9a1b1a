package dev.clockbill.local.processor;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the processor's stand-in is set up.
 *
 * @param base the address at which people reach the stack, without a slash at the end
 * @param webhook where callbacks are sent
 * @param key the secret key that calls must carry; {@code {function}} in it stands for the logical
 *     id of the function that calls, so that a function can be told from another
 * @param webhookSecret the secret by which callbacks are signed, such as {@code whsec_…}
 */
public record ProcessorSettings(String base, URI webhook, String key, String webhookSecret) {
  private static final String FUNCTION = "{function}";

  /**
   * Who calls with a key.
   *
   * @return empty if the key is wrong; an empty name if keys name nobody
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
}
