package dev.clockbill.firm;

import dev.clockbill.http.Fields;
import dev.clockbill.http.Problem;
import dev.clockbill.http.Role;
import dev.clockbill.mail.MailAddress;
import dev.clockbill.shared.Ids;
import dev.clockbill.shared.Log;
import dev.clockbill.shared.SearchText;
import dev.clockbill.table.ConditionFailed;
import dev.clockbill.table.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UsernameExistsException;

/**
 * Invites staff: first an item in the firm, then a login. The user pool mails the invitation.
 *
 * <p>The item comes first, because a login without one would have access that no owner could see or
 * end. An item whose login is still missing is marked, and the same invitation completes it.
 */
public final class Invitations {
  /** More are not asked about with one list, so that its work is bounded. */
  private static final int ASKED_AT_ONCE = 25;

  private final Table table;
  private final Users users;
  private final StaffLogins logins;

  /** Keeps members in this table and logins in this pool. */
  public Invitations(Table table, Users users) {
    this.table = table;
    this.users = users;
    this.logins = new StaffLogins(table, users);
  }

  /**
   * Invites somebody.
   *
   * @param fields {@code name}, {@code email} and {@code role}; {@code hourlyRate} and {@code
   *     rates} may be there too
   * @throws Problem 400; 409 {@code email-in-use} if somebody logs in with the address already
   */
  public StaffMember invite(String firm, Fields fields) {
    String name = fields.requiredText("name", Fields.NAME);
    String email = fields.requiredEmail("email");
    Role role = fields.requiredChoice("role", Role.values(), Role::word);
    StaffRates rates = StaffRates.NONE.merged(fields, ids -> RateFields.services(table, firm, ids));
    fields.check();
    String address = MailAddress.sent(email).toLowerCase(Locale.ROOT);
    Optional<StaffMember> brokenOff = brokenOff(firm, address);
    String staffId = brokenOff.map(StaffMember::staffId).orElseGet(Ids::next);
    Users.Membership theirs = new Users.Membership(firm, staffId);
    if (users.find(address).filter(login -> !login.equals(theirs)).isPresent()) {
      throw inUse("Somebody logs in with this address already. Use another one.");
    }
    long version = brokenOff.map(StaffMember::version).orElse(1L);
    StaffMember member =
        StaffMemberBuilder.builder(rates.given(StaffMember.invited(staffId, name, address, role)))
            .inviting(true)
            .version(version)
            .build();
    begin(firm, member, brokenOff.isPresent());
    try {
      finish(firm, member);
    } catch (UsernameExistsException quicker) {
      takeBack(firm, member);
      throw justInvited();
    }
    return member;
  }

  /**
   * Mails an invitation again, for seven days more.
   *
   * @throws Problem 404 {@code staff-not-found}; 409 {@code staff-inactive}, {@code
   *     invitation-accepted} or {@code email-in-use}
   */
  public StaffMember inviteAgain(String firm, String staffId) {
    StaffMember member =
        table
            .get(firm, StaffItem.key(staffId))
            .map(StaffItem::of)
            .orElseThrow(() -> Problem.notFound("staff"));
    if (!member.active()) {
      throw Problem.of(
          409, "staff-inactive", "Their access has ended. Activate them again, then invite them.");
    }
    boolean mailed = member.inviting() && finished(firm, member);
    if (!mailed) {
      mailAgain(firm, member);
    }
    return member;
  }

  private void mailAgain(String firm, StaffMember member) {
    switch (users.inviteAgain(firm, member)) {
      case MAILED -> {}
      case MISSING -> finished(firm, member);
      case SOMEBODY_ELSES -> throw somebodyElses();
      case ACCEPTED ->
          throw Problem.of(
              409,
              "invitation-accepted",
              "They have logged in already. Whoever has forgotten their password gets a new one on"
                  + " the login page.");
    }
  }

  /** The same as {@link #finish}, for a member who was in the list before. */
  private boolean finished(String firm, StaffMember member) {
    try {
      return finish(firm, member);
    } catch (UsernameExistsException theirs) {
      throw somebodyElses();
    }
  }

