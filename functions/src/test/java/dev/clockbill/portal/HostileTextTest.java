package dev.clockbill.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.TestFirm;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

/**
 * A firm whose every text wants to be more than text: a line of a mail's header, an element of a
 * page, a formula in a spreadsheet. It does its whole main job, and whatever leaves the system is
 * read as its reader's program reads it: pages and mails by a browser, addresses by a mail library,
 * CSV by a CSV library.
 */
@InBrowser
class HostileTextTest {
  /** Ends an attribute, a tag, an element and a header's line. */
  private static final String HOSTILE =
      " \"z-hostile=\"1\" 'z-hostile='1'><x-hostile><img src=x"
          + " onerror=alert(1)></title></style><script>alert(2)</script>]]>\r\n"
          + "Bcc: evil@evil.example\r\n"
          + "\u202Ex\u2028y";

  private static final Pattern TIMER_LINK = Pattern.compile("http\\S+/timer-links/[^\\s\"<]+");

  /** What a number looks like, which may begin with a minus. */
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");

  private static final Pattern FORMULA = Pattern.compile("^\\p{Blank}*[-=+@\t\r＝＋－＠]");

  private static final String WRONG_IN_DOCUMENT =
      """
      (root) => [...root.querySelectorAll('*')].flatMap((each) => {
        const wrong = ['X-HOSTILE', 'SCRIPT', 'IMG', 'IFRAME', 'OBJECT', 'EMBED']
          .filter((name) => name === each.tagName &&
            !(name === 'SCRIPT' && each.type === 'module' && each.src.startsWith(location.origin)))
          .map(() => each.outerHTML.slice(0, 200));
        for (const attribute of each.attributes) {
          const leads = ['href', 'src', 'action', 'formaction'].includes(attribute.name);
          if (attribute.name.startsWith('on') || attribute.name.includes('hostile') ||
              (leads && !/^(https?:|mailto:|\\/|#|data:image\\/)/.test(attribute.value) && attribute.value !== './')) {
            wrong.push(each.tagName + ' ' + attribute.name + '=' + attribute.value.slice(0, 200));
          }
        }
        return wrong;
      })
      """;

  private final List<String> dialogs = new ArrayList<>();

  /** A hostile text that can be told from the others. */
  private static String hostile(String begins, String marker) {
    return begins + marker + HOSTILE;
  }

  /** A firm that has done its main job. */
  private static final class Done {
    final TestFirm firm = Laptop.firm();
    final String customer;
    final String service;
    final String draft;
    final String sent;
    final String paid;

    Done() {
      firm.owner()
          .patch(
              "/firm",
              Api.json(
                  "name", hostile("=", "firm"),
                  "address", hostile("+", "seat"),
                  "invoicing",
                      Map.of(
                          "footer", hostile("@", "footer"),
                          "numberPrefix", "=\"><x-hostile>\r\n",
                          "taxes",
                              List.of(Map.of("name", hostile("-", "tax"), "ratePercent", "8.25")))))
          .expect(200);
      String me = firm.owner().get("/me").expect(200).path("staffId").asText();
      firm.owner().patch("/staff/" + me, Api.json("name", hostile("=", "me"))).expect(200);
      service = firm.service(hostile("-", "service"), 25_000);
      customer = firm.customer(hostile("@", "customer"), "ada@" + firm.firmId() + ".example");
      firm.owner()
          .patch("/customers/" + customer, Api.json("address", hostile("＝", "home")))
          .expect(200);
      draft = note(firm.time(customer, service, 61));
      sent = note(firm.time(customer, service, 61));
      paid = note(firm.time(customer, service, 61));
      firm.send(sent);
      pay();
      bounce();
      String timer = firm.start(customer, service);
      firm.owner().patch("/timers/" + timer, Api.json("note", hostile("=", "note"))).expect(200);
      Laptop.advance("PT4H10M");
      Laptop.skip(Duration.ofDays(18));
      Laptop.settle();
    }

