package dev.clockbill.local.login;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
 * @param createdAt when the user was created
 * @param modifiedAt when the user was last changed
 */
public record User(
    String username,
    Map<String, String> attributes,
    List<String> groups,
    boolean enabled,
    Instant createdAt,
    Instant modifiedAt) {

  /** Copies the collections. */
  public User {
    attributes = Map.copyOf(attributes);
    groups = List.copyOf(groups);
  }

  /** The identifier that never changes. */
  public String subject() {
    return attributes.get("sub");
  }

  /** An attribute; empty if the user does not have it. */
  public Optional<String> attribute(String name) {
    return Optional.ofNullable(attributes.get(name));
  }

  /** The part of the e-mail address before the at sign; empty without an address. */
  public Optional<String> shortName() {
    return attribute("email").map(email -> email.substring(0, Math.max(0, email.indexOf('@'))));
  }

  User inGroup(String group, Instant now) {
    if (groups.contains(group)) {
      return this;
    }
    List<String> more = new ArrayList<>(groups);
    more.add(group);
    return new User(username, attributes, more, enabled, createdAt, now);
  }

  User notInGroup(String group, Instant now) {
    List<String> fewer = new ArrayList<>(groups);
    fewer.remove(group);
    return new User(username, attributes, fewer, enabled, createdAt, now);
  }

  User enabled(boolean changed, Instant now) {
    return new User(username, attributes, groups, changed, createdAt, now);
  }

  User withAttributes(Map<String, String> changed, Instant now) {
    Map<String, String> merged = new LinkedHashMap<>(attributes);
    merged.putAll(changed);
    return new User(username, merged, groups, enabled, createdAt, now);
  }

  ObjectNode toJson() {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("username", username)
            .put("enabled", enabled)
            .put("createdAt", createdAt.toString())
            .put("modifiedAt", modifiedAt.toString());
    ObjectNode named = json.putObject("attributes");
    attributes.forEach(named::put);
    groups.forEach(json.putArray("groups")::add);
    return json;
  }

  static User fromJson(JsonNode json) {
    Map<String, String> attributes = new LinkedHashMap<>();
    json.path("attributes")
        .properties()
        .forEach(entry -> attributes.put(entry.getKey(), entry.getValue().asText()));
    List<String> groups = new ArrayList<>();
    json.path("groups").forEach(group -> groups.add(group.asText()));
    return new User(
        json.path("username").asText(),
        attributes,
        groups,
        json.path("enabled").asBoolean(),
        Instant.parse(json.path("createdAt").asText()),
        Instant.parse(json.path("modifiedAt").asText()));
  }
}
