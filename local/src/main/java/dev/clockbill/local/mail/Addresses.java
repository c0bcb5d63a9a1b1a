package dev.clockbill.local.mail;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.mail.Address;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Mail addresses as RFC 5322 writes them. */
final class Addresses {
  /** SES says "Address length is more than 320 bytes long": of the address with its name. */
  private static final int MOST_BYTES = 320;

  private Addresses() {}

  /**
   * One address, with or without a name.
   *
   * @throws IllegalArgumentException if it is not valid, not ASCII (SES developer guide, "Amazon
   *     SES email sending errors"), or longer than SES takes
   */
  static InternetAddress one(String text) {
    if (text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      throw new IllegalArgumentException(
          "Address length is more than " + MOST_BYTES + " bytes long: '" + text + "'.");
    }
    if (!StandardCharsets.US_ASCII.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException(
          "There are non-ASCII characters in the email address '"
              + text
              + "': write a name as encoded words (RFC 2047), a domain in Punycode.");
    }
    try {
      InternetAddress[] parsed = InternetAddress.parse(text, true);
      if (parsed.length == 1 && parsed[0].getAddress().contains("@")) {
        return parsed[0];
      }
    } catch (AddressException malformed) {
      throw new IllegalArgumentException("Illegal address: " + text, malformed);
    }
    throw new IllegalArgumentException("Illegal address: " + text);
  }

  /** The addresses of a list of JSON texts, without names. */
  static List<String> all(JsonNode texts) {
    List<String> addresses = new ArrayList<>();
    texts.forEach(text -> addresses.add(one(text.asText()).getAddress()));
    return addresses;
  }

  /** The addresses of a header, without names; none if the header is missing. */
  static List<String> all(Address[] header) {
    return header == null
        ? List.of()
        : Arrays.stream(header).map(address -> ((InternetAddress) address).getAddress()).toList();
  }

  /** An address with its decoded name. */
  static String shown(InternetAddress address) {
    return address.getPersonal() == null
        ? address.getAddress()
        : address.getPersonal() + " <" + address.getAddress() + ">";
  }
}
