package dev.clockbill.http;

import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import java.util.Optional;

/**
 * Asks with each request whether its person still belongs to the firm.
 *
 * <p>A token stays valid until it expires: a user pool's own sign-out ends refresh tokens, but the
 * gateway checks only a token's signature and its expiry (Amazon Cognito, "Ending user sessions
 * with token revocation" and {@code AdminUserGlobalSignOut}). So the member's item is read too. It
 * can only take rights away: firm and role come from the token, and a role that was taken away
 * since counts no longer.
 *
 * <p>The read is eventually consistent, half a read unit. Before somebody is refused the item is
 * read consistently: who was invited or activated a moment ago is let in.
 *
 * <p>The item goes on with the request ({@link Caller#member()}), so that nothing reads it twice.
 * Whoever takes more from it than who may do what has it as it was a moment ago, too: what was
 * written within about the last second may be missing.
 */
public final class Membership {
  private static final String PREFIX = "STAFF#";

  private final Table table;

  Membership(Table table) {
    this.table = table;
  }

  /** The key of a member's item; all of them begin with {@link #key(String) key("")}. */
  public static String key(String staffId) {
    return PREFIX + staffId;
  }

  /**
   * The request as its person may make it now, with their item: an owner who is none any more asks
   * as staff.
   *
   * @throws Problem 401 {@code access-ended} if the person is deactivated, or unknown to the firm;
   *     RFC 6750, section 3.1, has this status for a token that was revoked. 401 {@code
   *     wrong-token} for one that names nobody: an access token has no attributes, yet the gateway
   *     lets it in, since it checks {@code client_id} where a token has no {@code aud} (Amazon API
   *     Gateway, "Control access to HTTP APIs with JWT authorizers"). 401 {@code no-firm} for an ID
   *     token without them: somebody logged in whom no firm has invited
   */
  Request admitted(Request request) {
    Caller caller = request.caller();
    if (caller.firm().isEmpty() || caller.staffId().isEmpty()) {
      throw request.claims().get("token_use") instanceof String use && use.equals("id")
          ? belongsNowhere(caller)
          : namesNobody();
    }
    String key = key(caller.staffId());
    Item member =
        table
            .glance(caller.firm(), key)
            .filter(Membership::active)
            .or(() -> reread(caller, key))
            .orElseThrow(Membership::ended);
    Request theirs = request.by(member);
    return caller.owner() && role(member) != Role.OWNER ? theirs.as(role(member)) : theirs;
  }

  private Optional<Item> reread(Caller caller, String key) {
    return table.get(caller.firm(), key).filter(Membership::active);
  }

  private static boolean active(Item member) {
    return member.bool("active");
  }

  private static Role role(Item member) {
    return Role.of(member.text("role"));
  }

  private static Problem namesNobody() {
    return Problem.of(
        401,
        "wrong-token",
        "This token says neither firm nor person. Send the ID token that the login gives, not the"
            + " access token.");
  }

  private static Problem belongsNowhere(Caller caller) {
    return Problem.of(
        401,
        "no-firm",
        "You are logged in"
            + (caller.email().isEmpty() ? "" : " as " + caller.email())
            + ", but no firm has invited you here. Ask an owner of your firm to invite you with"
            + " this very address, then log out and in again. If you were invited, log in with the"
            + " address and the password of the invitation.");
  }

  private static Problem ended() {
    return Problem.of(
        401,
        "access-ended",
        "Your access to this firm has ended. If that is a mistake, ask an owner of the firm to"
            + " activate you again under Settings.");
  }
}
