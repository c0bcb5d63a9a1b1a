package dev.clockbill.local.login;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.local.template.LoginEntry;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * {@code AdminLinkProviderForUser}: from then on a person of a provider logs in as a user of the
 * pool.
 *
 * <p>As Cognito's API reference has it: the user is named by the username, no alias; a user with an
 * immutable attribute cannot be linked; the person is known by the provider's own identifier or by
 * an attribute that the provider's mapping fills, and must not have logged in yet; a user has at
 * most five of them.
 */
final class Linking {
  private static final int MOST = 5;

  private final Users users;
  private final LoginEntry pool;

  Linking(Users users, LoginEntry pool) {
    this.users = users;
    this.pool = pool;
  }

  /** Links, and gives the empty answer. */
  ObjectNode link(JsonNode body, Instant now) throws PoolRefusal {
    JsonNode destination = body.path("DestinationUser");
    if (!destination.path("ProviderName").asText().equals("Cognito")) {
      throw PoolRefusal.parameter("The stack links users of the pool alone: ProviderName Cognito.");
    }
    User user =
        users
            .named(destination.path("ProviderAttributeValue").asText())
            .orElseThrow(() -> new PoolRefusal("UserNotFoundException", "User does not exist."));
    for (String name : user.attributes().keySet()) {
      if (!pool.custom().getOrDefault(name, true)) {
        throw PoolRefusal.parameter("The attribute " + name + " of the user is immutable.");
      }
    }
    Identity identity = source(body.path("SourceUser"));
    Optional<User> linked = users.linked(identity).or(() -> stranger(identity));
    if (linked.isPresent()) {
      throw PoolRefusal.parameter(
          linked.get().username().equals(user.username())
              ? "SourceUser is already linked to DestinationUser"
              : "Merging is not currently supported, provide a SourceUser that has not been signed"
                  + " up in order to link");
    }
    if (user.identities().size() >= MOST) {
      throw new PoolRefusal("LimitExceededException", "The user has five identities already.");
    }
    users.change(user.username(), found -> found.linkedTo(identity, now));
    return JsonNodeFactory.instance.objectNode();
  }

  private Identity source(JsonNode source) throws PoolRefusal {
    Identity identity =
        new Identity(
            source.path("ProviderName").asText(),
            source.path("ProviderAttributeName").asText(),
            source.path("ProviderAttributeValue").asText());
    Map<String, String> mapping = pool.providers().get(identity.provider());
    if (mapping == null) {
      throw new PoolRefusal(
          "ResourceNotFoundException",
          "Identity provider " + identity.provider() + " does not exist.");
    }
    if (!identity.attribute().equals(Identity.SUBJECT)
        && !mapping.containsKey(identity.attribute())) {
      throw PoolRefusal.parameter(
          "The provider fills no attribute \"" + identity.attribute() + "\".");
    }
    if (identity.value().isEmpty()) {
      throw PoolRefusal.parameter("ProviderAttributeValue must not be empty.");
    }
    return identity;
  }

  /** A user of their own that a person became by logging in before they were linked. */
  private Optional<User> stranger(Identity identity) {
    return users.all().stream()
        .filter(User::external)
        .filter(
            user ->
                user.identities().stream()
                    .anyMatch(own -> own.provider().equals(identity.provider())))
        .filter(
            user ->
                user.attribute(identity.attribute()).filter(identity.value()::equals).isPresent())
        .findFirst();
  }

  /** The attribute {@code identities} of a user, as {@code AdminGetUser} gives it. */
  static ArrayNode described(User user) {
    ArrayNode described = JsonNodeFactory.instance.arrayNode();
    for (Identity identity : user.identities()) {
      described
          .addObject()
          .put("userId", identity.value())
          .put("providerName", identity.provider())
          .put("providerType", "OIDC")
          .putNull("issuer")
          .put("primary", user.external())
          .put("dateCreated", user.modifiedAt().toEpochMilli());
    }
    return described;
  }
}
