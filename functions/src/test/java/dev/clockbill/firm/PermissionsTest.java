package dev.clockbill.firm;

import static org.assertj.core.api.Assertions.assertThat;

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
  void whatWasNeverDecidedIsAllowed() {
    call(firm.staff(), "GET /reports/overview").expect(200);
    assertThat(call(firm.staff(), "POST /invoices/{invoiceId}/void").status()).isEqualTo(404);
  }
}
