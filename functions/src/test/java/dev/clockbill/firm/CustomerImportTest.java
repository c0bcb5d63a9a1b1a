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
  void aFileOfNamesOnlyFindsWhoIsThereWhateverTheirAddress() {
    String there =
        "name,email,reference\nAda,ada@b.example,1\nBo,bo@b.example,1\nBo,b@b.example,2\n";
    assertThat(fates(customers(there, false))).containsOnly("created");
    String names = "Client\nADA\nBo\nCy\n";
    for (boolean dryRun : List.of(true, false)) {
      assertThat(fates(customers(names, dryRun)))
          .containsExactly("unchanged", "unchanged", "created");
    }
    assertThat(fates(customers(names, false))).containsOnly("unchanged");
    assertThat(listed().findValuesAsText("name")).containsExactly("Ada", "Bo", "Bo", "Cy");
    JsonNode more = customers("name,reference\nAda,1\nAda,2\nBo,1\nBo,2\nBo,3\n", false);
    assertThat(fates(more))
        .containsExactly("unchanged", "refused", "unchanged", "unchanged", "refused");
    assertThat(more.findValuesAsText("field")).containsExactly("reference", "reference");
    assertThat(listed()).hasSize(4);
  }

  @Test
  void whereAFileHasAColumnOfAddressesAnEmptyOneIsSomebodyElse() {
    String file = "name,email\nAda,ada@b.example\nAda,\n";
    assertThat(fates(customers(file, false))).containsExactly("created", "created");
    assertThat(fates(customers(file, false))).containsExactly("unchanged", "unchanged");
    assertThat(fates(customers("name,email\nBo,\n", false))).containsExactly("created");
    assertThat(fates(customers("name,email\nBo,bo@b.example\n", false))).containsExactly("created");
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
