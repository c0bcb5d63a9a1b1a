package dev.clockbill.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a user pool, its client and its providers. */
final class LoginReader {
  private static final String PREFIX = "custom:";

  /** What {@code SchemaAttributeType} and {@code PasswordPolicyType} say where nothing is said. */
  private static final int TEMPORARY_DAYS = 7;

  private static final Set<String> STANDARD =
      Set.of(
          "address",
          "birthdate",
          "email",
          "email_verified",
          "family_name",
          "gender",
          "given_name",
          "locale",
          "middle_name",
          "name",
          "nickname",
          "phone_number",
          "phone_number_verified",
          "picture",
          "preferred_username",
          "profile",
          "sub",
          "updated_at",
          "website",
          "zoneinfo");

  private LoginReader() {}

  /**
   * What a template says of its login.
   *
   * @param pool the properties of the pool, resolved; missing where there is none
   * @param client those of the client
   * @param providers those of each provider, by its name
   * @throws TemplateException where Cognito would refuse it
   */
  static LoginEntry read(JsonNode pool, JsonNode client, Map<String, JsonNode> providers) {
    Map<String, Boolean> custom = new LinkedHashMap<>();
    for (JsonNode attribute : pool.path("Schema")) {
      String name = attribute.path("Name").asText();
      if (!STANDARD.contains(name)) {
        custom.put(PREFIX + name, attribute.path("Mutable").asBoolean(false));
      }
    }
    Optional<Set<String>> readable = names(client, "ReadAttributes", custom);
    Optional<Set<String>> writable = names(client, "WriteAttributes", custom);
    Map<String, Map<String, String>> offered = new LinkedHashMap<>();
    for (JsonNode name : client.path("SupportedIdentityProviders")) {
      if (!name.asText().equals("COGNITO")) {
        JsonNode provider = providers.get(name.asText());
        if (provider == null || !provider.path("ProviderType").asText().equals("OIDC")) {
          throw new TemplateException(
              "SupportedIdentityProviders: the pool has no provider "
                  + name.asText()
                  + " by OpenID Connect.");
        }
        offered.put(name.asText(), mapping(provider, custom, writable));
      }
    }
    return new LoginEntry(
        pool.path("UsernameConfiguration").path("CaseSensitive").asBoolean(true),
        pool.path("Policies")
            .path("PasswordPolicy")
            .path("TemporaryPasswordValidityDays")
            .asInt(TEMPORARY_DAYS),
        custom,
        readable,
        offered);
  }

  private static Optional<Set<String>> names(
      JsonNode client, String property, Map<String, Boolean> custom) {
    if (!client.has(property)) {
      return Optional.empty();
    }
    Set<String> names = new LinkedHashSet<>();
    for (JsonNode name : client.path(property)) {
      if (!STANDARD.contains(name.asText()) && !custom.containsKey(name.asText())) {
        throw new TemplateException(
            property + ": the pool has no attribute \"" + name.asText() + "\".");
      }
      names.add(name.asText());
    }
    return Optional.of(names);
  }

  /**
   * The client has to be able to write what a provider fills, or Cognito refuses that login ({@code
   * WriteAttributes} of {@code CreateUserPoolClient}); what it fills has to be mutable.
   */
  private static Map<String, String> mapping(
      JsonNode provider, Map<String, Boolean> custom, Optional<Set<String>> writable) {
    Map<String, String> mapping = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : provider.path("AttributeMapping").properties()) {
      String attribute = entry.getKey();
      boolean verified = attribute.endsWith("_verified");
      if (!verified && writable.filter(listed -> !listed.contains(attribute)).isPresent()) {
        throw new TemplateException(
            "AttributeMapping: the client may not write \"" + attribute + "\".");
      }
      if (!custom.getOrDefault(attribute, true)) {
        throw new TemplateException("AttributeMapping: \"" + attribute + "\" is immutable.");
      }
      mapping.put(attribute, entry.getValue().asText());
    }
    return mapping;
  }
}
