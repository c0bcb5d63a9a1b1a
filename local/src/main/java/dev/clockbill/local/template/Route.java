package dev.clockbill.local.template;

/**
 * A route of the HTTP API.
 *
 * @param method in capitals; {@code ANY} for every method
 * @param path with {@code {name}} and {@code {name+}} for what varies; {@code $default} for
 *     whatever no other route takes
 * @param open whether it is served without a token
 */
public record Route(String method, String path, boolean open) {}
