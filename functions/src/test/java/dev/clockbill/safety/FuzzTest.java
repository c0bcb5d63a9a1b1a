package dev.clockbill.safety;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clockbill.Api;
import dev.clockbill.ApiDescription;
import dev.clockbill.Laptop;
import dev.clockbill.OnStack;
import dev.clockbill.TestFirm;
import dev.clockbill.local.aws.Faults;
import dev.clockbill.local.table.Consumption;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every route that takes a body gets generated ones, most of them wrong. None makes it fail: it is
 * refused with a problem that says what to do, and then nothing is written or sent. What is right
 * is accepted, and then the next ones meet something new.
 *
 * <p>{@code mvn verify} sends the same bodies each time, {@code mvn -Pfuzz test} 10,000 others to
 * each route. {@code -Dfuzz.seed=} repeats a run, {@code -Dfuzz.bodies=} chooses another number.
 */
@OnStack
@Tag("fuzz")
class FuzzTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final boolean LONG = Boolean.getBoolean("long.form");
  private static final long SEED = Long.getLong("fuzz.seed", LONG ? System.nanoTime() : 1);
  private static final int BODIES = Integer.getInteger("fuzz.bodies", LONG ? 10_000 : 50);

  /** How many defects of a route are told. */
  private static final int MOST_TOLD = 5;

  /** What a function may do to others when it refuses: ask. */
  private static final Set<String> ASKING = Set.of("Get", "List", "Describe", "AdminGet");

  private static TestFirm firm;
  private static final Map<String, String> IDS = new HashMap<>();
  private static long version;

  static List<String> routes() {
    List<String> found = new ArrayList<>();
    ApiDescription.OURS
        .operations()
        .forEach(
            (route, operation) -> {
              if (operation.getRequestBody() != null) {
                found.add(route);
              }
            });
    return found;
  }

  private static Schema<?> schema(Operation operation) {
    return ApiDescription.OURS.body(operation).getContent().containsKey("application/json")
        ? ApiDescription.OURS.body(operation).getContent().get("application/json").getSchema()
        : null;
  }

  /** Makes what routes are about anew, so that what was accepted changes nothing for the next. */
  private static void renew(String route) {
    if (firm == null) {
      firm = Laptop.firm(Api.json("payments", "ready", "staff", 2));
    }
    IDS.computeIfAbsent("serviceId", name -> firm.service("Advice", 20_000));
    IDS.computeIfAbsent("customerId", name -> firm.customer("Ada"));
    JsonNode staff = firm.owner().get("/staff").expect(200).path("staff");
    for (JsonNode member : staff) {
      if (member.path("role").asText().equals("staff")) {
        IDS.put("staffId", member.path("staffId").asText());
      }
    }
    if (route.contains("/services") && route.startsWith("PATCH")) {
      IDS.put("serviceId", firm.service("Advice", 20_000));
    }
    if (route.contains("/customers") && route.startsWith("PATCH")) {
      IDS.put("customerId", firm.customer("Ada"));
    }
    if (route.contains("timerId") && route.contains("/timers/")) {
      JsonNode running = firm.owner().get("/timers/running").expect(200).path("timer");
      IDS.put(
          "timerId",
          running.isNull()
              ? firm.start(IDS.get("customerId"), IDS.get("serviceId"))
              : running.path("timerId").asText());
    }
    if (route.contains("timeEntryId")) {
      IDS.put(
          "timeEntryId",
          firm.time(IDS.get("customerId"), IDS.get("serviceId"), 30).path("timeEntryId").asText());
    }
    if (route.contains("invoiceId")) {
      String line = "{\"kind\": \"fixed\", \"description\": \"Advice\", \"amount\": 5000}";
      String made =
          firm.owner()
              .post(
                  "/invoices",
                  "{\"customerId\": \"%s\", \"lines\": [%s]}".formatted(firm.customer("Ben"), line))
              .expect(201)
              .path("invoiceId")
              .asText();
      IDS.put("invoiceId", made);
      if (!route.startsWith("PATCH") && !route.endsWith("/send")) {
        firm.send(made);
      }
      version = firm.invoice(made).path("version").asLong();
      IDS.put("paymentId", "pi_none");
    }
  }

  @ParameterizedTest
  @MethodSource("routes")
  void aRouteTakesWhateverBodyComes(String route) throws Exception {
    Random random = new Random(SEED + route.hashCode());
    BadBodies bodies = new BadBodies(ApiDescription.OURS, random);
    Operation operation = ApiDescription.OURS.operations().get(route);
    Schema<?> schema = schema(operation);
    String function = operation.getTags().getFirst();
    renew(route);
    Set<String> defects = new TreeSet<>();
    int refused = 0;
    for (int at = 0; at < BODIES && defects.size() < MOST_TOLD; at++) {
      BadBodies.Body body = bodies.next(schema, IDS);
      Laptop.stack().faults().seen();
      Laptop.stack().consumption().begin();
      HttpResponse<String> answer = send(route, body, random);
      List<Consumption.Use> uses = Laptop.stack().consumption().end();
      Set<Faults.Call> calls = Laptop.stack().faults().seen();
      String defect = defect(answer, function, uses, calls);
      if (!defect.isEmpty()) {
        defects.add(defect + " for " + body);
      }
      if (answer.statusCode() < 300) {
        Laptop.settle();
        renew(route);
      } else {
        refused++;
      }
    }
    System.out.printf(
        Locale.ROOT, "%s: %d bodies, %d of them refused, seed %d%n", route, BODIES, refused, SEED);
    assertThat(defects).as("%s, -Dfuzz.seed=%d", route, SEED).isEmpty();
    assertThat(refused).as("refused").isGreaterThan(BODIES / 4);
  }

  private static HttpResponse<String> send(String route, BadBodies.Body body, Random random)
      throws IOException, InterruptedException {
    String[] parts = route.split(" ");
    String path = parts[1];
    for (Map.Entry<String, String> id : IDS.entrySet()) {
      path = path.replace("{" + id.getKey() + "}", id.getValue());
    }
    path = path.replaceAll("\\{[^}]+}", "none");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(Laptop.stack().base() + path))
            .method(parts[0], BodyPublishers.ofByteArray(body.bytes()))
            .header("content-type", body.contentType())
            .header("authorization", "Bearer " + firm.owner().token().orElseThrow());
    if (parts[1].startsWith("/invoices/{") && random.nextInt(10) > 0) {
      request.header("if-match", "\"" + version + "\"");
    }
    if (random.nextInt(4) == 0) {
      request.header("idempotency-key", Long.toString(random.nextLong()));
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  /** What is wrong with an answer, or with what the function did; nothing where all is well. */
  private static String defect(
      HttpResponse<String> answer,
      String function,
      List<Consumption.Use> uses,
      Set<Faults.Call> calls) {
    int status = answer.statusCode();
    if (status >= 500) {
      return "failed with " + status + " " + answer.body();
    }
    if (status < 400) {
      return "";
    }
    if (answer.body().contains("/problems/invitation-accepted")) {
      // It is the user pool that has refused to send the invitation again.
      return problem(answer);
    }
    for (Consumption.Use use : uses) {
      if (use.function().equals(function)
          && use.writes()
          && use.units().compareTo(BigDecimal.ZERO) > 0) {
        return "was refused with " + status + " and wrote by " + use.operation();
      }
    }
    for (Faults.Call call : calls) {
      if (call.function().equals(function)
          && !Set.of("dynamodb", "ssm").contains(call.service())
          && ASKING.stream().noneMatch(call.operation()::startsWith)) {
        return "was refused with " + status + " and called " + call;
      }
    }
    return problem(answer);
  }

  private static String problem(HttpResponse<String> answer) {
    int status = answer.statusCode();
    String type = answer.headers().firstValue("content-type").orElse("");
    JsonNode problem;
    try {
      problem = JSON.readTree(answer.body());
    } catch (IOException noJson) {
      return type.startsWith("text/html") ? "" : "was refused without a problem: " + answer.body();
    }
    if (status == 413 && problem.path("message").asText().equals("Request Entity Too Large")) {
      return "";
    }
    boolean said =
        type.startsWith("application/problem+json")
            && problem.path("status").asInt() == status
            && !problem.path("title").asText().isBlank()
            && !problem.path("detail").asText().isBlank()
            && problem.path("type").asText().matches("https://.+/problems/[a-z-]+");
    return said ? "" : "was refused without a whole problem: " + type + " " + answer.body();
  }
}
