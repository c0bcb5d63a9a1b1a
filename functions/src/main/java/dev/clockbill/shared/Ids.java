package dev.clockbill.shared;

import com.github.f4b6a3.ulid.Ulid;
import com.github.f4b6a3.ulid.UlidFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;

/** Identifiers and secrets. */
public final class Ids {
  private static final Pattern ULID = Pattern.compile("[0-7][0-9A-HJKMNP-TV-Z]{25}");
  private static final int RANDOM_BYTES = 10;
  private static final int SECRET_BYTES = 16;

  /** Those of the same millisecond count on from one to the next. */
  private static volatile UlidFactory ulids = UlidFactory.newMonotonicInstance();

  private Ids() {}

  /** A new identifier, a ULID: later ones sort after earlier ones. */
  public static String next() {
    return ulids.create(Time.source().millis()).toString();
  }

  /**
   * Forgets the last identifier: functions that are restored from one snapshot would all count on
   * from there, if their clocks were behind the one by which it was made.
   */
  static void beginAnew() {
    ulids = UlidFactory.newMonotonicInstance();
  }

  /**
   * An identifier that is always the same for the same thing: made of it and not of chance, so that
   * what is brought in twice is made once. It sorts as one made at that moment.
   *
   * @param what all that tells the thing from others
   */
  public static String of(Instant moment, String what) {
    byte[] random = Arrays.copyOf(Sha256.of(what), RANDOM_BYTES);
    return new Ulid(moment.toEpochMilli(), random).toString();
  }

  /** When an identifier was made, cut to the second. */
  public static Instant madeAt(String id) {
    return Ulid.from(id).getInstant().truncatedTo(ChronoUnit.SECONDS);
  }

  /** Whether a text has the form of an identifier, so that nothing else becomes part of a key. */
  public static boolean looksLikeOne(String text) {
    return text != null && ULID.matcher(text).matches();
  }

  /** 128 random bits for an address that must not be guessed, as 22 characters fit for a URL. */
  public static String secret() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Chance.bytes(SECRET_BYTES));
  }
}
