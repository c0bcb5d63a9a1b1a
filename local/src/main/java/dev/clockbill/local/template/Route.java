package dev.clockbill.local.template;

/**
 * A route of the HTTP API.
 *
 * @param method in capitals; {@code ANY} for every method
 * @param path may contain {@code {name}} and {@code {name+}}; {@code $default} for requests without
 *     another route
 * @param open whether it needs no token
 */
public record Route(String method, String path, boolean open) {}
