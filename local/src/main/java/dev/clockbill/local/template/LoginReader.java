package dev.clockbill.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
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

  private final JsonNode pool;
  private final Map<String, JsonNode> providers;
  private final Map<String, Boolean> custom = new LinkedHashMap<>();

  /**
   * Reads a pool.
   *
   * @param pool its properties, resolved
   * @param providers those of each provider, by its name
   */
  LoginReader(Optional<JsonNode> pool, Map<String, JsonNode> providers) {
    this.pool = pool.orElse(MissingNode.getInstance());
    this.providers = providers;
    for (JsonNode attribute : this.pool.path("Schema")) {
      String name = attribute.path("Name").asText();
      if (!STANDARD.contains(name)) {
        custom.put(PREFIX + name, attribute.path("Mutable").asBoolean(false));
      }
    }
  }

  /** The pool with its clients. */
  LoginEntry entry(List<LoginClient> clients) {
    return new LoginEntry(
        pool.path("UsernameConfiguration").path("CaseSensitive").asBoolean(true),
        pool.path("Policies")
            .path("PasswordPolicy")
            .path("TemporaryPasswordValidityDays")
            .asInt(TEMPORARY_DAYS),
        custom,
        clients);
  }

  /**
   * A client of the pool.
   *
   * @param properties resolved
   * @throws TemplateException where Cognito would refuse it
   */
  LoginClient client(String clientId, JsonNode properties) {
    Optional<Set<String>> writable = names(properties, "WriteAttributes");
    Map<String, Map<String, String>> offered = new LinkedHashMap<>();
    for (JsonNode name : properties.path("SupportedIdentityProviders")) {
      if (!name.asText().equals("COGNITO")) {
        JsonNode provider = providers.get(name.asText());
        if (provider == null || !provider.path("ProviderType").asText().equals("OIDC")) {
          throw new TemplateException(
              "SupportedIdentityProviders: the pool has no provider "
                  + name.asText()
                  + " by OpenID Connect.");
        }
        offered.put(name.asText(), mapping(provider, writable));
      }
    }
    Set<String> flows = new LinkedHashSet<>();
    properties.path("ExplicitAuthFlows").forEach(flow -> flows.add(flow.asText()));
    return new LoginClient(clientId, flows, names(properties, "ReadAttributes"), offered);
  }

  private Optional<Set<String>> names(JsonNode client, String property) {
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
  private Map<String, String> mapping(JsonNode provider, Optional<Set<String>> writable) {
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
