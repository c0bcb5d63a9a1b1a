package dev.clockbill.http;

import dev.clockbill.table.Item;
import java.util.Map;

/**
 * The caller, from the verified token and from nowhere else.
 *
 * @param firm the firm's id: the scope of everything the call may read or write
 * @param staffId the member of staff
 * @param role what the person may do
 * @param name the person's name
 * @param email the person's address
 * @param member the person's own item in the firm, as {@link Membership} has just read it; null on
 *     routes that do not ask it
 */
public record Caller(
    String firm, String staffId, Role role, String name, String email, Item member) {

  /** The claim that has the role. */
  static final String ROLE = "cognito:groups";

  /** Reads the claims that the authorizer verified; all of them arrive as text. */
  static Caller of(Map<String, Object> claims, Item member) {
    String groups = text(claims, ROLE);
    boolean owner = groups.matches(".*\\bowner\\b.*");
    return new Caller(
        text(claims, "custom:firmId"),
        text(claims, "custom:staffId"),
        owner ? Role.OWNER : Role.STAFF,
        Characters.plain(text(claims, "name")),
        text(claims, "email"),
        member);
  }

  /** Whether the caller owns the firm. */
  public boolean owner() {
    return role == Role.OWNER;
  }

  /**
   * Refuses everybody but owners.
   *
   * @throws Problem 403 {@code owner-only}
   */
  public void mustOwn(String what) {
    if (!owner()) {
      throw Problem.ownerOnly("Only an owner of the firm may " + what + ".");
    }
  }

  private static String text(Map<String, Object> claims, String name) {
    Object claim = claims.get(name);
    return claim == null ? "" : claim.toString();
  }
}
