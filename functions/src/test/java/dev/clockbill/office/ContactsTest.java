package dev.clockbill.office;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import dev.clockbill.invoice.BilledCustomer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The mails of a customer's contacts: who gets which, in one mail, and how each fares. */
@StoppedClock
class ContactsTest {
  private TestFirm firm;
  private BilledCustomer billed;

  @BeforeEach
  void makeAFirm() {
    firm = Laptop.firm();
    firm.owner()
        .patch("/firm", "{\"reminders\":{\"overdueDays\":[3,7]},\"invoicing\":{\"termsDays\":0}}")
        .expect(200);
    billed = BilledCustomer.draft(firm);
  }

  private String address(String name) {
    return name + "@" + firm.firmId().toLowerCase(java.util.Locale.ROOT) + ".example";
  }

  private Map<String, Object> contact(String name, String... gets) {
    return Map.of("name", name, "email", address(name), "gets", List.of(gets));
  }

  private JsonNode customer(Object... fields) {
    return firm.owner().patch("/customers/" + billed.customerId(), Api.json(fields)).expect(200);
  }

  private void send(String body) {
    billed.act("send", body).expect(202);
    Laptop.settle();
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }

  private JsonNode latest(String kind) {
    return firm.mails(kind).getFirst();
  }

  private void report(JsonNode mail, String what, String address) {
    Laptop.api()
        .post("/_local/mails/" + mail.path("id").asText() + "/" + what, Api.json("to", address))
        .expect(200);
    Laptop.settle();
  }

  private List<String> recipients(String field) {
    return billed.invoice().path("delivery").path("recipients").findValuesAsText(field);
  }

  private List<String> history() {
    return billed.invoice().path("history").findValuesAsText("what");
  }

  @Test
  void eachGetsWhatIsTheirsInOneMail() {
    customer(
        "contacts",
        List.of(
            contact("boss", "invoice"),
            contact("books", "reminder", "receipt", "invoice"),
            contact("dunned", "reminder"),
            contact("filed", "receipt"),
            contact("quiet")));
    send(Api.json("cc", List.of(address("BOOKS"), address("more")), "copyToMe", true));
    String me = firm.owner().get("/me").expect(200).path("email").asText();
    assertThat(firm.mails("invoice")).hasSize(1);
    JsonNode mail = latest("invoice");
    assertThat(texts(mail.path("to"))).containsExactly(billed.email());
    assertThat(texts(mail.path("cc")))
        .containsExactly(address("boss"), address("books"), address("more"));
    assertThat(texts(mail.path("recipients"))).hasSize(5).contains(me);
    assertThat(recipients("email"))
        .containsExactly(billed.email(), address("boss"), address("books"), address("more"), me);
    assertThat(recipients("status")).containsOnly("delivered");
    assertThat(history())
        .contains(
            "Sent to "
                + billed.email()
                + ", with a copy to "
                + String.join(" and ", address("boss"), address("books"), address("more"), me));
    Laptop.skip(Duration.ofDays(4));
    JsonNode reminder = latest("paymentReminder");
    assertThat(firm.mails("paymentReminder")).hasSize(1);
    assertThat(texts(reminder.path("to"))).containsExactly(billed.email());
    assertThat(texts(reminder.path("cc"))).containsExactly(address("books"), address("dunned"));
    assertThat(recipients("email")).hasSize(5);
    billed.pay(BilledCustomer.TOTAL);
    JsonNode receipt = latest("receipt");
    assertThat(texts(receipt.path("to"))).containsExactly(billed.email());
    assertThat(texts(receipt.path("cc"))).containsExactly(address("books"), address("filed"));
    report(receipt, "bounce", address("books"));
    report(receipt, "bounce", address("filed"));
    report(receipt, "bounce", address("filed"));
    assertThat(history())
        .filteredOn(what -> what.startsWith("Receipt: "))
        .containsExactly(
            "Receipt: Email to " + address("books") + " bounced",
            "Receipt: Email to " + address("filed") + " bounced");
  }

