package dev.clockbill.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.firm.Customer;
import dev.clockbill.firm.CustomerCsv;
import dev.clockbill.firm.CustomerFields;
import dev.clockbill.firm.CustomerImport;
import dev.clockbill.firm.CustomerList;
import dev.clockbill.firm.RateColumns;
import dev.clockbill.firm.Service;
import dev.clockbill.http.Fields;
import dev.clockbill.http.Request;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Money;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any customers that the API takes come out as CSV and in again as they were. */
class CustomersOutAndInTest {
  private static final List<Service> SERVICES =
      List.of(
          service("01JTAX00000000000000000000", "Tax Resolution"),
          service("01JADD00000000000000000000", "=1+1;\"@x"),
          service("01J0DD00000000000000000000", "\"Odd\", a\tb: 'c'"));
  private static final Set<String> IDS =
      SERVICES.stream().map(Service::serviceId).collect(Collectors.toSet());

  /** An address's country and a tax id that fits it. */
  private static final List<List<String>> COUNTRIES =
      List.of(
          List.of("", ""),
          List.of("", "74/1 a"),
          List.of("", "'-7"),
          List.of("DE", "DE123456788"),
          List.of("AU", "51 824 753 556"),
          List.of("US", "12-3456789"),
          List.of("GB", ""));

  private static Service service(String id, String name) {
    return new Service(id, name, 25_000, null, true, Service.Kind.HOURLY, null, true, 1);
  }

  /** A text that CSV, spreadsheets and imports could make something else of. */
  private static Arbitrary<String> text(String... more) {
    return Arbitraries.oneOf(
            Arbitraries.of(more),
            Arbitraries.of(
                "a", "é", "株", "=", "+1", "-", "@", "'", "\"", ",", ";", "\t", " ", "yes", "0",
                ":"))
        .list()
        .ofMaxSize(6)
        .map(parts -> String.join("", parts));
  }

  private static Arbitrary<String> line() {
    return text("x");
  }

  private static Arbitrary<String> lines() {
    return text("x", "\n", "\r\n");
  }

  private static Arbitrary<Map<String, Object>> postal(String country) {
    return line()
        .list()
        .ofSize(5)
        .map(
            parts ->
                Json.object(
                    "street", parts.get(0),
                    "street2", parts.get(1),
                    "city", parts.get(2),
                    "region", parts.get(3),
                    "postalCode", parts.get(4),
                    "country", country));
  }

  private static Arbitrary<List<Map<String, Object>>> contacts() {
    return Combinators.combine(
            line(), Arbitraries.of("invoice", "receipt", "reminder").set().ofMaxSize(3))
        .as((name, gets) -> Json.object("name", name, "gets", List.copyOf(gets)))
        .list()
        .ofMaxSize(Customer.MOST_CONTACTS)
        .map(
            contacts -> {
              IntStream.range(0, contacts.size())
                  .forEach(at -> contacts.get(at).put("email", "+c" + at + "@b.example"));
              return contacts;
            });
  }

  @Provide
  Arbitrary<Customer> customers() {
    return Arbitraries.of(COUNTRIES)
        .flatMap(
            country ->
                Combinators.combine(
                        lines(),
                        lines(),
                        postal(country.getFirst()),
                        lines(),
                        line(),
                        contacts(),
                        Arbitraries.longs().between(0, Fields.MOST).list().ofMaxSize(IDS.size()),
                        Arbitraries.integers().between(0, 47))
                    .as(
                        (name, address, postal, note, reference, contacts, rates, choices) -> {
                          Map<String, Object> sent = new LinkedHashMap<>();
                          sent.put("name", "N" + name);
                          sent.put("email", choices % 2 == 0 ? null : "+ada@b.example");
                          sent.put("address", choices % 4 < 2 ? null : address);
                          sent.put("postal", postal);
                          sent.put("phone", choices % 3 == 0 ? null : "+49 40 555-0134");
                          sent.put("reference", reference);
                          sent.put("taxId", country.getLast());
                          sent.put("taxExempt", choices % 2 == 0);
                          sent.put("termsDays", choices % 3 == 0 ? null : choices);
                          sent.put("note", note);
                          sent.put("contacts", contacts);
                          sent.put("rates", rates(rates));
                          sent.put("sendAutomatically", choices % 4 == 0);
                          sent.put("billing", List.of("onStop", "collect", "").get(choices % 3));
                          sent.values().removeIf(value -> value == null || "".equals(value));
                          return CustomerFields.created(Fields.of(sent), ids -> IDS)
                              .withActive(choices % 5 > 0);
                        }));
  }

  private static Map<String, Object> rates(List<Long> rates) {
    Map<String, Object> byService = new LinkedHashMap<>();
    for (int at = 0; at < rates.size(); at++) {
      byService.put(SERVICES.get(at).serviceId(), rates.get(at));
    }
    return byService;
  }

  /** Of two decimals, of none, of three and of four. */
  @Provide
  Arbitrary<String> currencies() {
    return Arbitraries.of("USD", "JPY", "BHD", "CLF");
  }

  @Property(tries = 500)
  void customersComeInAsTheyWere(
      @ForAll("customers") Customer customer, @ForAll("currencies") String currency) {
    RateColumns rates = new RateColumns(Money.decimals(currency), SERVICES);
    CustomerImport kind = new CustomerImport(rates, true);
    CustomerCsv out = new CustomerCsv(currency, rates);
    String csv = csv(customer, out);
    ImportFile file = ImportFile.read(csv, label -> kind.column(label).isPresent());
    Columns columns = Columns.of(file, Map.of(), kind::column, kind.required());
    columns.check();
    ImportedLine<Customer> line = ImportedLine.of(file.lines().getFirst(), columns, kind);
    assertThat(line.errors()).as(csv).isEmpty();
    Customer again = line.parsed().withCustomerId(customer.customerId());
    assertThat(again).as(csv).isEqualTo(customer);
    assertThat(csv(again, out)).isEqualTo(csv);
    assertThat(line.differing(customer, kind)).as(csv).isEmpty();
  }

  private static String csv(Customer customer, CustomerCsv out) {
    Request request =
        new Request(
            "GET /customers",
            "/customers",
            Map.of(),
            Map.of(),
            Map.of(),
            new byte[0],
            Map.of(),
            "1",
            null);
    return out.answer(request, (limit, cursor) -> new CustomerList.Found(List.of(customer), null))
        .body();
  }
}
