package dev.clockbill.firm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Laptop;
import dev.clockbill.OnStack;
import dev.clockbill.TestFirm;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a file says of customers beside their names and addresses. */
@OnStack
class CustomerImportTest {
  private final TestFirm firm = Laptop.firm();

  private JsonNode customers(String file, boolean dryRun) {
    return firm.owner()
        .post("/imports/customers?dryRun=" + dryRun, "text/csv", file)
        .expect(200)
        .path("lines");
  }

  private JsonNode listed() {
    return firm.owner().get("/customers?limit=100").expect(200).path("customers");
  }

  private static List<String> fates(JsonNode lines) {
    return lines.findValuesAsText("fate");
  }

  @Test
  void whoHasNoAddressForInvoicesIsBilledOnPaperAndTheLineSaysSo() {
    JsonNode named = customers("name\nAda\nBo\n", true);
    assertThat(fates(named)).containsExactly("created", "created");
    assertThat(named.findValuesAsText("hint")).hasSize(2).allMatch(hint -> hint.contains("paper"));
    String file =
        """
        name,email,contact 1 email,contact 1 gets
        Ada,,,
        Bo,,bo@b.example,invoice
        Cy,,cy@b.example,reminder
        Di,di@b.example,,
        Ed,nowhere,,
        """;
    JsonNode lines = customers(file, false);
    assertThat(fates(lines)).containsExactly("created", "created", "created", "created", "refused");
    assertThat(lines.findValuesAsText("field")).containsExactly("email");
    assertThat(
            lines
                .valueStream()
                .filter(line -> line.has("hint"))
                .map(line -> line.path("name").asText()))
        .containsExactly("Ada", "Cy");
    assertThat(listed().path(0).path("email").isNull()).isTrue();
    JsonNode again = customers(file, false);
    assertThat(fates(again)).filteredOn("unchanged"::equals).hasSize(4);
    assertThat(again.findValues("hint")).isEmpty();
  }

  @Test
  void whenTimeIsBilledAndWhoIsRetiredComeInToo() {
    JsonNode lines =
        customers(
            """
            Name,Billing,Active
            Ada,onStop,yes
            Bo,Collect,no
            Cy,on stop,
            Di,,TRUE
            Ed,monthly,maybe
            """,
            false);
    assertThat(fates(lines)).containsExactly("created", "created", "created", "created", "refused");
    assertThat(lines.findValuesAsText("field")).containsExactlyInAnyOrder("Billing", "Active");
    assertThat(listed().findValuesAsText("billing"))
        .containsExactly("onStop", "collect", "onStop", "null");
    assertThat(listed().findValuesAsText("active"))
        .containsExactly("true", "false", "true", "true");
  }

  @Test
  void whatWasWrittenForASpreadsheetComesInAsItWas() {
    customers("name,phone\n'=Hopper,'+49 40 5550134\n", false);
    assertThat(listed().findValuesAsText("name")).containsExactly("=Hopper");
    assertThat(listed().findValuesAsText("phone")).containsExactly("+49 40 5550134");
  }
}
