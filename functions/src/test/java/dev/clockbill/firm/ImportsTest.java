package dev.clockbill.firm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.OnStack;
import dev.clockbill.TestFirm;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Moving in, against the stack. */
@OnStack
class ImportsTest {
  private static final String CUSTOMERS =
      """
      name,email,address,sendAutomatically
      Lakeview Bakery,books@lakeview.example,"2210 N Halsted Street
      Chicago",yes
      Étoile du Nord,hello@north.example,,
      """;

  private final TestFirm firm = Laptop.firm();

  private JsonNode customers(String file, boolean dryRun) {
    return bring("customers", file, dryRun).expect(200).path("lines");
  }

  private JsonNode services(String file, boolean dryRun) {
    return bring("services", file, dryRun).expect(200).path("lines");
  }

  private Api.Answer bring(String what, String file, boolean dryRun) {
    return firm.owner().post("/imports/" + what + "?dryRun=" + dryRun, "text/csv", file);
  }

  private JsonNode listed() {
    return firm.owner().get("/customers?limit=100").expect(200).path("customers");
  }

  private static List<String> fates(JsonNode lines) {
    return lines.findValuesAsText("fate");
  }

  /** What is wrong, as {@code line column}. */
  private static List<String> errors(JsonNode lines) {
    return StreamSupport.stream(lines.spliterator(), false)
        .flatMap(
            line ->
                line.path("errors").findValuesAsText("field").stream()
                    .map(field -> line.path("line").asInt() + " " + field))
        .toList();
  }

  @Test
  void aDryRunShowsEveryLinesFateAndWritesNothing() {
    JsonNode lines = customers(CUSTOMERS, true);
    assertThat(fates(lines)).containsExactly("created", "created");
    assertThat(lines.findValuesAsText("line")).containsExactly("2", "4");
    assertThat(lines.findValuesAsText("name")).containsExactly("Lakeview Bakery", "Étoile du Nord");
    assertThat(listed()).isEmpty();
    assertThat(customers(CUSTOMERS, false)).isEqualTo(lines);
    assertThat(listed().findValuesAsText("name"))
        .containsExactly("Étoile du Nord", "Lakeview Bakery");
  }

  @Test
  void whatIsBroughtInIsAsIfItHadBeenAdded() {
    customers(CUSTOMERS, false);
    JsonNode bakery = listed().path(1);
    assertThat(bakery.path("address").asText()).isEqualTo("2210 N Halsted Street\nChicago");
    assertThat(bakery.path("sendAutomatically").asBoolean()).isTrue();
    assertThat(bakery.path("active").asBoolean()).isTrue();
    assertThat(bakery.path("version").asInt()).isEqualTo(1);
    ObjectNode alone =
        (ObjectNode)
            firm.owner().get("/customers/" + bakery.path("customerId").asText()).expect(200);
    assertThat(alone.remove("sums")).isNotNull();
    assertThat(alone).isEqualTo(bakery);
    assertThat(firm.owner().get("/customers?search=etoile").json().path("customers")).hasSize(1);
  }

  @Test
  void theSameFileTwiceMakesNothingTwice() {
    customers(CUSTOMERS, false);
    JsonNode before = listed();
    for (boolean dryRun : List.of(true, false)) {
      JsonNode again = customers(CUSTOMERS.replace("Lakeview", " LAKEVIEW  "), dryRun);
      assertThat(fates(again)).containsExactly("unchanged", "unchanged");
      assertThat(errors(again)).isEmpty();
    }
    assertThat(listed()).isEqualTo(before);
  }

  @Test
  void oneThatIsThereInAnotherShapeIsRefusedByWhatDiffers() {
    customers(CUSTOMERS, false);
    JsonNode before = listed();
    JsonNode lines = customers(CUSTOMERS.replace("Chicago", "Berwyn").replace("yes", "no"), false);
    assertThat(fates(lines)).containsExactly("refused", "unchanged");
    assertThat(errors(lines)).containsExactly("2 address", "2 sendAutomatically");
    assertThat(listed()).isEqualTo(before);
  }

  @Test
  void aLineThatStandsTwiceInTheFileIsMadeOnce() {
    JsonNode lines =
        customers("name,email\nAda,a@b.example\nADA,A@b.example\nAda,other@b.example\n", false);
    assertThat(fates(lines)).containsExactly("created", "unchanged", "created");
    assertThat(listed()).hasSize(2);
  }

