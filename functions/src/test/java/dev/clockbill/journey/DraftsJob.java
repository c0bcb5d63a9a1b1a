package dev.clockbill.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.Api;
import dev.clockbill.journey.MainJob.Step;
import java.util.List;

/** The part of a firm's job in which drafts are deleted, corrected and merged before they go. */
final class DraftsJob {
  private final Desk desk;
  private final OpeningJob opening;

  DraftsJob(Desk desk, OpeningJob opening) {
    this.desk = desk;
    this.opening = opening;
  }

  List<Step> steps() {
    return List.of(
        new Step("delete", this::delete),
        new Step("correct time", this::correctTime),
        new Step("merge", this::merge));
  }

  private void delete() {
    String time = desk.enter("Fay", opening.hourly());
    desk.delete(desk.owner(), "/invoices/" + desk.invoiceOf(time));
    desk.promises()
        .add("unbilled time", () -> desk.get("/time-entries/" + time).path("invoiceId").isNull());
  }

  private void correctTime() {
    String time = desk.enter("Fay", opening.hourly());
    String draft = desk.invoiceOf(time);
    desk.patch("/time-entries/" + time, Api.json("hourlyRate", 30_000));
    assertThat(desk.invoice(draft).path("total").asLong()).isEqualTo(30_000);
    String wrong = desk.enter("Fay", opening.hourly());
    desk.invoiceOf(wrong);
    desk.delete(desk.owner(), "/time-entries/" + wrong);
    desk.promises().revoke("the time " + wrong);
  }

  private void merge() {
    List<String> times =
        List.of(desk.enter("Ida", opening.hourly()), desk.enter("Ida", opening.hourly()));
    List<String> drafts = times.stream().map(desk::invoiceOf).toList();
    String merged =
        desk.create(desk.owner(), "/invoices/merge", Api.json("invoiceIds", drafts))
            .path("invoiceId")
            .asText();
    desk.promises()
        .add(
            "the merged draft", () -> times.stream().map(desk::invoiceOf).allMatch(merged::equals));
    desk.promises()
        .add("its total", () -> desk.invoice(merged).path("total").asLong() == 2 * 24_000);
  }
}
