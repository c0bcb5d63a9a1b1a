/** Cognito: a user pool, and the OpenID Connect issuer of the tokens that its users carry. */
package dev.clockbill.local.login;