  /**
   * Makes the login of a member whose item is there, or completes the one that an invitation left
   * when it broke off.
   *
   * @return whether it was made: then the pool has mailed the invitation
   * @throws UsernameExistsException if the address is somebody else's login
   */
  private boolean finish(String firm, StaffMember member) {
    boolean made = users.invite(firm, member);
    if (!made) {
      logins.bringInLine(firm, member);
    }
    table.write(StaffItem.invited(firm, member.staffId()));
    return made;
  }

  /**
   * All members of a firm, by name. Of those whose invitation is pending the user pool is asked
   * whether they have logged in since; it has no list of one firm's users, since custom attributes
   * cannot be searched ({@code ListUsers} of Cognito's API reference). Once it is known, it is
   * noted. Logins that are behind are brought in line. If there are very many, some are asked about
   * with a later list.
   */
  public List<StaffMember> members(String firm) {
    List<StaffMember> members =
        table.family(firm, StaffItem.PREFIX).stream()
            .map(StaffItem::of)
            .sorted(Comparator.comparing(member -> SearchText.of(member.name())))
            .toList();
    List<StaffMember> unsettled =
        new ArrayList<>(members.stream().filter(StaffMember::unsettled).toList());
    Collections.shuffle(unsettled);
    unsettled.sort(Comparator.comparing(StaffMember::loginBehind).reversed());
    Set<StaffMember> accepted = ConcurrentHashMap.newKeySet();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      unsettled.stream()
          .limit(ASKED_AT_ONCE)
          .forEach(
              member ->
                  threads.execute(
                      () -> {
                        if (nowAccepted(firm, member)) {
                          accepted.add(member);
                        }
                      }));
    }
    return members.stream()
        .map(
            member ->
                accepted.contains(member) ? member.withInvitation(Invitation.ACCEPTED) : member)
        .toList();
  }

  private boolean nowAccepted(String firm, StaffMember member) {
    try {
      if (member.loginBehind()) {
        logins.bringInLine(firm, member);
      }
      boolean accepted = member.awaited() && users.haveAccepted(firm, member);
      if (accepted) {
        table.write(StaffItem.accepted(firm, member.staffId()));
      }
      return accepted;
    } catch (SdkException | ConditionFailed unknown) {
      // The list is worth more than the answer, which comes with a later list.
      Log.failure(unknown, "firmId", firm, "staffId", member.staffId());
      return false;
    }
  }

  private void begin(String firm, StaffMember member, boolean again) {
    try {
      table.write(again ? StaffItem.inviteAgain(firm, member) : StaffItem.create(firm, member));
    } catch (ConditionFailed quicker) {
      throw justInvited();
    }
  }

  /** The member with this address whose invitation was not completed, if there is one. */
  private Optional<StaffMember> brokenOff(String firm, String address) {
    Optional<StaffMember> member =
        table.family(firm, StaffItem.PREFIX).stream()
            .map(StaffItem::of)
            .filter(other -> other.email().equalsIgnoreCase(address))
            .findFirst();
    if (member.filter(before -> !before.inviting()).isPresent()) {
      throw inUse(
          member.get().active()
              ? "Somebody with this address belongs to the firm already."
              : "Somebody with this address belonged to the firm. Activate them again instead.");
    }
    return member;
  }

  private void takeBack(String firm, StaffMember member) {
    try {
      table.write(StaffItem.delete(firm, member));
    } catch (ConditionFailed alreadyGone) {
      // Another request repeated the same invitation and took it back first.
    }
  }

  private static Problem justInvited() {
    return inUse("Somebody was just invited with this address.");
  }

  private static Problem somebodyElses() {
    return inUse(
        "Somebody else logs in with this address by now. Deactivate this member, and invite them"
            + " with another address.");
  }

  private static Problem inUse(String detail) {
    return Problem.of(409, "email-in-use", detail);
  }
}
