package dev.clockbill.local.login;

import com.nimbusds.jose.jwk.JWKSet;
import dev.clockbill.local.aws.AwsService;
import dev.clockbill.local.gateway.TokenVerifier;
import dev.clockbill.local.http.JsonBody;
import dev.clockbill.local.http.Request;
import dev.clockbill.local.http.Response;
import dev.clockbill.local.http.Router;
import dev.clockbill.local.storage.DataFile;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Cognito: a user pool, and the issuer of the tokens of its users.
 *
 * <p>Every attribute of a user becomes a claim with the same name. Tokens and logins are valid for
 * 365 days of the stack's clock, and are kept between runs.
 */
public final class Login {
  private static final String CUSTOM = "custom:";

  private final Users users;
  private final Issuer issuer;
  private final UserPool userPool;
  private final LoginPages pages;
  private final InstantSource clock;

  /**
   * Creates the login.
   *
   * @param base the address of the stack, without a slash at the end; the issuer is {@code /_login}
   *     below it
   * @param client the client id that tokens are made for
   */
  public Login(String base, String client, DataFile data, InstantSource clock) {
    this.users = new Users(data.store("login-users"));
    this.issuer = new Issuer(issuer(base), client, data.store("login-keys"), clock);
    this.userPool = new UserPool(users, clock);
    this.pages =
        new LoginPages(
            users, issuer, new AuthorizationGrants(data.store("login-grants"), clock), clock);
    this.clock = clock;
  }

  /** The issuer of the tokens of a stack, in place of a user pool's {@code ProviderURL}. */
  public static String issuer(String base) {
    return base + "/_login";
  }

  /** The API of the user pool for administrators. */
  public AwsService userPool() {
    return userPool;
  }

  /** The public keys that verify tokens. */
  public JWKSet keys() {
    return issuer.publicKeys();
  }

  /**
   * Also refuses the tokens of users who have been disabled.
   *
   * <p>Tokens of Cognito stay valid for up to an hour after that; these would stay valid for a
   * year.
   */
  public TokenVerifier refusingDisabledUsers(TokenVerifier tokens) {
    return token -> {
      Map<String, Object> claims = tokens.claims(token);
      if (users.find(String.valueOf(claims.get("sub"))).filter(User::enabled).isEmpty()) {
        throw new TokenVerifier.Refused("the user's access has ended");
      }
      return claims;
    };
  }

  /** OpenID Connect below {@code /_login}: discovery, keys, picking a user, tokens, logging out. */
  public Router pages() {
    return pages.router();
  }

  /** {@code POST /_local/token {"user"}}: a token and its main claims, without a browser. */
  public Router controls() {
    return new Router()
        .on(
            "POST",
            "/_local/token",
            (request, parameters) -> JsonBody.refusing(() -> tokenAsked(request)));
  }

  /**
   * A token for a user.
   *
   * @param user the username, the e-mail address, or its part before the at sign
   * @return empty if there is no such user or the user is disabled
   */
  public Optional<String> token(String user) {
    return users.findByShortName(user).filter(User::enabled).map(this::token);
  }

  private String token(User user) {
    return issuer.idToken(user, clock.instant(), Optional.empty());
  }

  private Response tokenAsked(Request request) {
    String name = JsonBody.of(request, Set.of("user")).text("user");
    Optional<User> user = users.findByShortName(name);
    if (user.isEmpty()) {
      return JsonBody.problem(404, "There is no user \"" + name + "\".");
    }
    if (!user.get().enabled()) {
      return JsonBody.problem(403, "The user \"" + name + "\" is disabled.");
    }
    return Response.json(200, described(user.get()));
  }

  private Map<String, Object> described(User user) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("token", token(user));
    user.attributes()
        .forEach(
            (name, value) -> {
              if (name.startsWith(CUSTOM)) {
                described.put(name.substring(CUSTOM.length()), value);
              }
            });
    user.groups().stream().findFirst().ifPresent(group -> described.put("role", group));
    user.attribute("name").ifPresent(value -> described.put("name", value));
    user.attribute("email").ifPresent(value -> described.put("email", value));
    return described;
  }
}