    private String note(JsonNode entry) {
      String path = "/time-entries/" + entry.path("timeEntryId").asText();
      firm.owner().patch(path, Api.json("note", hostile("=", "work"))).expect(200);
      String invoice = entry.path("invoiceId").asText();
      Map<String, Object> fixed =
          Map.of("kind", "fixed", "description", hostile("＋", "line"), "amount", 5_000);
      JsonNode now = firm.invoice(invoice);
      String line = now.at("/lines/0/lineId").asText();
      firm.owner()
          .ifMatch(now.path("version").asLong())
          .patch(
              "/invoices/" + invoice,
              Api.json(
                  "note",
                  hostile("=", "remark"),
                  "lines",
                  List.of(Map.of("lineId", line, "description", hostile("-", "done")), fixed)))
          .expect(200);
      return invoice;
    }

    private void pay() {
      JsonNode invoice = firm.send(paid);
      String day = invoice.path("issuedOn").asText();
      firm.owner()
          .post(
              "/invoices/" + paid + "/payments",
              Api.json(
                  "amount",
                  100,
                  "method",
                  "=<x-hostile>\"z-hostile='1'\r\nBcc: e@e.eu",
                  "receivedOn",
                  day,
                  "reference",
                  hostile("=", "cheque")))
          .expect(201);
      String checkout =
          Laptop.api()
              .post(invoice.path("payUrl").asText() + "/checkout")
              .header("location")
              .orElseThrow();
      Laptop.api().post(checkout, Api.json("outcome", "paid")).expect(200);
      Laptop.settle();
    }

    private void bounce() {
      String mail = mails().getFirst().path("id").asText();
      Laptop.api().post("/_local/mails/" + mail + "/bounce", "{}").expect(200);
      Laptop.settle();
    }

    List<JsonNode> mails() {
      JsonNode all = Laptop.api().get("/_local/mails").expect(200).path("mails");
      return StreamSupport.stream(all.spliterator(), false)
          .filter(mail -> mail.path("tags").path("firmId").asText().equals(firm.firmId()))
          .toList();
    }
  }

  @Test
  void hostileTextsStayTexts(Visitors visitors) throws Exception {
    Done done = new Done();
    Visitor owner = visitors.at(done.firm.owner());
    owner.page().onDialog(dialog -> dialogs.add(dialog.message()));
    mailsAreMails(done, owner.page());
    pagesArePages(done, visitors.stranger(Laptop.stack().base()).page());
    csvIsData(done);
    pdfIsText(done);
    portalShowsTexts(done, owner);
    assertThat(dialogs).isEmpty();
  }

  private void mailsAreMails(Done done, Page reader) {
    Set<String> kinds = new TreeSet<>();
    reader.navigate("about:blank");
    for (JsonNode mail : done.mails()) {
      String kind = mail.path("tags").path("kind").asText();
      kinds.add(kind);
      // The header itself is read by FromHeaderTest; here it is shown as its reader sees it.
      assertThat(mail.path("from").asText())
          .as(kind)
          .endsWith(" <billing@clockbill.example>")
          .doesNotContainPattern("[\\p{Cntrl}]");
      assertThat(mail.path("to")).as(kind).hasSize(1);
      assertThat(mail.path("to").toString()).as(kind).doesNotContain("evil");
      assertThat(mail.path("replyTo")).as(kind).hasSize(1);
      assertThat(mail.path("replyTo").toString()).as(kind).doesNotContain("evil");
      assertThat(mail.path("subject").asText())
          .as(kind)
          .doesNotContainPattern("[\\p{Cntrl}\\u2028\\u2029\\u202A-\\u202E]");
      expectText(reader, kind, mail.path("html").asText());
    }
    assertThat(kinds)
        .contains("invoice", "receipt", "ownerNotice", "timerReminder", "paymentReminder");
  }

