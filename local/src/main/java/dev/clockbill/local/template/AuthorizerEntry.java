package dev.clockbill.local.template;

import java.util.List;

/**
 * The JWT authorizer of every route that is not declared open.
 *
 * @param issuer the required {@code iss} of a token
 * @param audience the accepted audiences
 */
public record AuthorizerEntry(String issuer, List<String> audience) {}
