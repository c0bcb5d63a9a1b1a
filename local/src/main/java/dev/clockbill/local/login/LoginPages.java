package dev.clockbill.local.login;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.local.http.Html;
import dev.clockbill.local.http.Page;
import dev.clockbill.local.http.Request;
import dev.clockbill.local.http.Response;
import dev.clockbill.local.http.Router;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The endpoints of OpenID Connect; people choose from a list who they are. */
final class LoginPages {
  private static final String PATH = "/_login";

  private final Users users;
  private final Issuer issuer;
  private final AuthorizationGrants grants;
  private final InstantSource clock;

  LoginPages(Users users, Issuer issuer, AuthorizationGrants grants, InstantSource clock) {
    this.users = users;
    this.issuer = issuer;
    this.grants = grants;
    this.clock = clock;
  }

  Router router() {
    return new Router()
        .on(
            "GET",
            PATH + "/.well-known/openid-configuration",
            (request, parameters) -> open(Response.json(200, discovery())))
        .on(
            "GET",
            PATH + "/jwks",
            (request, parameters) ->
                open(Response.json(200, issuer.publicKeys().toJSONObject(true))))
        .on("GET", PATH + "/authorize", (request, parameters) -> refusing(() -> pick(request)))
        .on("POST", PATH + "/authorize", (request, parameters) -> refusing(() -> logIn(request)))
        .on("POST", PATH + "/token", (request, parameters) -> open(token(request.form())))
        .on("GET", PATH + "/logout", (request, parameters) -> refusing(() -> logOut(request)));
  }

  private Map<String, Object> discovery() {
    Map<String, Object> discovery = new LinkedHashMap<>();
    String base = issuer.address();
    discovery.put("issuer", base);
    discovery.put("authorization_endpoint", base + "/authorize");
    discovery.put("token_endpoint", base + "/token");
    discovery.put("jwks_uri", base + "/jwks");
    discovery.put("end_session_endpoint", base + "/logout");
    discovery.put("response_types_supported", List.of("code"));
    discovery.put("grant_types_supported", List.of("authorization_code", "refresh_token"));
    discovery.put("code_challenge_methods_supported", List.of("S256"));
    discovery.put("scopes_supported", List.of("openid", "email", "profile"));
    discovery.put("subject_types_supported", List.of("public"));
    discovery.put("id_token_signing_alg_values_supported", List.of("RS256"));
    discovery.put("token_endpoint_auth_methods_supported", List.of("none"));
    return discovery;
  }

  private Response pick(Request request) {
    Map<String, String> asked = request.parameters();
    AuthorizationRequest authorization = AuthorizationRequest.of(asked, issuer.audience());
    Html fields =
        Html.join(
            asked.entrySet().stream()
                .map(
                    field ->
                        Html.of(
                            "<input type=\"hidden\" name=\"%s\" value=\"%s\">",
                            field.getKey(), field.getValue()))
                .toList());
    List<Html> rows = users.all().stream().filter(User::enabled).map(LoginPages::row).toList();
    Html content =
        rows.isEmpty()
            ? Html.of("<p>Nobody can log in yet.</p>")
            : Html.of(
                """
                <p class="quiet">On a laptop nobody has a password: choose who you are.</p>
                <form method="post" action="/_login/authorize">
                %s
                <ul class="list">
                %s
                </ul>
                </form>
                """,
                fields, Html.join(rows));
    return Page.of("Log in", content).leadingTo(List.of(authorization.redirectUri())).answer(200);
  }

  private static Html row(User user) {
    return Html.of(
        "<li><button class=\"row\" name=\"user\" value=\"%s\">%s <span"
            + " class=\"quiet\">%s</span></button></li>",
        user.username(),
        user.attribute("name").orElse(user.username()),
        String.join(", ", user.groups()) + " · " + user.attribute("email").orElse(""));
  }

  private Response logIn(Request request) {
    Map<String, String> form = request.form();
    AuthorizationRequest authorization = AuthorizationRequest.of(form, issuer.audience());
    Instant now = clock.instant();
    User user =
        users
            .find(form.getOrDefault("user", ""))
            .filter(User::enabled)
            .orElseThrow(() -> new IllegalArgumentException("That person cannot log in."));
    if (user.expired(now)) {
      throw new IllegalArgumentException(
          "This invitation has expired, as after seven days it does. It has to be sent again.");
    }
    users.change(user.username(), found -> found.loggedIn(now));
    String code =
        grants.code(
            new AuthorizationGrants.Code(
                new AuthorizationGrants.Login(
                    user.subject(), now, authorization.scope(), user.signOuts()),
                authorization.redirectUri().toString(),
                authorization.challenge(),
                authorization.expectedNonce()));
    return Response.redirect(303, authorization.answeredWith(code))
        .with("Cache-Control", "no-store");
  }

  private Response token(Map<String, String> form) {
    if (!issuer.audience().equals(form.get("client_id"))) {
      return failure("invalid_client");
    }
    return switch (form.getOrDefault("grant_type", "")) {
      case "authorization_code" ->
          grants
              .redeem(form.getOrDefault("code", ""))
              .filter(
                  code ->
                      code.isRedeemedBy(
                          form.getOrDefault("redirect_uri", ""),
                          form.getOrDefault("code_verifier", "")))
              .flatMap(code -> tokens(code.login(), code.nonce(), true))
              .orElseGet(() -> failure("invalid_grant"));
      case "refresh_token" ->
          grants
              .refresh(form.getOrDefault("refresh_token", ""))
              .flatMap(login -> tokens(login, Optional.empty(), false))
              .orElseGet(() -> failure("invalid_grant"));
      default -> failure("unsupported_grant_type");
    };
  }

  private Optional<Response> tokens(
      AuthorizationGrants.Login login, Optional<String> nonce, boolean first) {
    return users
        .find(login.subject())
        .filter(User::enabled)
        .filter(login::goesOnFor)
        .map(
            user -> {
              ObjectNode tokens =
                  JsonNodeFactory.instance
                      .objectNode()
                      .put("id_token", issuer.idToken(user, login.loggedInAt(), nonce))
                      .put(
                          "access_token",
                          issuer.accessToken(user, login.loggedInAt(), login.scope()))
                      .put("token_type", "Bearer")
                      .put("expires_in", Issuer.VALIDITY.toSeconds());
              if (first) {
                tokens.put("refresh_token", grants.refreshToken(login));
              }
              return Response.json(200, tokens).with("Cache-Control", "no-store");
            });
  }

  private static Response logOut(Request request) {
    Map<String, String> asked = request.parameters();
    String address = asked.getOrDefault("logout_uri", asked.get("post_logout_redirect_uri"));
    if (address == null) {
      return Page.of("Logged out", Html.of("<p>You are logged out.</p>")).answer(200);
    }
    URI target = AuthorizationRequest.onThisMachine(address);
    return Response.redirect(303, target.toString());
  }

  private static Response failure(String error) {
    return Response.json(400, Map.of("error", error)).with("Cache-Control", "no-store");
  }

  /** Scripts of any origin may read the response, as with Cognito. */
  private static Response open(Response response) {
    return response.with("Access-Control-Allow-Origin", "*");
  }

  private interface Step {
    Response answer();
  }

  private static Response refusing(Step step) {
    try {
      return step.answer();
    } catch (IllegalArgumentException refused) {
      return Page.of("This login does not work", Html.of("<p>%s</p>", refused.getMessage()))
          .answer(400);
    }
  }
}