  /** Parses a page without showing it, and looks for what the texts have made of it. */
  private static void expectText(Page reader, String what, String html) {
    Object wrong =
        reader.evaluate(
            "(html) => (%s)(new DOMParser().parseFromString(html, 'text/html'))"
                .formatted(WRONG_IN_DOCUMENT),
            html);
    assertThat((List<?>) wrong).as(what).isEmpty();
    Object text =
        reader.evaluate(
            "(html) => new DOMParser().parseFromString(html, 'text/html').body.textContent", html);
    assertThat((String) text).as(what).contains("<x-hostile>").doesNotContain("\u202E");
  }

  private void pagesArePages(Done done, Page reader) {
    reader.onDialog(dialog -> dialogs.add(dialog.message()));
    Matcher link =
        TIMER_LINK.matcher(done.firm.mails("timerReminder").getFirst().path("text").asText());
    assertThat(link.find()).isTrue();
    for (String address :
        List.of(
            done.firm.invoice(done.sent).path("payUrl").asText(),
            done.firm.invoice(done.paid).path("payUrl").asText() + "?returned=javascript:alert(3)",
            link.group())) {
      reader.navigate(address);
      assertThat((List<?>) reader.evaluate("() => (%s)(document)".formatted(WRONG_IN_DOCUMENT)))
          .as(address)
          .isEmpty();
      assertThat(reader.locator("body").textContent()).as(address).contains("<x-hostile>");
      assertThat(reader.title()).as(address).doesNotContain("\u202E");
    }
  }

  private static void csvIsData(Done done) {
    for (String path : List.of("/time-entries", "/invoices", "/customers")) {
      String csv = done.firm.owner().with("accept", "text/csv").get(path).body();
      List<CSVRecord> rows;
      try {
        rows = CSVFormat.RFC4180.parse(new StringReader(csv)).getRecords();
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
      assertThat(rows).as(path).hasSizeGreaterThan(path.equals("/customers") ? 1 : 3);
      int width = rows.getFirst().size();
      int hostile = 0;
      for (CSVRecord row : rows) {
        assertThat(row.size()).as(path).isEqualTo(width);
        for (String cell : row) {
          if (cell.contains("x-hostile")) {
            hostile++;
          }
          if (!NUMBER.matcher(cell).matches()) {
            assertThat(FORMULA.matcher(cell).find()).as(cell).isFalse();
          }
        }
      }
      assertThat(hostile).as(path).isGreaterThanOrEqualTo(path.equals("/customers") ? 3 : 4);
    }
  }

  private static void pdfIsText(Done done) throws IOException {
    byte[] bytes = done.firm.owner().bytes("/invoices/" + done.sent + "/pdf");
    try (PDDocument pdf = Loader.loadPDF(bytes)) {
      assertThat(new PDFTextStripper().getText(pdf))
          .contains("firm", "customer", "remark", "footer", "<x-hostile>", "alert(2)");
    }
  }

  private static void portalShowsTexts(Done done, Visitor owner) {
    for (String place :
        List.of(
            "/",
            "/customers",
            "/customers/" + done.customer,
            "/time",
            "/invoices",
            "/invoices/" + done.draft,
            "/invoices/" + done.sent,
            "/invoices/" + done.paid,
            "/settings/firm",
            "/settings/services",
            "/settings/invoices",
            "/settings/staff",
            "/reports")) {
      owner.go(place);
      owner.tracker().waitFor();
      assertThat(
              (List<?>) owner.page().evaluate("() => (%s)(document)".formatted(WRONG_IN_DOCUMENT)))
          .as(place)
          .isEmpty();
    }
    owner.go("/customers/" + done.customer);
    owner.button("Track").click();
    owner.button("Start Tracking").waitFor();
    assertThat((List<?>) owner.page().evaluate("() => (%s)(document)".formatted(WRONG_IN_DOCUMENT)))
        .as("Track")
        .isEmpty();
    assertThat(owner.page().locator("body").textContent()).contains("<x-hostile>");
  }
}
