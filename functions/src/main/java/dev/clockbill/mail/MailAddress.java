package dev.clockbill.mail;

import com.ibm.icu.text.IDNA;
import dev.clockbill.shared.Text;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Mail addresses: as people write them, and as they are sent.
 *
 * <p>A domain may hold letters of any script. It is kept and shown with them, and sent in its ASCII
 * form (UTS #46, nontransitional, as browsers resolve it). The part before the @ is ASCII: SES does
 * not support SMTPUTF8 (Amazon SES API reference, {@code Destination}: "the local part of a
 * destination email address … may only contain 7-bit ASCII characters. If the domain part …
 * contains non-ASCII characters, they must be encoded using Punycode").
 */
public final class MailAddress {
  /** Source: RFC 5321, without quoted local parts and address literals. */
  private static final Pattern SENT =
      Pattern.compile(
          "(?=.{1,64}@)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@"
              + "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
              + "(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+");

  private static final int LONGEST = 254;

  private MailAddress() {}

  /** What is wrong with a text that should be an address. */
  public enum Fault {
    /** It is none. */
    NONE("This is not an email address such as anna@example.com."),
    /** The part before the @ holds letters that mail services do not take. */
    LETTERS_BEFORE_AT(
        "Mail services take only the letters a to z, digits and signs before the @. Ask for another"
            + " address of theirs."),
    /** What follows the @ cannot be the name of a domain. */
    DOMAIN("What follows the @ is not the name of a domain such as example.com.");

    private final String words;

    Fault(String words) {
      this.words = words;
    }

    /** A sentence about it. */
    public String words() {
      return words;
    }
  }

  /**
   * An address as it is kept, or what is wrong with it.
   *
   * @param address null if there is a fault
   * @param fault null if there is none
   */
  public record Reading(String address, Fault fault) {}

  /**
   * Reads an address that a person wrote or pasted: blanks around it and whatever is invisible in
   * it are left out, and a domain in its ASCII form gets its letters back.
   */
  public static Reading read(String text) {
    String visible = Text.without(Text.normal(text), MailAddress::meaningless);
    int at = visible.lastIndexOf('@');
    if (at < 1) {
      return new Reading(null, Fault.NONE);
    }
    String local = visible.substring(0, at).strip();
    String domain = visible.substring(at + 1).strip();
    if (!ascii(local)) {
      return new Reading(null, Fault.LETTERS_BEFORE_AT);
    }
    if (ascii(domain) && !domain.toLowerCase(Locale.ROOT).contains("xn--")) {
      String address = local + "@" + domain;
      return sendable(address) ? new Reading(address, null) : new Reading(null, Fault.NONE);
    }
    IDNA.Info info = new IDNA.Info();
    StringBuilder unicode = new StringBuilder();
    Domains.IDNS.nameToUnicode(domain, unicode, info);
    String address = local + "@" + unicode;
    return !info.hasErrors() && sendable(sent(address))
        ? new Reading(address, null)
        : new Reading(null, Fault.DOMAIN);
  }

  /**
   * An address as mail services take it: its domain in ASCII. What is no address is returned as it
   * is, and then refused by the mail service.
   */
  public static String sent(String address) {
    int at = address.lastIndexOf('@');
    if (at < 0 || ascii(address)) {
      return address;
    }
    IDNA.Info info = new IDNA.Info();
    StringBuilder domain = new StringBuilder();
    Domains.IDNS.nameToASCII(address.substring(at + 1), domain, info);
    return info.hasErrors() ? address : address.substring(0, at) + "@" + domain;
  }

  /**
   * Equal for two addresses of the same mailbox, however case and the domain's form differ. Servers
   * may tell upper case from lower case before the @ (RFC 5321, section 2.4); none that matters
   * does.
   */
  public static String identity(String address) {
    return Text.identity(sent(address));
  }

  /** Whether two addresses are the same mailbox's. */
  public static boolean same(String one, String other) {
    return identity(one).equals(identity(other));
  }

  private static boolean sendable(String sent) {
    return sent.length() <= LONGEST && SENT.matcher(sent).matches();
  }

  /** Joiners may count in a domain: UTS #46 decides. */
  private static boolean meaningless(int character) {
    return Text.blankOrInvisible(character) && character > 127 && !joiner(character);
  }

  private static boolean joiner(int character) {
    return character == 0x200C || character == 0x200D;
  }

  private static boolean ascii(String text) {
    return text.chars().allMatch(each -> each < 128);
  }

  /** Read only where a domain is not plain. */
  private static final class Domains {
    private static final IDNA IDNS =
        IDNA.getUTS46Instance(
            IDNA.NONTRANSITIONAL_TO_ASCII
                | IDNA.NONTRANSITIONAL_TO_UNICODE
                | IDNA.CHECK_BIDI
                | IDNA.CHECK_CONTEXTJ
                | IDNA.USE_STD3_RULES);
  }
}