  @Test
  void withoutAnAddressOfTheirOwnTheFirstContactWhoGetsItIsAddressed() {
    customer(
        "email",
        null,
        "contacts",
        List.of(
            contact("dunned", "reminder"),
            contact("boss", "invoice"),
            contact("books", "invoice", "receipt")));
    JsonNode preview = firm.owner().get("/invoices/" + billed.invoiceId() + "/mail").expect(200);
    assertThat(preview.path("to").asText()).isEqualTo(address("boss"));
    assertThat(texts(preview.path("cc"))).containsExactly(address("books"));
    send("{}");
    assertThat(billed.invoice().path("paper").isNull()).isTrue();
    assertThat(billed.invoice().path("customer").path("email").isNull()).isTrue();
    assertThat(texts(latest("invoice").path("to"))).containsExactly(address("boss"));
    assertThat(texts(latest("invoice").path("cc"))).containsExactly(address("books"));
    report(latest("invoice"), "bounce", address("boss"));
    assertThat(billed.delivery()).as("that of the first").isEqualTo("bounced");
    assertThat(latest("ownerNotice").path("text").asText())
        .contains(address("boss"))
        .doesNotContain("no reminders");
    Laptop.skip(Duration.ofDays(4));
    assertThat(texts(latest("paymentReminder").path("recipients")))
        .as("who gets reminders, and nobody else")
        .containsExactly(address("dunned"));
    billed.pay(BilledCustomer.TOTAL);
    assertThat(texts(latest("receipt").path("recipients"))).containsExactly(address("books"));
  }

  @Test
  void failure33_aBounceOfOneEndsTheirRemindersAndNobodyElses() {
    customer(
        "contacts",
        List.of(contact("books", "invoice", "reminder"), contact("dunned", "reminder")));
    send("{}");
    report(latest("invoice"), "bounce", billed.email());
    assertThat(billed.delivery()).isEqualTo("bounced");
    Laptop.skip(Duration.ofDays(4));
    assertThat(texts(latest("paymentReminder").path("to"))).containsExactly(address("books"));
    assertThat(texts(latest("paymentReminder").path("cc"))).containsExactly(address("dunned"));
    report(latest("paymentReminder"), "complain", address("dunned"));
    assertThat(recipients("email"))
        .containsExactly(billed.email(), address("books"), address("dunned"));
    assertThat(recipients("status")).containsExactly("bounced", "delivered", "complained");
    assertThat(firm.mails("ownerNotice")).hasSize(2);
    assertThat(latest("ownerNotice").path("text").asText()).contains(address("dunned"));
    billed.act("remind", "{}").expect(202);
    Laptop.settle();
    assertThat(texts(latest("paymentReminder").path("recipients")))
        .containsExactly(address("books"));
    report(latest("paymentReminder"), "bounce", address("books"));
    int mailed = firm.mails("paymentReminder").size();
    Laptop.skip(Duration.ofDays(5));
    assertThat(firm.mails("paymentReminder")).as("nobody is left").hasSize(mailed);
    assertThat(billed.act("remind", "{}").word()).isEqualTo("mail-failed");
    billed.act("resend", "{}").expect(202);
    Laptop.settle();
    assertThat(recipients("email")).containsExactly(billed.email(), address("books"));
    assertThat(recipients("status")).containsOnly("delivered");
  }

  @Test
  void aResendToAnotherAddressGoesThereAlone() {
    customer("contacts", List.of(contact("books", "invoice")));
    send("{}");
    billed.act("resend", Api.json("email", address("elsewhere"))).expect(202);
    Laptop.settle();
    assertThat(texts(latest("invoice").path("recipients"))).containsExactly(address("elsewhere"));
    billed.act("resend", "{}").expect(202);
    Laptop.settle();
    assertThat(texts(latest("invoice").path("recipients")))
        .containsExactly(billed.email(), address("books"));
  }

