package dev.clockbill.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every change of an invoice is in its history, with who made it and what it was. */
@StoppedClock
class HistoryTest {
  private TestFirm firm;
  private BilledCustomer billed;

  @BeforeEach
  void makeADraft() {
    firm = Laptop.firm();
    billed = BilledCustomer.draft(firm);
  }

  private static List<String> history(JsonNode invoice) {
    return StreamSupport.stream(invoice.path("history").spliterator(), false)
        .map(row -> row.path("who").asText() + ": " + row.path("what").asText())
        .map(row -> row.replace('\u00a0', ' '))
        .toList();
  }

  private String last() {
    return history(billed.invoice()).getLast();
  }

  private void edit(Object... change) {
    firm.staff()
        .ifMatch(billed.invoice().path("version").asLong())
        .patch("/invoices/" + billed.invoiceId(), Api.json(change))
        .expect(200);
  }

  @Test
  void editsSayWhatBecameOfWhat() {
    String line = billed.invoice().path("lines").path(0).path("lineId").asText();
    Map<String, Object> shorter = Map.of("lineId", line, "billedMinutes", 45);
    Map<String, Object> fee =
        Map.of("kind", "fixed", "description", "Court fee", "amount", 1_999, "taxable", false);
    edit("lines", List.of(shorter, fee), "note", "Thank you");
    assertThat(last())
        .isEqualTo(
            "Staff 1: Tax Resolution from 1 h 00 min (60 min) to 45 min;"
                + " added Court fee, $19.99; note changed");
    edit("discount", Map.of("percent", "10"), "dueOn", "2031-02-28");
    assertThat(last()).isEqualTo("Staff 1: Discount 10%; due on February 28, 2031");
    edit("lines", List.of(Map.of("lineId", line, "description", "Letter", "hourlyRate", 10_000)));
    assertThat(last())
        .isEqualTo(
            "Staff 1: Tax Resolution renamed to Letter; Letter from $250.00 to $100.00 an"
                + " hour; took off Court fee, $19.99");
    edit("discount", null, "dueOn", null, "note", null);
    assertThat(last())
        .isEqualTo("Staff 1: Discount removed; due by the firm's terms; note removed");

    String entry = "/time-entries/" + billed.timeEntryId();
    firm.owner().patch(entry, "{\"hourlyRate\":20000,\"note\":\"Appeal\"}").expect(200);
    assertThat(history(billed.invoice()))
        .as("what a person set on the line stays")
        .doesNotContain("Owner: Time changed: Edited");
    firm.owner().delete(entry).expect(204);
    assertThat(last()).isEqualTo("Owner: Time removed: Took off Letter, $75.00");
  }

  @Test
  void theWholeWayOfAnInvoiceCanBeRead() {
    firm.owner()
        .patch("/time-entries/" + billed.timeEntryId(), "{\"hourlyRate\":30000}")
        .expect(200);
    firm.staff().post("/invoices/" + billed.invoiceId() + "/send", "{}").expect(202);
    Laptop.settle();
    billed.act("resend", "{}").expect(202);
    Laptop.settle();
    String wrong = billed.pay(1_000).path("paymentId").asText();
    firm.owner().delete("/invoices/" + billed.invoiceId() + "/payments/" + wrong).expect(204);
    Laptop.settle();
    billed.act("void", "{\"reason\":\"Wrong customer\"}").expect(200);
    assertThat(history(billed.invoice()))
        .containsExactly(
            "Clockbill: Draft created from time: Tax Resolution, Owner",
            "Owner: Time changed: Tax Resolution from $250.00 to $300.00 an hour",
            "Staff 1: Sent to " + billed.email(),
            "Clockbill: Numbered 0001",
            "Clockbill: Emailed to " + billed.email(),
            "Clockbill: Email delivered to " + billed.email(),
            "Owner: Resent to " + billed.email(),
            "Clockbill: Emailed to " + billed.email(),
            "Clockbill: Email delivered to " + billed.email(),
            "Owner: Payment of $10.00 recorded: Bank transfer",
            "Owner: Payment of $10.00 taken back: Bank transfer",
            "Owner: Voided: Wrong customer");
  }

  @Test
  void aMailComesBeforeItsDeliveryHoweverLateItIsNoted() {
    Laptop.fault("MailInvoice", "dynamodb", "TransactWriteItems", "before", 3);
    firm.send(billed.invoiceId());
    assertThat(last()).isEqualTo("Clockbill: Email delivered to " + billed.email());
    Laptop.advance("PT10M");
    assertThat(history(billed.invoice()))
        .endsWith(
            "Clockbill: Numbered 0001",
            "Clockbill: Emailed to " + billed.email(),
            "Clockbill: Email delivered to " + billed.email());
  }

  @Test
  void aRevisionSaysSoOnBothSides() {
    JsonNode sent = firm.send(billed.invoiceId());
    JsonNode draft = billed.act("revise", "{}").expect(201);
    assertThat(last()).isEqualTo("Owner: Voided and replaced by a new draft");
    assertThat(history(draft))
        .containsExactly("Owner: Draft created to revise invoice " + sent.path("number").asText());
  }
}
