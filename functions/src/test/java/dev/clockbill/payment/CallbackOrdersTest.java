package dev.clockbill.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.Laptop;
import dev.clockbill.Partition;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.invoice.PaymentItem;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Ids;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Signature;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The events of one payment, up to five, in every order, and each of them again after every later
 * one, as signed callbacks over HTTP: what the ledger says follows from which events were told and
 * from nothing else. Beyond five events the pure rules are held to the same: {@link
 * ChargeLedgerTest}.
 *
 * <p>Each order meets an invoice of its own, a copy of one that was sent, with an open checkout; or
 * two that are paid in one.
 */
@StoppedClock
class CallbackOrdersTest {
  private static final long TOTAL = 25_000;
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static TestFirm firm;
  private static Table table;
  private static Item invoice;
  private static Item checkout;
  private static long now;
  private static long told;

  /**
   * The events of a payment.
   *
   * @param invoices how many are paid by it
   * @param events by what they are about; each takes the payment's id
   * @param ledger what all of them come to
   */
  private record Events(
      String name, int invoices, List<Function<Copy, Map<String, Object>>> events, String ledger) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Copies of the invoice, with ids that no others have, which are paid in one checkout. */
  private record Copy(List<String> invoiceIds) {
    String sessionId() {
      return "cs_" + invoiceIds.getFirst();
    }

    String paymentId() {
      return "pi_" + invoiceIds.getFirst();
    }

    long total() {
      return TOTAL * invoiceIds.size();
    }
  }

  @BeforeAll
  static void sendAnInvoice() {
    firm = Laptop.firm();
    String service = firm.service("Tax Resolution", TOTAL);
    String invoiceId = firm.time(firm.customer("Ada"), service, 60).path("invoiceId").asText();
    firm.send(invoiceId);
    PaidInvoice.checkout(firm, invoiceId);
    table = new Table(new Environment(Laptop.stack().environment("Invoices")));
    now = Laptop.now().getEpochSecond();
    invoice = table.get(firm.firmId(), InvoiceItem.key(invoiceId)).orElseThrow();
    checkout = table.get(firm.firmId(), CheckoutItem.key(invoice.text("checkout"))).orElseThrow();
  }

  private static Copy copy(int invoices) {
    Copy copy = new Copy(Stream.generate(Ids::next).limit(invoices).toList());
    copy.invoiceIds()
        .forEach(
            id ->
                put(
                    InvoiceItem.key(id),
                    invoice,
                    Map.of("checkout", copy.sessionId(), "payToken", Ids.secret())));
    List<Map<String, Object>> shares =
        copy.invoiceIds().stream()
            .map(id -> Json.object("invoiceId", id, "version", 1, "amount", TOTAL))
            .toList();
    put(
        CheckoutItem.key(copy.sessionId()),
        checkout,
        Map.of("shares", shares, "url", "https://checkout.example/"));
    return copy;
  }

  private static void put(String key, Item of, Map<String, Object> changed) {
    Map<String, Object> attributes = new LinkedHashMap<>(of.attributes());
    Set.of("firm", "item", "token", "execution", "dueQueue", "dueAt", "writeId")
        .forEach(attributes::remove);
    attributes.putAll(Item.values(changed));
    attributes.putAll(Item.values(Map.of("firm", firm.firmId(), "item", key)));
    Map<String, String> environment = Laptop.stack().environment("Invoices");
    Partition.service(environment.get("AWS_ENDPOINT_URL_DYNAMODB"))
        .call("PutItem", Map.of("TableName", environment.get("TABLE_NAME"), "Item", attributes));
  }

  private static Map<String, Object> session(Copy copy, String type, String paymentStatus) {
    return event(
        type,
        Json.object(
            "id",
            copy.sessionId(),
            "object",
            "checkout.session",
            "amount_total",
            copy.total(),
            "currency",
            "usd",
            "payment_status",
            paymentStatus,
            "payment_intent",
            copy.paymentId(),
            "metadata",
            Json.object(
                "firmId", firm.firmId(), "invoiceId", String.join(",", copy.invoiceIds()))));
  }

  private static Map<String, Object> refund(Copy copy, String type, long units, String status) {
    return event(type, takenBack(copy, "refund", "re", units, status));
  }

  private static Map<String, Object> dispute(Copy copy, String type, long units, String status) {
    return event(type, takenBack(copy, "dispute", "du", units, status));
  }

  private static Map<String, Object> takenBack(
      Copy copy, String object, String id, long units, String status) {
    return Json.object(
        "id", id,
        "object", object,
        "amount", units,
        "currency", "usd",
        "payment_intent", copy.paymentId(),
        "status", status,
        "created", now);
  }

  private static Map<String, Object> refunded(Copy copy, long units) {
    return event(
        "charge.refunded",
        Json.object(
            "id", "ch",
            "object", "charge",
            "amount_refunded", units,
            "currency", "usd",
            "payment_intent", copy.paymentId()));
  }

  private static Map<String, Object> event(String type, Map<String, Object> object) {
    return Json.object(
        "id",
        "evt_" + Ids.next(),
        "object",
        "event",
        "type",
        type,
        "account",
        checkout.text("account"),
        "livemode",
        false,
        "created",
        Laptop.now().getEpochSecond(),
        "data",
        Json.object("object", object));
  }