  @Test
  void whoIsNoContactAnyMoreGetsNoMoreMails() {
    customer("contacts", List.of(contact("books", "invoice", "reminder", "receipt")));
    send("{}");
    customer("contacts", List.of(contact("newcomer", "reminder", "receipt")));
    Laptop.skip(Duration.ofDays(4));
    assertThat(texts(latest("paymentReminder").path("cc"))).containsExactly(address("newcomer"));
    billed.pay(BilledCustomer.TOTAL);
    assertThat(texts(latest("receipt").path("cc"))).containsExactly(address("newcomer"));
  }

  @Test
  void contactsReplaceEachOtherAndMistakesAreNamed() {
    JsonNode one = customer("contacts", List.of(contact("books", "receipt", "invoice", "invoice")));
    assertThat(texts(one.path("contacts").path(0).path("gets")))
        .containsExactly("invoice", "receipt");
    assertThat(one.path("contacts").path(0).path("name").asText()).isEqualTo("books");
    JsonNode bare = customer("contacts", List.of(Map.of("email", address("bare"))));
    assertThat(bare.path("contacts")).hasSize(1);
    assertThat(bare.path("contacts").path(0).path("name").isNull()).isTrue();
    assertThat(texts(bare.path("contacts").path(0).path("gets")))
        .containsExactly("invoice", "receipt", "reminder");
    Api.Answer wrong =
        firm.owner()
            .patch(
                "/customers/" + billed.customerId(),
                Api.json(
                    "contacts",
                    List.of(
                        Map.of("name", "No address", "gets", List.of()),
                        Map.of("email", address("twice"), "gets", List.of("invoices")),
                        Map.of("email", address("TWICE"), "phone", "1"),
                        "nobody")));
    assertThat(wrong.expect(400).path("errors").findValuesAsText("field"))
        .containsExactlyInAnyOrder(
            "contacts[0].email",
            "contacts[1].gets[0]",
            "contacts[2].email",
            "contacts[2].phone",
            "contacts[3]");
    List<Map<String, Object>> eleven =
        java.util.stream.IntStream.range(0, 11).mapToObj(n -> contact("c" + n)).toList();
    assertThat(
            firm.owner()
                .patch("/customers/" + billed.customerId(), Api.json("contacts", eleven))
                .status())
        .isEqualTo(400);
    assertThat(firm.owner().get("/customers/" + billed.customerId()).expect(200).path("contacts"))
        .isEqualTo(bare.path("contacts"));
    assertThat(customer("contacts", null).path("contacts")).isEmpty();
  }

  @Test
  void contactsComeInByThreeColumnsEach() {
    String file =
        """
        name,email,Contact 1 name,Contact 1 email,Contact 1 gets,contact2Email
        Nordlicht,,Mia,mia@n.example,"Invoices; reminder",books@n.example
        Hofladen,,,,,
        Wrong,w@n.example,Mia,mia@n.example,bills,
        """;
    JsonNode lines = bring(file);
    assertThat(lines.findValuesAsText("fate")).containsExactly("created", "created", "refused");
    assertThat(lines.path(2).at("/errors/0/field").asText()).isEqualTo("contacts[0].gets[0]");
    JsonNode hofladen = named("Hofladen");
    assertThat(hofladen.path("email").isNull()).isTrue();
    assertThat(hofladen.path("contacts")).isEmpty();
    assertThat(named("Nordlicht").path("contacts").toString())
        .isEqualTo(
            "[{\"name\":\"Mia\",\"email\":\"mia@n.example\",\"gets\":[\"invoice\",\"reminder\"]},"
                + "{\"name\":null,\"email\":\"books@n.example\","
                + "\"gets\":[\"invoice\",\"receipt\",\"reminder\"]}]");
    assertThat(bring(file).findValuesAsText("fate"))
        .containsExactly("unchanged", "unchanged", "refused");
  }

  private JsonNode bring(String file) {
    return firm.owner().post("/imports/customers", "text/csv", file).expect(200).path("lines");
  }

  private JsonNode named(String name) {
    return firm.owner().get("/customers?search=" + name).expect(200).path("customers").path(0);
  }
}
