package dev.clockbill.watch;

import dev.clockbill.shared.Json;
import dev.clockbill.watch.Visitor.Answer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What everybody can see. */
final class PublicPages {
  private static final Pattern ASSET = Pattern.compile("/assets/\\w+/[\\w./-]+\\.js");

  private final Visitor visitor;
  private final String issuer;

  PublicPages(Visitor visitor, String issuer) {
    this.visitor = visitor;
    this.issuer = issuer;
  }

  void visit(Steps steps) {
    steps.take(
        "ask for the sign of life",
        () -> check(visitor.get("/health"), "\"status\":\"up\"", "says that it is up"));
    steps.take(
        "read the API's description",
        () -> check(visitor.get("/openapi.yaml"), "openapi: 3", "is an API's description"));
    Answer page =
        steps.take(
            "open the portal",
            () -> check(visitor.get("/"), "/assets/", "names the portal's files"));
    steps.take("load a file of the portal", () -> visitor.get(asset(page)).expect(200));
    steps.take("ask how to log in", this::loginDescribed);
  }

  private static Answer check(Answer answer, String part, String what) {
    if (!answer.expect(200).body().contains(part)) {
      throw new IllegalStateException(answer.asked() + " answers nothing that " + what + ".");
    }
    return answer;
  }

  private static String asset(Answer page) {
    Matcher asset = ASSET.matcher(page.body());
    if (!asset.find()) {
      throw new IllegalStateException("The portal's page names no script.");
    }
    return asset.group();
  }

  private Answer loginDescribed() {
    Answer described = visitor.get(issuer + "/.well-known/openid-configuration").expect(200);
    if (!issuer.equals(Json.text(described.json(), "issuer"))) {
      throw new IllegalStateException("The login describes another issuer than tokens come from.");
    }
    return described;
  }

  /** Opens a customer's page that is kept for this. */
  void payPage(Steps steps, String link) {
    steps.take("open a pay page", () -> check(visitor.get(link), "<html", "is a page"));
  }
}
