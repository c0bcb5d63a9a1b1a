/**
 * Who may log in, and the tokens that say so: Cognito's user pool and its OpenID Connect issuer.
 */
package dev.clockbill.local.login;
