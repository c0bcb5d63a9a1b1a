package dev.clockbill.portal;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.http.Http;
import dev.clockbill.http.Problem;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Serves the browser interface's files, the API's description and the health check: public. */
public final class Portal implements RequestStreamHandler {
  private static final Pattern COMMA = Pattern.compile(",");
  private static final Pattern REFUSED = Pattern.compile(";\\s*q=0(\\.0*)?$");

  private final PortalFiles files = new PortalFiles();
  private final PortalFiles.PortalFile page;
  private final String worker;
  private final String manifest;
  private final String policy;

  /** Wired from the process's environment. */
  public Portal() {
    this(System.getenv());
  }

  /**
   * Wired from these variables.
   *
   * @param variables {@code LOGIN_ISSUER} and {@code LOGIN_CLIENT_ID} of the login by OpenID
   *     Connect, and {@code LOGIN_ORIGINS}, the origins with which it is done, blanks between them
   */
  public Portal(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    String login =
        Json.write(
            Json.object(
                "issuer", environment.required("LOGIN_ISSUER"),
                "clientId", environment.required("LOGIN_CLIENT_ID")));
    this.page = IndexPage.made(files, login);
    this.worker =
        text("service-worker.js")
            .replace("{hash}", files.hash())
            .replace("{files}", Json.write(files.neededOffline()));
    this.manifest = text("manifest.webmanifest");
    this.policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self';"
            + " img-src 'self' data:; manifest-src 'self'; worker-src 'self'; connect-src 'self' "
            + environment.required("LOGIN_ORIGINS")
            + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Http.serve(input, output, this::answer);
  }

  private Response answer(Request request) {
    return switch (request.route()) {
      case "GET /" ->
          served(page, request)
              .with("content-security-policy", policy)
              .with("referrer-policy", "no-referrer")
              .with("cache-control", "no-cache");
      case "GET /assets/{hash}/{file+}" -> asset(request);
      // Browsers ask for it anew by themselves; its own requests are bound by its own policy.
      case "GET /service-worker.js" ->
          Response.of(200, "text/javascript; charset=utf-8", worker)
              .with("content-security-policy", "default-src 'none'; connect-src 'self'")
              .with("cache-control", "no-cache");
      case "GET /manifest.webmanifest" ->
          Response.of(200, "application/manifest+json", manifest).with("cache-control", "no-cache");
      case "GET /openapi.yaml" ->
          Response.of(200, "application/yaml; charset=utf-8", resource("/openapi.yaml"))
              .with("cache-control", "public, max-age=300");
      case "GET /health" ->
          Response.json(200, Json.object("status", "up")).with("cache-control", "no-store");
      default -> throw Http.unknownRoute(request);
    };
  }

  /** A file of the portal's, with the address of the others. */
  private String text(String name) {
    return new String(files.file(name).orElseThrow().content(), StandardCharsets.UTF_8)
        .replace("{assets}", files.assets());
  }

  /** A file under the hash of the tree that it belongs to; files of other trees are not here. */
  private Response asset(Request request) {
    boolean current = files.hash().equals(Json.text(request.pathParameters(), "hash"));
    return files
        .file(Json.text(request.pathParameters(), "file"))
        .filter(file -> current)
        .map(
            file ->
                served(file, request).with("cache-control", "public, max-age=31536000, immutable"))
        .orElseThrow(
            () ->
                Problem.of(
                    404, "file-not-found", "There is no such file any more. Load the page again."));
  }

  private static Response served(PortalFiles.PortalFile file, Request request) {
    String accepted = request.header("accept-encoding").orElse("");
    Optional<String> best =
        file.compressed().keySet().stream().filter(name -> accepts(accepted, name)).findFirst();
    Response response =
        Response.of(
                200, file.contentType(), best.map(file.compressed()::get).orElse(file.content()))
            .with("vary", "accept-encoding");
    return best.map(encoding -> response.with("content-encoding", encoding)).orElse(response);
  }

  /** Whether an encoding is named by an Accept-Encoding (RFC 9110, 12.5.3), and not as refused. */
  private static boolean accepts(String accepted, String encoding) {
    return COMMA
        .splitAsStream(accepted.toLowerCase(Locale.ROOT))
        .map(String::strip)
        .anyMatch(
            each ->
                each.split(";", 2)[0].strip().equals(encoding) && !REFUSED.matcher(each).find());
  }

  private static String resource(String path) {
    try (InputStream file = Portal.class.getResourceAsStream(path)) {
      if (file == null) {
        throw new IllegalStateException("The artifact lacks its resource " + path + ".");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
