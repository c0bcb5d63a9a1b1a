package dev.clockbill.firm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.OnStack;
import dev.clockbill.Routes;
import dev.clockbill.TestFirm;
import dev.clockbill.shared.Ids;
import java.util.List;
import org.junit.jupiter.api.Test;

@OnStack
class PermissionsTest {
  private final TestFirm firm = Laptop.firm();

  /** Routes of invoices that staff may use whatever the permissions say; all others are kept. */
  private static final List<String> LEFT =
      List.of(
          "GET /invoices",
          "POST /invoices",
          "GET /invoices/counts",
          "GET /invoices/{invoiceId}",
          "PATCH /invoices/{invoiceId}",
          "GET /invoices/{invoiceId}/pdf",
          "GET /invoices/{invoiceId}/mail",
          "POST /invoices/{invoiceId}/mail");

  private static Api.Answer call(Api api, String route) {
    String[] parts = route.split(" ", 2);
    String path = parts[1].replaceAll("\\{[^}]*}", Ids.next());
    return api.unchecked().call(parts[0], path, parts[0].equals("POST") ? "{}" : null);
  }

  @Test
  void whatStaffMayNotSendIsRefusedOnEachRouteAndLeftToOwners() {
    firm.owner().patch("/firm", "{\"permissions\":{\"staffSend\":false}}").expect(200);
    List<String> routes =
        Routes.withToken().stream()
            .filter(route -> route.contains(" /invoices"))
            .filter(route -> !LEFT.contains(route))
            .filter(route -> !route.endsWith("/test-mail"))
            .toList();
    assertThat(routes).contains("POST /invoices/{invoiceId}/send", "DELETE /invoices/{invoiceId}");
    for (String route : routes) {
      Api.Answer refused = call(firm.staff(), route);
      assertThat(refused.status()).as(route + " " + refused).isEqualTo(403);
      assertThat(refused.word()).as(route).isEqualTo("owner-only");
      assertThat(call(firm.owner(), route).status()).as(route).isNotEqualTo(403);
    }
    for (String route : LEFT) {
      assertThat(call(firm.staff(), route).status()).as(route).isNotEqualTo(403);
    }
    call(firm.staff(), "GET /reports/overview").expect(200);
  }

  @Test
  void reportsThatAreKeptToOwnersAreRefusedOnEachRoute() {
    firm.owner().patch("/firm", "{\"permissions\":{\"staffReports\":false}}").expect(200);
    List<String> reports =
        Routes.withToken().stream().filter(route -> route.contains(" /reports/")).toList();
    assertThat(reports).hasSizeGreaterThanOrEqualTo(2);
    for (String route : reports) {
      assertThat(call(firm.staff(), route).word()).as(route).isEqualTo("owner-only");
      assertThat(call(firm.owner(), route).status()).as(route).isNotEqualTo(403);
    }
    assertThat(call(firm.staff(), "DELETE /invoices/{invoiceId}").status()).isEqualTo(404);
  }

  @Test
  void whoMayNotSendDoesNotHaveInvoicesSentAutomaticallyEither() {
    String automatic = "{\"name\":\"Ada\",\"email\":\"a@b.example\",\"sendAutomatically\":true}";
    String file = "name,email,sendAutomatically\nAda,a@b.example,yes\nBo,bo@b.example,no\n";
    String customer = "/customers/" + firm.customer("Grace Hopper");
    Api staff = firm.staff().ifMatch(1);
    firm.owner().patch("/firm", "{\"permissions\":{\"staffSend\":false}}").expect(200);
    assertThat(staff.post("/customers", automatic).word()).isEqualTo("owner-only");
    assertThat(staff.patch(customer, "{\"sendAutomatically\":true}").word())
        .isEqualTo("owner-only");
    JsonNode lines =
        firm.staff().post("/imports/customers", "text/csv", file).expect(200).path("lines");
    assertThat(lines.findValuesAsText("fate")).containsExactly("refused", "created");
    assertThat(lines.at("/0/errors/0/field").asText()).isEqualTo("sendAutomatically");
    assertThat(lines.at("/0/errors/0/message").asText()).contains("only an owner");
    assertThat(firm.owner().get("/customers").json().path("customers").findValuesAsText("name"))
        .containsExactly("Bo", "Grace Hopper");
    staff.patch(customer, "{\"name\":\"Grace\",\"sendAutomatically\":false}").expect(200);
    firm.owner().ifMatch(2).patch(customer, "{\"sendAutomatically\":true}").expect(200);
    firm.staff()
        .ifMatch(3)
        .patch(customer, "{\"name\":\"Hopper\",\"sendAutomatically\":true}")
        .expect(200);
    firm.owner().post("/customers", automatic).expect(201);
  }

  @Test
  void norByHavingTimeBilledAsItStopsWhereThatSendsIt() {
    String customer = "/customers/" + firm.customer("Alan Turing");
    firm.owner()
        .patch(customer, "{\"sendAutomatically\":true,\"billing\":\"collect\"}")
        .expect(200);
    firm.owner().patch("/firm", "{\"permissions\":{\"staffSend\":false}}").expect(200);
    for (String billing : List.of("\"onStop\"", "null")) {
      assertThat(firm.staff().patch(customer, "{\"billing\":" + billing + "}").word())
          .isEqualTo("owner-only");
    }
    firm.staff().patch(customer, "{\"note\":\"Collects\"}").expect(200);
    firm.owner().patch(customer, "{\"sendAutomatically\":false}").expect(200);
    firm.staff().patch(customer, "{\"billing\":\"onStop\"}").expect(200);
  }

  @Test
  void anImportLetsStaffDoWhatAddingACustomerDoes() {
    firm.owner()
        .patch(
            "/firm",
            "{\"permissions\":{\"staffSend\":false},\"invoicing\":{\"sendAutomatically\":true}}")
        .expect(200);
    for (boolean automatic : List.of(true, false)) {
      for (String billing : List.of("onStop", "collect", "")) {
        String name = automatic + " " + billing;
        int status =
            firm.staff()
                .post(
                    "/customers",
                    Api.json(
                        "name",
                        name,
                        "email",
                        "a@b.example",
                        "sendAutomatically",
                        automatic,
                        "billing",
                        billing.isEmpty() ? null : billing))
                .status();
        String file =
            "name,sendAutomatically,billing\nOther " + name + "," + automatic + "," + billing;
        JsonNode line =
            firm.staff()
                .post("/imports/customers", "text/csv", file)
                .expect(200)
                .path("lines")
                .path(0);
        assertThat(line.path("fate").asText())
            .as(name)
            .isEqualTo(status == 403 ? "refused" : "created");
        assertThat(status).as(name).isEqualTo(automatic ? 403 : 201);
      }
    }
  }

  @Test
  void whatWasNeverDecidedIsAllowed() {
    firm.staff()
        .post("/customers", "{\"name\":\"A\",\"email\":\"a@b.example\",\"sendAutomatically\":true}")
        .expect(201);
    call(firm.staff(), "GET /reports/overview").expect(200);
    assertThat(call(firm.staff(), "POST /invoices/{invoiceId}/void").status()).isEqualTo(404);
  }
}
