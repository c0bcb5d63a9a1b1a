package dev.clockbill.shared;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signatures of texts by a secret: HMAC-SHA-256, in hexadecimal. */
public final class Signature {
  private static final String METHOD = "HmacSHA256";

  private Signature() {}

  /**
   * Signs a text.
   *
   * @param secrets separated by commas; the first one signs
   */
  public static String of(String text, String secrets) {
    return hash(text, secrets.split(",")[0].strip());
  }

  /**
   * Whether a signature is one of a text, compared in constant time.
   *
   * @param secrets separated by commas; one of them has to fit: during a rotation there are two
   */
  public static boolean fits(String signature, String text, String secrets) {
    boolean fits = false;
    for (String secret : secrets.split(",")) {
      if (!secret.isBlank()) {
        fits |= MessageDigest.isEqual(bytes(hash(text, secret.strip())), bytes(signature));
      }
    }
    return fits;
  }

  private static String hash(String text, String secret) {
    try {
      Mac mac = Mac.getInstance(METHOD);
      mac.init(new SecretKeySpec(bytes(secret), METHOD));
      return HexFormat.of().formatHex(mac.doFinal(bytes(text)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