  @Test
  void aWrongLineIsRefusedByItsColumnsAndStopsNoOther() {
    JsonNode lines =
        customers(
            """
            Name;E-Mail;Send automatically
            Ada;a@b.example;perhaps
            ;not a mail address;
            Bo;b@b.example;no;more
            %s;c@b.example
            Cy;c@b.example
            """
                .formatted("x".repeat(201)),
            false);
    assertThat(fates(lines)).containsExactly("refused", "refused", "refused", "refused", "created");
    assertThat(errors(lines))
        .containsExactly("2 Send automatically", "3 Name", "3 E-Mail", "4 line", "5 Name");
    assertThat(listed().findValuesAsText("name")).containsExactly("Cy");
  }

  @Test
  void servicesComeWithTheirRatesInMinorUnitsOrAsAmounts() {
    JsonNode lines =
        services("name,hourlyRate,description\nTax,25000,Letters\nFree,0,\nBad,250.00,\n", false);
    assertThat(fates(lines)).containsExactly("created", "created", "refused");
    assertThat(lines.path(0).path("hourlyRate").asLong()).isEqualTo(25_000);
    assertThat(errors(lines)).containsExactly("4 hourlyRate");
    JsonNode amounts =
        services("name;hourlyRateDecimal\nTAX;250,00\nPayroll;90.5\nFree;1\nOdd;x\n", false);
    assertThat(fates(amounts)).containsExactly("unchanged", "created", "refused", "refused");
    assertThat(errors(amounts)).containsExactly("4 hourlyRateDecimal", "5 hourlyRateDecimal");
    JsonNode others = services("name,Hourly rate\nTwo,150\n", true);
    assertThat(others.at("/0/hourlyRate").asLong()).isEqualTo(15_000);
    JsonNode there = firm.owner().get("/services").expect(200).path("services");
    assertThat(there.findValuesAsText("name")).containsExactly("Free", "Payroll", "Tax");
    assertThat(there.findValuesAsText("hourlyRate")).containsExactly("0", "9050", "25000");
  }

  @Test
  void customersComeWithRatesOfTheirOwn() {
    String tax = firm.service("Tax Resolution", 25_000);
    String payroll = firm.service("Payroll", 9_000);
    JsonNode lines =
        customers(
            """
            name,email,hourlyRate:Payroll,hourlyRateDecimal:tax resolution
            Ada,a@b.example,0,220.00
            Bo,b@b.example,,
            Cy,c@b.example,1e3,2.555
            """,
            false);
    assertThat(fates(lines)).containsExactly("created", "created", "refused");
    assertThat(errors(lines))
        .containsExactly("4 hourlyRate:Payroll", "4 hourlyRateDecimal:tax resolution");
    assertThat(listed().path(0).path("rates").path(payroll).asText()).isEqualTo("0");
    assertThat(listed().path(0).path("rates").path(tax).asLong()).isEqualTo(22_000);
    assertThat(listed().path(1).path("rates")).isEmpty();
  }

  @Test
  void aFileThatIsNoneIsRefusedAndWritesNothing() {
    for (String file : List.of("", "email\na@b.example\n", "name,email\nAda,\"a@b.example\n")) {
      Api.Answer refused = bring("customers", file, false);
      assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
      assertThat(refused.json().path("errors").findValuesAsText("field")).containsExactly("file");
    }
    assertThat(bring("services", "name,hourlyRate\n" + "x,1\n".repeat(5_001), true).status())
        .isEqualTo(400);
    String query = "/imports/customers?dryRun=perhaps";
    assertThat(firm.owner().post(query, "text/csv", CUSTOMERS).status()).isEqualTo(400);
    assertThat(listed()).isEmpty();
  }

  @Test
  void lettersOfAnyScriptComeInAsTheyAre() {
    assertThat(fates(customers("\ufeffname,email\nGroß & Łukasz 株式会社,g@b.example\n", false)))
        .containsExactly("created");
    assertThat(listed().findValuesAsText("name")).containsExactly("Groß & Łukasz 株式会社");
  }

  @Test
  void onlyOwnersBringInServices() {
    assertThat(
            firm.staff().post("/imports/services", "text/csv", "name,hourlyRate\nTax,1\n").word())
        .isEqualTo("owner-only");
    assertThat(
            fates(
                firm.staff()
                    .post("/imports/customers", "text/csv", CUSTOMERS)
                    .expect(200)
                    .path("lines")))
        .containsExactly("created", "created");
  }

