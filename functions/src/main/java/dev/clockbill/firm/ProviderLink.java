package dev.clockbill.firm;

import dev.clockbill.shared.Json;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AttributeType;

/** Whether a login is linked to a person of a login provider. */
final class ProviderLink {
  private static final String IDENTITIES = "identities";

  private ProviderLink() {}

  /**
   * Reads the attribute {@code identities}, a JSON list of objects with {@code providerName}
   * (Cognito's {@code AdminGetUser}); without it a login is linked to nobody.
   */
  static boolean exists(List<AttributeType> attributes, String provider) {
    return attributes.stream()
        .filter(attribute -> attribute.name().equals(IDENTITIES))
        .map(attribute -> Json.read(attribute.value()))
        .anyMatch(
            identities ->
                identities instanceof List<?> listed
                    && listed.stream().anyMatch(identity -> isOf(identity, provider)));
  }

  private static boolean isOf(Object identity, String provider) {
    return identity instanceof Map<?, ?> known
        && known.get("providerName") instanceof String name
        && provider.equalsIgnoreCase(name);
  }
}
