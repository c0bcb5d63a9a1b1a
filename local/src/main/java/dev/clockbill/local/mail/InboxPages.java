package dev.clockbill.local.mail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.local.http.Html;
import dev.clockbill.local.http.Page;
import dev.clockbill.local.http.Response;
import dev.clockbill.local.http.Router;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The inbox for people. */
final class InboxPages {
  // Links open in a new tab; a mail can do nothing else.
  private static final String SANDBOX = "allow-popups allow-popups-to-escape-sandbox";
  private static final Pattern HEAD = Pattern.compile("<head[^>]*>", Pattern.CASE_INSENSITIVE);

  private final MailStore store;

  InboxPages(MailStore store) {
    this.store = store;
  }

  Router router() {
    return new Router()
        .on("GET", "/_local/inbox", (request, parameters) -> list())
        .on(
            "GET",
            "/_local/inbox/{id}",
            (request, parameters) -> found(parameters.get("id"), this::one))
        .on(
            "GET",
            "/_local/inbox/{id}/html",
            (request, parameters) -> found(parameters.get("id"), this::html));
  }

  private Response found(String id, Function<JsonNode, Response> shown) {
    Optional<JsonNode> mail = store.find(id);
    return mail.isPresent()
        ? shown.apply(mail.get())
        : Page.of("No such mail", Html.of("<p>There is no mail under this address.</p>"))
            .answer(404);
  }

  private Response list() {
    List<Html> rows = store.newestFirst().stream().map(InboxPages::row).toList();
    Html content =
        rows.isEmpty()
            ? Html.of("<p>No mail was sent yet.</p>")
            : Html.of("<ul class=\"list\">\n%s\n</ul>", Html.join(rows));
    return Page.of("Mails", content).answer(200);
  }

  private static Html row(JsonNode mail) {
    return Html.of(
        """
        <li>
        <p><a href="/_local/inbox/%s">%s</a></p>
        <p class="quiet">To %s, <time datetime="%s">%s</time></p>
        </li>\
        """,
        mail.path("id").asText(),
        subject(mail),
        texts(mail.path("to")),
        mail.path("sentAt").asText(),
        shownTime(mail));
  }

  private Response one(JsonNode mail) {
    String id = mail.path("id").asText();
    List<Html> parts = new ArrayList<>();
    parts.add(facts(mail));
    parts.add(
        Html.of(
            """
            <div class="actions">
            <form method="post" action="/_local/mails/%s/bounce"><button>Let it bounce</button></form>
            <form method="post" action="/_local/mails/%s/bounce"><button name="type" value="transient">Let it be answered automatically</button></form>
            <form method="post" action="/_local/mails/%s/complain"><button>Let the reader complain</button></form>
            <form method="post" action="/_local/mails/%s/delay"><button>Let it be delayed</button></form>
            <form method="post" action="/_local/mails/%s/reject"><button>Let it be rejected as a virus</button></form>
            </div>
            """,
            id, id, id, id, id));
    if (mail.path("html").isTextual()) {
      parts.add(
          Html.of(
              """
              <h2>As a page</h2>
              <iframe src="/_local/inbox/%s/html" title="The mail as a page" sandbox="%s"></iframe>
              """,
              id, SANDBOX));
    }
    if (mail.path("text").isTextual()) {
      parts.add(Html.of("<h2>As text</h2>\n<pre>%s</pre>", mail.path("text").asText()));
    }
    return Page.of(subject(mail), Html.join(parts)).answer(200);
  }

  private static Html facts(JsonNode mail) {
    List<Html> facts = new ArrayList<>();
    facts.add(fact("From", mail.path("from").asText()));
    facts.add(fact("To", texts(mail.path("to"))));
    if (!mail.path("cc").isEmpty()) {
      facts.add(fact("Copy", texts(mail.path("cc"))));
    }
    if (!mail.path("replyTo").isEmpty()) {
      facts.add(fact("Replies to", texts(mail.path("replyTo"))));
    }
    facts.add(fact("Sent", shownTime(mail)));
    facts.add(fact("Reported", mail.path("reported").asText("delivered")));
    mail.path("tags")
        .properties()
        .forEach(tag -> facts.add(fact(tag.getKey(), tag.getValue().asText())));
    for (JsonNode attachment : mail.path("attachments")) {
      String name = attachment.path("name").asText();
      String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
      facts.add(
          Html.of(
              "<dt>Attached</dt><dd><a href=\"/_local/mails/%s/attachments/%s\">%s</a>, %s"
                  + " bytes</dd>",
              mail.path("id").asText(), encoded, name, attachment.path("size").asText()));
    }
    return Html.of("<dl>\n%s\n</dl>", Html.join(facts));
  }

  private static Html fact(String name, String value) {
    return Html.of("<dt>%s</dt><dd>%s</dd>", name, value);
  }

  private Response html(JsonNode mail) {
    return Response.html(200, openingLinksBeside(withImages(mail)))
        .with(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none';"
                + " form-action 'none'; frame-ancestors 'self'; sandbox "
                + SANDBOX)
        .with("X-Content-Type-Options", "nosniff")
        .with("Referrer-Policy", "no-referrer")
        .with("Cache-Control", "no-store");
  }

  /** The page with the images that the mail itself carries, as mail programs show them. */
  private String withImages(JsonNode mail) {
    String page = mail.path("html").asText();
    for (JsonNode each : mail.path("attachments")) {
      String id = each.path("contentId").asText();
      Optional<Attachment> image = store.attachment(mail, each.path("name").asText());
      if (!id.isEmpty() && image.isPresent()) {
        String data =
            "data:"
                + image.get().type()
                + ";base64,"
                + Base64.getEncoder().encodeToString(image.get().bytes());
        page = page.replace("\"cid:" + id + "\"", "\"" + data + "\"");
      }
    }
    return page;
  }

  private static String openingLinksBeside(String page) {
    String base = "<base target=\"_blank\">";
    Matcher head = HEAD.matcher(page);
    return head.find()
        ? page.substring(0, head.end()) + base + page.substring(head.end())
        : base + page;
  }

  private static String subject(JsonNode mail) {
    String subject = mail.path("subject").asText();
    return subject.isEmpty() ? "(no subject)" : subject;
  }

  private static String shownTime(JsonNode mail) {
    return mail.path("sentAt").asText().replace("T", " ").replace("Z", " UTC");
  }

  private static String texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.joining(", "));
  }
}
