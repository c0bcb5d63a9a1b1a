package dev.clockbill.local.login;

/**
 * A person as a login by OpenID Connect knows them.
 *
 * @param provider the provider's name in the pool
 * @param attribute the attribute of the pool that the person is known by, or {@link #SUBJECT}
 * @param value what the provider says there; letters in another case are another person
 */
record Identity(String provider, String attribute, String value) {
  /** Stands for the provider's own identifier of a person. */
  static final String SUBJECT = "Cognito_Subject";
}
