package dev.clockbill.firm;

/** The check digits by which a wrongly copied number shows; each takes digits only. */
final class CheckDigits {
  private CheckDigits() {}

  /** The sum of all digits by their weights, from the left. */
  static int weighted(String digits, int... weights) {
    int sum = 0;
    for (int at = 0; at < weights.length; at++) {
      sum += weights[at] * digit(digits, at);
    }
    return sum;
  }

  /** ISO 7064 Mod 11, 10: the last digit checks those before it. */
  static boolean mod11And10(String digits) {
    int product = 10;
    for (int at = 0; at < digits.length() - 1; at++) {
      int sum = (digit(digits, at) + product) % 10;
      product = (sum == 0 ? 10 : sum) * 2 % 11;
    }
    return (product + digit(digits, digits.length() - 1)) % 10 == 1;
  }

  /** Luhn: the last digit checks those before it. */
  static boolean luhn(String digits) {
    int sum = 0;
    for (int at = 0; at < digits.length(); at++) {
      boolean doubled = (digits.length() - at) % 2 == 0;
      int digit = digit(digits, at) * (doubled ? 2 : 1);
      sum += digit / 10 + digit % 10;
    }
    return sum % 10 == 0;
  }

  private static int digit(String digits, int at) {
    return digits.charAt(at) - '0';
  }
}
