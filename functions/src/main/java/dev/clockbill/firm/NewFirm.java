package dev.clockbill.firm;

import dev.clockbill.http.Fields;
import dev.clockbill.http.Role;
import dev.clockbill.mail.MailAddress;
import dev.clockbill.shared.Ids;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What the input of {@link CreateFirm} asks for, with defaults for what it leaves out.
 *
 * @param name of the firm
 * @param email of the firm; null where the owner's serves
 * @param address of the firm; may be null
 * @param payments the account at the processor, if there is one already
 * @param people the owner first
 */
record NewFirm(
    String name,
    String email,
    String address,
    String currency,
    ZoneId timeZone,
    FirmSettings.Payments payments,
    List<Person> people) {
  private static final int MOST_MEMBERS = 40;

  /**
   * Somebody who is going to log in.
   *
   * @param field where the request names them, for refusals
   * @param role what they may do
   * @param named whether the request gave the address; a made-up one is nobody's yet
   */
  record Person(String field, String name, String email, Role role, boolean named) {}

  /**
   * Reads the input of {@link CreateFirm}.
   *
   * @param standIn whether a stand-in takes the processor's place, as on laptops: only there may
   *     the input say that the firm can take payments, and leave out who is invited
   * @throws dev.clockbill.http.Problem 400 with every field that is wrong
   */
  static NewFirm read(Fields fields, boolean standIn) {
    List<Person> people = new ArrayList<>();
    Optional<Fields> named = fields.object("owner");
    if (named.isEmpty() && !standIn) {
      fields.refuse("owner", "Say who owns the firm: \"owner\": {\"name\", \"email\"}.");
    }
    Fields owner = named.orElse(Fields.none());
    people.add(person(owner, "owner", Role.OWNER, "Owner", standIn || named.isEmpty()));
    owner.check();
    fields
        .objects("members", MOST_MEMBERS)
        .ifPresent(
            members -> {
              for (Fields member : members) {
                String field = "members[" + (people.size() - 1) + "]";
                people.add(person(member, field, Role.STAFF, "Member", standIn));
                member.check();
              }
            });
    Long staff = fields.number("staff", 0, MOST_MEMBERS);
    if (staff != null && !standIn) {
      fields.refuse("staff", "Leave this out, and name the people in \"members\".");
    }
    for (int number = 1; staff != null && number <= staff; number++) {
      people.add(person(Fields.none(), "staff", Role.STAFF, "Staff " + number, true));
    }
    distinct(fields, people);
    NewFirm read =
        new NewFirm(
            otherwise(fields.text("name", Fields.NAME), "New Firm"),
            fields.email("email"),
            fields.textOrEmpty("address", Fields.NOTE),
            otherwise(FirmChange.currency(fields), "USD"),
            otherwise(FirmChange.timeZone(fields), ZoneId.of("UTC")),
            payments(fields, standIn),
            List.copyOf(people));
    fields.check();
    return read;
  }

  private static Person person(
      Fields fields, String field, Role role, String unnamed, boolean madeUp) {
    String email = madeUp ? fields.email("email") : fields.requiredEmail("email");
    String name = fields.text("name", Fields.NAME);
    String made = role.word() + "-" + Ids.next().toLowerCase(Locale.ROOT) + "@example.com";
    return new Person(
        field,
        otherwise(name, unnamed),
        email == null ? made : MailAddress.sent(email).toLowerCase(Locale.ROOT),
        role,
        email != null);
  }

  private static void distinct(Fields fields, List<Person> people) {
    Set<String> addresses = new HashSet<>();
    for (Person person : people) {
      if (!addresses.add(person.email())) {
        fields.refuse(person.field() + ".email", "Everybody needs an address of their own.");
      }
    }
  }

  /**
   * Without an account id one is made up, since a stand-in takes any. Whether an account of the
   * processor itself is the firm's and can take payments only the processor can say, and it does
   * when an owner connects it.
   */
  private static FirmSettings.Payments payments(Fields fields, boolean standIn) {
    String ready = fields.choice("payments", FirmSettings.PaymentsStatus.READY.word());
    String accountId = fields.text("accountId", Fields.NAME);
    if (!standIn) {
      refuse(fields, "payments", ready);
      refuse(fields, "accountId", accountId);
      return FirmSettings.Payments.MISSING;
    }
    if (accountId != null && !accountId.matches("acct_[A-Za-z0-9]+")) {
      fields.refuse("accountId", "This has to be the processor's account, such as acct_1A2b3C.");
    }
    if (ready == null) {
      if (accountId != null) {
        fields.refuse("accountId", "An account goes with \"payments\": \"ready\".");
      }
      return FirmSettings.Payments.MISSING;
    }
    String made = "acct_" + Ids.next().toLowerCase(Locale.ROOT);
    return new FirmSettings.Payments(FirmSettings.PaymentsStatus.READY, otherwise(accountId, made));
  }

  private static void refuse(Fields fields, String field, String given) {
    if (given != null) {
      fields.refuse(
          field, "Leave this out: an owner connects the firm's account under Settings, Payments.");
    }
  }

  private static <T> T otherwise(T given, T otherwise) {
    return given == null ? otherwise : given;
  }
}
