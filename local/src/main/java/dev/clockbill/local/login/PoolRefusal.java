package dev.clockbill.local.login;

/** A call that the user pool refuses, with Cognito's code. */
final class PoolRefusal extends Exception {
  private static final long serialVersionUID = 1;

  private final String code;

  PoolRefusal(String code, String message) {
    super(message);
    this.code = code;
  }

  static PoolRefusal parameter(String message) {
    return new PoolRefusal("InvalidParameterException", message);
  }

  String code() {
    return code;
  }
}
