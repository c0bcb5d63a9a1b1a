package dev.clockbill.local.login;

import com.nimbusds.jose.jwk.JWKSet;
import dev.clockbill.local.aws.AwsService;
import dev.clockbill.local.http.JsonBody;
import dev.clockbill.local.http.Request;
import dev.clockbill.local.http.Response;
import dev.clockbill.local.http.Router;
import dev.clockbill.local.storage.DataFile;
import dev.clockbill.local.template.LoginEntry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Cognito: a user pool, and the issuer of the tokens of its users.
 *
 * <p>Every attribute of a user that the client may read becomes a claim with the same name. Tokens
 * and logins are valid for 365 days of the stack's clock, and are kept between runs. As with
 * Cognito, a token is valid until it expires, whatever becomes of its user: who relies on tokens
 * has to ask whether the user still has access.
 */
public final class Login {
  private static final String CUSTOM = "custom:";

  private final Users users;
  private final Issuer issuer;
  private final PasswordLogins passwords;
  private final UserPool userPool;
  private final Providers providers;
  private final LoginPages pages;
  private final InstantSource clock;

  /**
   * Creates the login.
   *
   * @param base the address of the stack, without a slash at the end; the issuer is {@code /_login}
   *     below it
   * @param client the client id that tokens are made for
   * @param pool what the template says of users and tokens
   */
  public Login(String base, String client, LoginEntry pool, DataFile data, InstantSource clock) {
    this.users = new Users(data.store("login-users"), pool.caseSensitive());
    this.issuer = new Issuer(issuer(base), client, pool, data.store("login-keys"), clock);
    this.passwords =
        new PasswordLogins(users, issuer, pool.clients(), data.store("login-passwords"), clock);
    this.userPool = new UserPool(users, pool, passwords, clock);
    this.providers = new Providers(users, pool, clock);
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
   * A token with these claims and no others, signed as all are: for trying what becomes of wrong
   * ones.
   */
  public String signed(Map<String, Object> claims) {
    return issuer.signed(claims);
  }

  /** OpenID Connect below {@code /_login}: discovery, keys, picking a user, tokens, logging out. */
  public Router pages() {
    return pages.router();
  }

  /**
   * {@code POST /_local/token {"user", "use": "id"}}: a token and its main claims, without a
   * browser. With the use {@code access} it is the access token, which has no attributes. With
   * {@code {"provider", "email"}} it is the token of whom that login vouches for, who is nobody's
   * user if nobody linked them. And {@code POST /_local/passwords}: {@link PasswordLogins#set}.
   */
  public Router controls() {
    return new Router()
        .on(
            "POST",
            "/_local/token",
            (request, parameters) -> JsonBody.refusing(() -> tokenAsked(request)))
        .on(
            "POST",
            "/_local/passwords",
            (request, parameters) -> JsonBody.refusing(() -> passwords.set(request)));
  }

  /**
   * A token for a user.
   *
   * @param user the username, the email address, or its part before the at sign
   * @return empty if there is no such user, or the user may not log in
   */
  public Optional<String> token(String user) {
    return users
        .findByShortName(user)
        .filter(found -> found.mayLogIn(clock.instant()))
        .map(this::token);
  }

  /** A token, as after a login. */
  private String token(User user) {
    Instant now = clock.instant();
    users.change(user.username(), found -> found.loggedIn(now));
    return issuer.idToken(user, now, Optional.empty());
  }

  private Response tokenAsked(Request request) {
    JsonBody body = JsonBody.of(request, Set.of("user", "use", "provider", "email"));
    Optional<String> provider = body.optionalText("provider");
    if (provider.isPresent()) {
      return vouchedFor(provider.get(), body.text("email"));
    }
    String name = body.text("user");
    String use = body.optionalText("use").orElse("id");
    if (!Set.of("id", "access").contains(use)) {
      throw new IllegalArgumentException("\"use\" must be \"id\" or \"access\".");
    }
    Optional<User> user = users.findByShortName(name);
    if (user.isEmpty()) {
      return JsonBody.problem(404, "There is no user \"" + name + "\".");
    }
    if (!user.get().enabled()) {
      return JsonBody.problem(403, "The user \"" + name + "\" is disabled.");
    }
    if (user.get().expired(clock.instant())) {
      return JsonBody.problem(
          403, "The invitation of \"" + name + "\" has expired. It has to be sent again.");
    }
    return Response.json(200, described(user.get(), use));
  }

  private Response vouchedFor(String provider, String email) {
    User user = providers.loggedIn(provider, email);
    return user.enabled()
        ? Response.json(
            200, described(user, "id", issuer.idToken(user, clock.instant(), Optional.empty())))
        : JsonBody.problem(403, "The user \"" + email + "\" is disabled.");
  }

  private Map<String, Object> described(User user, String use) {
    return described(user, use, token(user));
  }

  private Map<String, Object> described(User user, String use, String idToken) {
    Map<String, Object> described = new LinkedHashMap<>();
    boolean access = use.equals("access");
    described.put("token", access ? issuer.accessToken(user, clock.instant(), "openid") : idToken);
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