  @Test
  void twoImportsOfTheSameFileAtOnceMakeEverythingOnce() throws Exception {
    String file =
        IntStream.range(0, 250)
            .mapToObj(number -> "Client %03d,c%d@mail.example".formatted(number, number))
            .collect(Collectors.joining("\n", "name,email\n", "\n"));
    List<Callable<JsonNode>> both =
        List.of(() -> customers(file, false), () -> customers(file, false));
    List<String> fates = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (Future<JsonNode> done : threads.invokeAll(both)) {
        fates.addAll(fates(done.get()));
      }
    }
    assertThat(fates).filteredOn("created"::equals).hasSize(250);
    assertThat(fates).filteredOn("unchanged"::equals).hasSize(250);
  }

  private JsonNode found(String search) {
    String query = URLEncoder.encode(search, StandardCharsets.UTF_8);
    return firm.owner().get("/customers?search=" + query).expect(200).path("customers");
  }

  @Test
  void failure25_namesThatOnlyASearchTakesForOneAreTwo() {
    String file = "name,hourlyRate\nパス,100\nバス,200\nハ\u309aス,100\n";
    assertThat(fates(services(file, false))).containsExactly("created", "created", "unchanged");
    assertThat(fates(customers("name,email\nRésumé,a@b.example\nResume,a@b.example\n", false)))
        .containsExactly("created", "created");
    assertThat(fates(customers("name,email\nSTRASSE,a@b.example\nStraße,a@b.example\n", false)))
        .containsExactly("created", "unchanged");
  }

  @Test
  void failure29_textsAreKeptInOneFormAndFoundByAny() {
    firm.owner()
        .post(
            "/customers",
            Api.json(
                "name",
                "\ufeffO’Brien – Cafe\u0301\u00a0",
                "email",
                "\u00a0info@bücher.example\u200b"))
        .expect(201);
    JsonNode kept = listed().path(0);
    assertThat(kept.path("name").asText()).isEqualTo("O’Brien – Café");
    assertThat(kept.path("email").asText()).isEqualTo("info@bücher.example");
    for (String search :
        List.of("o'brien - cafe", "OʼBRIEN", "bücher", "xn--bcher-kva", "cafe\u0301", "BUCHER")) {
      assertThat(found(search)).as(search).hasSize(1);
    }
    assertThat(fates(customers("name,email\no’brien – CAFÉ,info@xn--bcher-kva.example\n", false)))
        .containsExactly("unchanged");
    Api.Answer refused =
        firm.owner().post("/customers", Api.json("name", "A", "email", "jürgen@b.example"));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().at("/errors/0/field").asText()).isEqualTo("email");
    assertThat(refused.json().at("/errors/0/message").asText()).contains("before the @");
  }

  @Test
  void failure30_anExportOfXeroNeedsOnlyToBeToldWhatToLeaveOut() {
    String xero =
        """
        *ContactName,AccountNumber,EmailAddress,FirstName,LastName,POAttentionTo,POAddressLine1,POAddressLine2,POCity,PORegion,POPostalCode,POCountry,PhoneNumber,TaxNumber
        Marlow Constructions,MAR001,gavin@marlow.example,Gavin,Marlow,,12 Builder St,,Parramatta,NSW,2150,Australia,02 9555 0134,51824753556
        """;
    JsonNode tried = bring("customers", xero, true).expect(200);
    assertThat(tried.path("columns").findValuesAsText("field"))
        .containsExactly(
            "name",
            "null",
            "email",
            "firstName",
            "lastName",
            "null",
            "street",
            "street2",
            "city",
            "region",
            "postalCode",
            "country",
            "phone",
            "taxId");
    assertThat(tried.at("/columns/1/samples/0").asText()).isEqualTo("MAR001");
    Api.Answer refused = bring("customers", xero, false);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("errors").findValuesAsText("field"))
        .containsExactly("AccountNumber"); // POAttentionTo is empty in every line
    assertThat(listed()).isEmpty();
    String out = "{\"accountnumber\": null}";
    firm.owner().post("/imports/customers?columns=" + encoded(out), "text/csv", xero).expect(200);
    assertThat(listed().path(0).path("address").asText())
        .isEqualTo("12 Builder St\nParramatta NSW 2150\nAustralia");
    assertThat(listed().path(0).path("postal").path("country").asText()).isEqualTo("AU");
    assertThat(listed().path(0).path("phone").asText()).isEqualTo("02 9555 0134");
    assertThat(listed().path(0).path("taxId").asText()).isEqualTo("51 824 753 556");
  }

  @Test
  void failure30_termsNotesAndAddressesOfOtherToolsAreTakenAsTheyWriteThem() {
    String file =
        """
        Full Name,Email,Street,City,State,ZIP code,Country,Phone,Terms,Notes,Tax exempt,Tax ID
        Ada,ada@b.example,"1 Way\nUpstairs",Austin,TX,78701,USA,512 555 0134,Net 30,Pays late,yes,74-1234567
        Bo,bo@b.example,1 Way,London,,N1 9GU,UK,020 7946 0000,Due on receipt,,no,
        Cy,cy@b.example,1 Way,Springfield,,1,Freedonia,,7 days,,,
        Di,di@b.example,1 Way,Berlin,,10115,Germany,,,,,DE12345678
        Ed,ed@b.example,,,,,,,whenever,,,
        """;
    JsonNode lines = bring("customers", file, false).expect(200).path("lines");
    assertThat(errors(lines)).containsExactly("6 Tax ID", "7 Terms");
    JsonNode ada = listed().path(0);
    assertThat(ada.path("address").asText()).startsWith("1 Way, Upstairs\nAustin, TX 78701\n");
    assertThat(ada.path("termsDays").asInt()).isEqualTo(30);
    assertThat(ada.path("note").asText()).isEqualTo("Pays late");
    assertThat(ada.path("taxExempt").asBoolean()).isTrue();
    assertThat(listed().at("/1/postal/country").asText()).isEqualTo("GB");
    assertThat(listed().at("/1/termsDays").asInt(-1)).isZero();
    assertThat(listed().at("/2/postal/street").isNull()).isTrue();
    assertThat(listed().at("/2/address").asText()).isEqualTo("1 Way\nSpringfield, 1\nFreedonia");
    assertThat(bring("customers", file, false).expect(200).path("lines").findValuesAsText("fate"))
        .containsExactly("unchanged", "unchanged", "unchanged", "refused", "refused");
  }

  @Test
  void failure30_aColumnIsWhatThePersonSays() {
    String file = "Kunde;Anschrift;Mail;Fax\nAda;1 Way;a@b.example;1\n";
    JsonNode tried = bring("customers", file, true).expect(200);
    assertThat(tried.path("missing").toString()).isEqualTo("[\"name\"]");
    assertThat(tried.path("lines")).isEmpty();
    assertThat(tried.path("names").toString()).contains("\"address\"", "\"email\"");
    String said = "{\"Kunde\":\"name\",\"Anschrift\":\"address\",\"Mail\":\"email\",\"Fax\":null}";
    String path = "/imports/customers?columns=" + encoded(said);
    firm.owner().post(path, "text/csv", file).expect(200);
    assertThat(listed().path(0).path("address").asText()).isEqualTo("1 Way");
    for (String wrong : List.of("{\"Kunde\":\"nothing\"}", "{\"Kunde\":1}", "[]", "x")) {
      assertThat(
              firm.owner()
                  .post("/imports/customers?columns=" + encoded(wrong), "text/csv", file)
                  .status())
          .isEqualTo(400);
    }
  }

  @Test
  void failure30_aFileOfAnotherEncodingIsAskedForIt() {
    byte[] file = "name,email\nŻółć,a@b.example\n".getBytes(Charset.forName("windows-1250"));
    String binary = "application/octet-stream";
    Api.Answer asked = firm.owner().post("/imports/customers?dryRun=true", binary, file);
    assertThat(asked.status()).isEqualTo(400);
    assertThat(asked.json().path("encodings").toString())
        .contains("{\"charset\":\"windows-1250\",\"lines\":[\"Żółć,a@b.example\"]}");
    assertThat(firm.owner().post("/imports/customers", "text/csv", file).status()).isEqualTo(400);
    assertThat(listed()).isEmpty();
    firm.owner().post("/imports/customers?charset=windows-1250", binary, file).expect(200);
    assertThat(listed().path(0).path("name").asText()).isEqualTo("Żółć");
  }

  @Test
  void failure30_whatIsNoCsvIsRefusedWithWhatToDo() {
    for (String beginning : List.of("PK\003\004", "\u00d0\u00cf\u0011\u00e0", "%PDF-1.7\n")) {
      byte[] file = (beginning + "\0\0name").getBytes(StandardCharsets.ISO_8859_1);
      JsonNode refused =
          firm.owner().post("/imports/customers", "application/octet-stream", file).expect(400);
      assertThat(refused.path("errors").findValuesAsText("field")).containsExactly("file");
      assertThat(refused.at("/errors/0/message").asText()).contains("CSV");
    }
  }

  @Test
  void aLineThatIsRefusedSaysWhoItIsAbout() {
    JsonNode line = customers("name,email\nAda Lovelace,none\n", true).path(0);
    assertThat(line.path("fate").asText()).isEqualTo("refused");
    assertThat(line.path("name").asText()).isEqualTo("Ada Lovelace");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