  static Stream<Events> everything() {
    String completed = "checkout.session.completed";
    return Stream.of(
        new Events(
            "a delayed payment, a refund that takes days, and the sum of two",
            1,
            List.of(
                copy -> session(copy, completed, "unpaid"),
                copy -> session(copy, "checkout.session.async_payment_succeeded", "paid"),
                copy -> refund(copy, "refund.created", 4_000, "pending"),
                copy -> refund(copy, "refund.updated", 4_000, "succeeded"),
                copy -> refunded(copy, 7_000)),
            "partlyPaid 18000 payment settled 25000, payment-refunded settled 3000, re settled"
                + " 4000"),
        new Events(
            "a refund of everything that fails",
            1,
            List.of(
                copy -> session(copy, completed, "paid"),
                copy -> refund(copy, "refund.created", TOTAL, "succeeded"),
                copy -> refund(copy, "refund.failed", TOTAL, "failed"),
                copy -> refunded(copy, TOTAL)),
            "paid 25000 payment settled 25000, re failed 25000"),
        new Events(
            "a dispute that is lost after a refund",
            1,
            List.of(
                copy -> session(copy, completed, "paid"),
                copy -> refund(copy, "refund.created", 2_000, "succeeded"),
                copy -> dispute(copy, "charge.dispute.created", TOTAL, "needs_response"),
                copy -> dispute(copy, "charge.dispute.closed", TOTAL, "lost")),
            "sent 0 disputed du settled 25000, payment settled 25000, re settled 2000"),
        new Events(
            "two invoices paid at once, refunds of more than the first, and a dispute of the rest",
            2,
            List.of(
                copy -> session(copy, completed, "paid"),
                copy -> refund(copy, "refund.created", 30_000, "succeeded"),
                copy -> refunded(copy, 35_000),
                copy -> dispute(copy, "charge.dispute.closed", 15_000, "lost")),
            "sent 0 payment settled 25000, re settled 25000; sent 0 disputed du settled 15000,"
                + " payment settled 25000, payment-refunded settled 5000, re settled 5000"));
  }

  @ParameterizedTest
  @MethodSource("everything")
  void failure13_anyOrderOfTheEventsOfAPaymentGivesTheSameLedger(Events all) {
    List<List<Integer>> orders = orders(List.of(), all.events().size());
    Map<Set<Integer>, String> ledgers = new ConcurrentHashMap<>();
    orders.parallelStream().forEach(order -> tell(all, order, ledgers));
    int events = all.events().size();
    assertThat(orders).hasSize(IntStream.rangeClosed(1, events).reduce(1, (n, k) -> n * k));
    assertThat(ledgers).hasSize((1 << events) - 1);
    assertThat(ledgers.get(new TreeSet<>(orders.getFirst()))).isEqualTo(all.ledger());
    told += orders.size();
    System.out.println("Orders of callbacks: " + told);
    Laptop.settle();
  }

  /** Tells the events in an order, and after each one all earlier ones again. */
  private static void tell(Events all, List<Integer> order, Map<Set<Integer>, String> ledgers) {
    Copy copy = copy(all.invoices());
    List<String> bodies =
        all.events().stream().map(event -> Json.write(event.apply(copy))).toList();
    Set<Integer> sofar = new TreeSet<>();
    for (int next : order) {
      sofar.add(next);
      callback(bodies.get(next));
      order.stream().filter(sofar::contains).forEach(again -> callback(bodies.get(again)));
      String ledger = ledger(copy);
      String before = ledgers.putIfAbsent(new TreeSet<>(sofar), ledger);
      assertThat(before == null ? ledger : before)
          .as("events %s, told in the order %s", sofar, order)
          .isEqualTo(ledger);
    }
  }

  /** Without comparing thousands of answers with the API's description, which other tests do. */
  private static void callback(String body) {
    String signature = "t=" + now + ",v1=" + Signature.of(now + "." + body, "whsec_laptop");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(Laptop.stack().base() + "/webhooks/payments"))
            .header("content-type", "application/json")
            .header("stripe-signature", signature)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private static String ledger(Copy copy) {
    return copy.invoiceIds().stream()
        .map(invoiceId -> ledger(copy, invoiceId))
        .collect(Collectors.joining("; "));
  }

  private static String ledger(Copy copy, String invoiceId) {
    List<Item> family = table.family(firm.firmId(), InvoiceItem.key(invoiceId));
    Invoice invoice = InvoiceItem.of(family.getFirst());
    List<String> rows =
        PaymentItem.among(family).stream()
            .map(
                row ->
                    row.paymentId().replace(copy.paymentId(), "payment")
                        + " "
                        + row.status().word()
                        + " "
                        + row.amount())
            .sorted()
            .toList();
    return invoice.state().word()
        + " "
        + invoice.amountPaid()
        + (invoice.marks().disputed().isEmpty() ? " " : " disputed ")
        + String.join(", ", rows);
  }

  private static List<List<Integer>> orders(List<Integer> begun, int events) {
    if (begun.size() == events) {
      return List.of(begun);
    }
    return IntStream.range(0, events)
        .boxed()
        .filter(next -> !begun.contains(next))
        .flatMap(
            next -> {
              List<Integer> further = new ArrayList<>(begun);
              further.add(next);
              return orders(further, events).stream();
            })
        .toList();
  }
}
