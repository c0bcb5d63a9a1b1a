package dev.clockbill.local.login;

import dev.clockbill.local.storage.DocumentStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The users of the pool, oldest first. Safe for many threads.
 *
 * <p>Whether a name or an address in another case is the same user's, is the pool's {@code
 * CaseSensitive}. A person whom a provider vouched for and who is linked to no user is a user of
 * their own, who is not found by their address.
 */
final class Users {
  private final DocumentStore store;
  private final boolean caseSensitive;
  private final Map<String, User> byKey = new LinkedHashMap<>();
  private int last;

  Users(DocumentStore store, boolean caseSensitive) {
    this.store = store;
    this.caseSensitive = caseSensitive;
    store.all().forEach((key, user) -> byKey.put(key, User.fromJson(user)));
    this.last = byKey.keySet().stream().mapToInt(Integer::parseInt).max().orElse(-1);
  }

  /** Adds a user; false if the name or email address is taken. */
  synchronized boolean add(User user) {
    if (find(user.username()).isPresent()
        || (!user.external() && user.attribute("email").flatMap(this::find).isPresent())) {
      return false;
    }
    keep("%08d".formatted(++last), user);
    return true;
  }

  /** Changes a user; empty if there is none with this name. */
  synchronized Optional<User> change(String name, UnaryOperator<User> change) {
    for (Map.Entry<String, User> entry : byKey.entrySet()) {
      if (isCalled(name).test(entry.getValue())) {
        User changed = change.apply(entry.getValue());
        keep(entry.getKey(), changed);
        return Optional.of(changed);
      }
    }
    return Optional.empty();
  }

  /** Forgets a user; empty if there is none with this name. */
  synchronized Optional<User> remove(String name) {
    Optional<User> found = find(name);
    byKey.entrySet().stream()
        .filter(entry -> found.filter(entry.getValue()::equals).isPresent())
        .map(Map.Entry::getKey)
        .toList()
        .forEach(
            key -> {
              store.remove(key);
              byKey.remove(key);
            });
    return found;
  }

  /** The user with this name, subject or email address. */
  synchronized Optional<User> find(String name) {
    return first(isCalled(name));
  }

  /** The user with exactly this username. */
  synchronized Optional<User> named(String username) {
    return first(user -> user.username().equals(username));
  }

  /** The user who is linked to a person of a provider, or is that person. */
  synchronized Optional<User> linked(Identity identity) {
    return first(user -> user.identities().contains(identity));
  }

  /**
   * Also accepts the part of the address before the at sign; the oldest user wins if several share
   * it.
   */
  synchronized Optional<User> findByShortName(String name) {
    return find(name)
        .or(() -> first(user -> user.shortName().filter(name::equalsIgnoreCase).isPresent()));
  }

  /** All users. */
  synchronized List<User> all() {
    return new ArrayList<>(byKey.values());
  }

  private Optional<User> first(Predicate<User> wanted) {
    return byKey.values().stream().filter(wanted).findFirst();
  }

  private Predicate<User> isCalled(String name) {
    return user ->
        same(user.username(), name)
            || user.subject().equals(name)
            || (!user.external()
                && user.attribute("email").filter(email -> same(email, name)).isPresent());
  }

  private boolean same(String one, String other) {
    return caseSensitive ? one.equals(other) : one.equalsIgnoreCase(other);
  }

  private void keep(String key, User user) {
    store.put(key, user.toJson());
    byKey.put(key, user);
  }
}
