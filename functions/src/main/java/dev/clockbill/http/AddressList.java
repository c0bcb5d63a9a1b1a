package dev.clockbill.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A field that holds several mail addresses. */
public final class AddressList {
  private AddressList() {}

  /**
   * Reads a list of at most {@code most} mail addresses; empty where it is absent or wrong. What is
   * wrong with one is said at its place, such as {@code cc[1]}.
   */
  public static List<String> read(Fields fields, String name, int most) {
    List<Object> sent = fields.list(name, most).orElse(List.of());
    List<String> addresses = new ArrayList<>();
    for (int at = 0; at < sent.size(); at++) {
      String place = name + "[" + at + "]";
      Fields one = Fields.of(Collections.singletonMap(place, sent.get(at)));
      String address = one.requiredEmail(place);
      try {
        one.check();
        addresses.add(address);
      } catch (Problem wrong) {
        wrong.errors().forEach(error -> fields.refuse(place, error.message()));
      }
    }
    return addresses;
  }
}
