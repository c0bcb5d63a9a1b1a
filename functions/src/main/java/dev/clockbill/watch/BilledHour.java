package dev.clockbill.watch;

import dev.clockbill.shared.Json;
import dev.clockbill.shared.Time;
import dev.clockbill.watch.Visitor.Answer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The main job in the journey's own firm: a timer that is said to have run for an hour becomes a
 * draft with the right amount, and all of it is deleted again.
 *
 * <p>It works only for a customer with an address of SES's mailbox simulator, so that no person
 * ever gets a mail, whatever the firm's settings are; what there is of that customer is taken for a
 * former journey's. A timer is stopped within seconds, so that nobody is reminded of it.
 */
final class BilledHour {
  private static final String SIMULATOR = "@simulator.amazonses.com";
  private static final String NOTE = "Synthetic journey";
  private static final Duration HOUR = Duration.ofHours(1);

  /** How long the workflow may take: its steps, cold, and one that is tried again. */
  private static final Duration PATIENCE = Duration.ofSeconds(45);

  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Visitor member;

  BilledHour(Visitor member) {
    this.member = member;
  }

  /** What it is made of. */
  private record Order(String customerId, String serviceId) {}

  void make(Steps steps) {
    steps.take("see who is logged in", () -> member.get("/me").expect(200));
    Order order = steps.take("find the journey's customer and a service", this::order);
    steps.take("clear up after the last journey", () -> clear(order.customerId()));
    try {
      make(steps, order);
    } catch (JourneyFailed failed) {
      leave(order.customerId(), failed);
      throw failed;
    }
  }

  private void make(Steps steps, Order order) {
    Instant stop = Time.now().truncatedTo(ChronoUnit.SECONDS);
    String timer = steps.take("start a timer", () -> started(order, stop.minus(HOUR)));
    Map<String, Object> entry = steps.take("stop it", () -> stopped(timer, stop));
    String invoice = steps.take("wait for the draft", () -> drafted(timer));
    steps.take("check the draft", () -> checked(invoice, entry));
    steps.take("delete the draft", () -> member.delete("/invoices/" + invoice).expect(204));
    steps.take("delete the time", () -> member.delete("/time-entries/" + timer).expect(204));
  }

  private Order order() {
    String customer =
        first(
            member.get("/customers?search=" + SIMULATOR.replace("@", "%40")).expect(200),
            "customers",
            "customerId",
            "The journey's firm needs a customer with the address success" + SIMULATOR + ".");
    String service =
        first(
            member.get("/services").expect(200),
            "services",
            "serviceId",
            "The journey's firm needs a paid service.");
    return new Order(customer, service);
  }

  private static String first(Answer list, String name, String id, String otherwise) {
    return Json.objects(list.json(), name).stream()
        .filter(each -> !Boolean.FALSE.equals(each.get("active")))
        .filter(each -> !name.equals("customers") || Json.text(each, "email").endsWith(SIMULATOR))
        .map(each -> Json.text(each, id))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(otherwise));
  }

  private Boolean clear(String customer) {
    Map<String, Object> running = Json.object(member.get("/timers/running").json(), "timer");
    if (customer.equals(Json.text(running, "customerId"))) {
      member.delete("/timers/" + Json.text(running, "timerId")).expect(204);
    }
    for (String draft : ids("/invoices", "draft", customer, "invoices", "invoiceId")) {
      member.delete("/invoices/" + draft).expect(204);
    }
    for (String time : ids("/time-entries", "unbilled", customer, "timeEntries", "timeEntryId")) {
      member.delete("/time-entries/" + time).expect(204);
    }
    return true;
  }

  private List<String> ids(String path, String state, String customer, String name, String id) {
    String asked = path + "?state=" + state + "&customerId=" + customer;
    return Json.objects(member.get(asked).expect(200).json(), name).stream()
        .map(each -> Json.text(each, id))
        .toList();
  }

  /** Clears up after a failure, as far as that is possible; the next journey does the rest. */
  private void leave(String customer, JourneyFailed failed) {
    try {
      clear(customer);
    } catch (RuntimeException alsoFailed) {
      failed.addSuppressed(alsoFailed);
    }
  }

  private String started(Order order, Instant start) {
    Map<String, Object> timer =
        Json.object(
            "customerId", order.customerId(),
            "serviceId", order.serviceId(),
            "note", NOTE,
            "startedAt", start.toString());
    return Json.text(member.post("/timers", timer).expect(201).json(), "timerId");
  }

  private Map<String, Object> stopped(String timer, Instant stop) {
    Map<String, Object> entry =
        Json.object(
            member
                .post("/timers/" + timer + "/stop", Json.object("stoppedAt", stop.toString()))
                .expect(200)
                .json(),
            "timeEntry");
    same("measured seconds", HOUR.toSeconds(), number(entry, "measuredSeconds"));
    same(
        "the amount of " + number(entry, "billedMinutes") + " billed minutes",
        amount(number(entry, "hourlyRate"), number(entry, "billedMinutes")),
        number(entry, "amount"));
    return entry;
  }

  /** Minutes at an hourly rate, half up, computed apart from the product's own code. */
  private static long amount(long hourlyRate, long minutes) {
    return BigDecimal.valueOf(hourlyRate)
        .multiply(BigDecimal.valueOf(minutes))
        .divide(BigDecimal.valueOf(60), 0, RoundingMode.HALF_UP)
        .longValueExact();
  }

  private String drafted(String timer) {
    return until(
        () ->
            Optional.ofNullable(
                Json.text(member.get("/time-entries/" + timer).expect(200).json(), "invoiceId")),
        "The time is on no invoice after " + PATIENCE.toSeconds() + " seconds.");
  }

  private static <T> T until(Supplier<Optional<T>> look, String otherwise) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Optional<T> found = look.get();
      if (found.isPresent()) {
        return found.get();
      }
      if (System.nanoTime() > end) {
        throw new IllegalStateException(otherwise);
      }
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("The journey was interrupted.", ended);
      }
    }
  }

  private Boolean checked(String invoiceId, Map<String, Object> entry) {
    Map<String, Object> invoice = member.get("/invoices/" + invoiceId).expect(200).json();
    if (!"draft".equals(Json.text(invoice, "state"))) {
      throw new IllegalStateException(
          "The invoice is "
              + Json.text(invoice, "state")
              + ": in the journey's firm nothing may be sent automatically.");
    }
    List<Map<String, Object>> lines = Json.objects(invoice, "lines");
    same("lines of the draft", 1, lines.size());
    same("the line's amount", number(entry, "amount"), number(lines.getFirst(), "amount"));
    return true;
  }

  private static long number(Map<String, Object> object, String name) {
    return object.get(name) instanceof Number number ? number.longValue() : -1;
  }

  private static void same(String what, long expected, long found) {
    if (expected != found) {
      throw new IllegalStateException(
          "Of %s %d are expected, and there are %d.".formatted(what, expected, found));
    }
  }
}
