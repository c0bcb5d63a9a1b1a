package dev.clockbill.local.login;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A user of the pool.
 *
 * @param username the name in the pool
 * @param attributes by name, {@code sub}, {@code email} and {@code custom:…} among them
 * @param groups in the order they were added
 * @param enabled whether the user may log in
 * @param temporaryUntil until when the temporary password of an invitation may be used; null once
 *     the user has one of their own
 * @param external whether a provider vouches for the user alone: nobody made them, and they have no
 *     password
 * @param identities the persons of providers who log in as this user
 * @param signOuts how often the user was signed out everywhere: refresh tokens from before are void
 * @param createdAt when the user was created
 * @param modifiedAt when the user was last changed
 */
@RecordBuilder
public record User(
    String username,
    Map<String, String> attributes,
    List<String> groups,
    boolean enabled,
    Instant temporaryUntil,
    boolean external,
    List<Identity> identities,
    long signOuts,
    Instant createdAt,
    Instant modifiedAt) {

  /** Copies the collections. */
  public User {
    attributes = Map.copyOf(attributes);
    groups = List.copyOf(groups);
    identities = List.copyOf(identities);
  }

  /** The identifier that never changes. */
  public String subject() {
    return attributes.get("sub");
  }

  /** An attribute; empty if the user does not have it. */
  public Optional<String> attribute(String name) {
    return Optional.ofNullable(attributes.get(name));
  }

  /** The part of the email address before the at sign; empty without an address. */
  public Optional<String> shortName() {
    return attribute("email").map(email -> email.substring(0, Math.max(0, email.indexOf('@'))));
  }

  /** Whether the user has chosen a password of their own; a temporary one is for one login. */
  public boolean confirmed() {
    return temporaryUntil == null;
  }

  /** Whether the user's temporary password has run out, so that only a new one lets them in. */
  boolean expired(Instant now) {
    return temporaryUntil != null && !temporaryUntil.isAfter(now);
  }

  /** Whether the user may log in now. */
  boolean mayLogIn(Instant now) {
    return enabled && !expired(now);
  }

  User inGroup(String group, Instant now) {
    if (groups.contains(group)) {
      return this;
    }
    List<String> more = new ArrayList<>(groups);
    more.add(group);
    return UserBuilder.builder(this).groups(more).modifiedAt(now).build();
  }

  User notInGroup(String group, Instant now) {
    List<String> fewer = new ArrayList<>(groups);
    fewer.remove(group);
    return UserBuilder.builder(this).groups(fewer).modifiedAt(now).build();
  }

  User enabled(boolean changed, Instant now) {
    return UserBuilder.builder(this).enabled(changed).modifiedAt(now).build();
  }

  User withAttributes(Map<String, String> changed, Instant now) {
    Map<String, String> merged = new LinkedHashMap<>(attributes);
    merged.putAll(changed);
    return UserBuilder.builder(this).attributes(merged).modifiedAt(now).build();
  }

  /** The user with one more person of a provider who logs in as them. */
  User linkedTo(Identity identity, Instant now) {
    List<Identity> more = new ArrayList<>(identities);
    more.add(identity);
    return UserBuilder.builder(this).identities(more).modifiedAt(now).build();
  }

  /** The user with a new temporary password. */
  User invitedUntil(Instant until, Instant now) {
    return UserBuilder.builder(this).temporaryUntil(until).modifiedAt(now).build();
  }

  /** The user after a login, at which a temporary password is replaced by their own. */
  User loggedIn(Instant now) {
    return confirmed()
        ? this
        : UserBuilder.builder(this).temporaryUntil(null).modifiedAt(now).build();
  }

  /** The user after a sign-out everywhere. */
  User signedOut(Instant now) {
    return UserBuilder.builder(this).signOuts(signOuts + 1).modifiedAt(now).build();
  }

  ObjectNode toJson() {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("username", username)
            .put("enabled", enabled)
            .put("temporaryUntil", confirmed() ? null : temporaryUntil.toString())
            .put("external", external)
            .put("signOuts", signOuts)
            .put("createdAt", createdAt.toString())
            .put("modifiedAt", modifiedAt.toString());
    ObjectNode named = json.putObject("attributes");
    attributes.forEach(named::put);
    groups.forEach(json.putArray("groups")::add);
    ArrayNode persons = json.putArray("identities");
    identities.forEach(
        identity ->
            persons
                .addObject()
                .put("provider", identity.provider())
                .put("attribute", identity.attribute())
                .put("value", identity.value()));
    return json;
  }

  static User fromJson(JsonNode json) {
    Map<String, String> attributes = new LinkedHashMap<>();
    json.path("attributes")
        .properties()
        .forEach(entry -> attributes.put(entry.getKey(), entry.getValue().asText()));
    List<String> groups = new ArrayList<>();
    json.path("groups").forEach(group -> groups.add(group.asText()));
    List<Identity> identities = new ArrayList<>();
    json.path("identities")
        .forEach(
            identity ->
                identities.add(
                    new Identity(
                        identity.path("provider").asText(),
                        identity.path("attribute").asText(),
                        identity.path("value").asText())));
    return new User(
        json.path("username").asText(),
        attributes,
        groups,
        json.path("enabled").asBoolean(),
        json.hasNonNull("temporaryUntil")
            ? Instant.parse(json.path("temporaryUntil").asText())
            : null,
        json.path("external").asBoolean(),
        identities,
        json.path("signOuts").asLong(),
        Instant.parse(json.path("createdAt").asText()),
        Instant.parse(json.path("modifiedAt").asText()));
  }
}
