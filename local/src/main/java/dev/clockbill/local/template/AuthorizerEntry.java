package dev.clockbill.local.template;

import java.util.List;

/**
 * The JWT authorizer that guards every route not declared open.
 *
 * @param issuer the {@code iss} that a token must carry
 * @param audience of which a token must be for one
 */
public record AuthorizerEntry(String issuer, List<String> audience) {}
