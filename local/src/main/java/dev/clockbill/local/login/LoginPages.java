package dev.clockbill.local.login;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.local.http.Answer;
import dev.clockbill.local.http.Call;
import dev.clockbill.local.http.Router;
import dev.clockbill.local.pages.Html;
import dev.clockbill.local.pages.Page;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** OpenID Connect as the pool's clients speak it; who logs in is picked from a list. */
final class LoginPages {
  private static final String PATH = "/_login";

  private final Users users;
  private final Issuer issuer;
  private final Grants grants;
  private final InstantSource clock;

  LoginPages(Users users, Issuer issuer, Grants grants, InstantSource clock) {
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
            (call, parameters) -> open(Answer.json(200, discovery())))
        .on(
            "GET",
            PATH + "/jwks",
            (call, parameters) -> open(Answer.json(200, issuer.publicKeys().toJSONObject(true))))
        .on("GET", PATH + "/authorize", (call, parameters) -> refusing(() -> pick(call)))
        .on("POST", PATH + "/authorize", (call, parameters) -> refusing(() -> logIn(call)))
        .on("POST", PATH + "/token", (call, parameters) -> open(token(call.form())))
        .on("GET", PATH + "/logout", (call, parameters) -> refusing(() -> logOut(call)));
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

  private Answer pick(Call call) {
    Map<String, String> asked = call.parameters();
    Authorization authorization = Authorization.of(asked, issuer.audience());
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

  private Answer logIn(Call call) {
    Map<String, String> form = call.form();
    Authorization authorization = Authorization.of(form, issuer.audience());
    User user =
        users
            .find(form.getOrDefault("user", ""))
            .filter(User::enabled)
            .orElseThrow(() -> new IllegalArgumentException("That person cannot log in."));
    Instant now = clock.instant();
    String code =
        grants.code(
            new Grants.Code(
                new Grants.Login(user.subject(), now, authorization.scope()),
                authorization.redirectUri().toString(),
                authorization.challenge(),
                authorization.expectedNonce()));
    return Answer.redirect(303, authorization.answeredWith(code)).with("Cache-Control", "no-store");
  }

  private Answer token(Map<String, String> form) {
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

  private Optional<Answer> tokens(Grants.Login login, Optional<String> nonce, boolean first) {
    return users
        .find(login.subject())
        .filter(User::enabled)
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
              return Answer.json(200, tokens).with("Cache-Control", "no-store");
            });
  }

  private static Answer logOut(Call call) {
    Map<String, String> asked = call.parameters();
    String address = asked.getOrDefault("logout_uri", asked.get("post_logout_redirect_uri"));
    if (address == null) {
      return Page.of("Logged out", Html.of("<p>You are logged out.</p>")).answer(200);
    }
    URI target = Authorization.onThisMachine(address);
    return Answer.redirect(303, target.toString());
  }

  private static Answer failure(String error) {
    return Answer.json(400, Map.of("error", error)).with("Cache-Control", "no-store");
  }

  /** Scripts of any origin may read it, as with Cognito. */
  private static Answer open(Answer answer) {
    return answer.with("Access-Control-Allow-Origin", "*");
  }

  private interface Step {
    Answer answer();
  }

  private static Answer refusing(Step step) {
    try {
      return step.answer();
    } catch (IllegalArgumentException refused) {
      return Page.of("This login does not work", Html.of("<p>%s</p>", refused.getMessage()))
          .answer(400);
    }
  }
}
