package dev.clockbill.firm;

import dev.clockbill.http.Caller;
import dev.clockbill.http.Fields;
import dev.clockbill.imports.ImportColumn;
import dev.clockbill.imports.ImportKind;
import dev.clockbill.mail.MailAddress;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Text;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.table.Write;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Customers; two are the same if their names and mail addresses are, and one without an address is
 * billed on paper. A file without any addresses names customers by their names alone: whoever is
 * there by the name is meant, whatever their address. Besides the fields of a request, a file may
 * have a column for their rate for each service: {@code hourlyRate:Tax Resolution}, the parts of a
 * name and of an address, which are put together, and whether they may still be billed. Clockbill's
 * own list of them comes in as it is.
 *
 * <p>The headings that other tools write are known as well. Sources, as read in November 2026: Xero
 * ({@code *ContactName, EmailAddress, POAddressLine1 … POCountry} of its contacts export, as its
 * importers in public repositories and docs.milientsoftware.com list them); QuickBooks Online
 * ("Which contact fields are imported", community.intuit.com: Full Name, Company, Email, Street,
 * City, State, ZIP code, Country); FreshBooks ("How do I import clients from a file?",
 * support.freshbooks.com: First Name, Last Name, Company Name, Email Address, Address Line 1 …);
 * Harvest ("Managing clients", support.getharvest.com: Client Name, Address of clients; Client,
 * First Name, Last Name, Title, Email of contacts); Clockify ("Import data into Clockify": Client).
 *
 * @param rates the columns of rates
 * @param maySend whether whoever imports them may send invoices, so that they may be sent
 *     automatically
 * @param byName whether the file has no column of mail addresses, so that names alone tell
 */
public record CustomerImport(RateColumns rates, boolean maySend, boolean byName)
    implements ImportKind<Customer> {
  private static final String NAME = "name";
  private static final String EMAIL = "email";
  private static final String ADDRESS = "address";
  private static final String COMPANY = "company";
  private static final String FIRST_NAME = "firstName";
  private static final String LAST_NAME = "lastName";
  private static final String CITY = "city";
  private static final String REGION = "region";
  private static final String POSTAL_CODE = "postalCode";
  private static final String COUNTRY = "country";
  private static final String BILLING = "billing";
  private static final String ACTIVE = "active";
  private static final String ON_PAPER =
      "There is no email address for invoices: they go on paper.";
  private static final List<String> STREETS = List.of("street", "street2", "street3", "street4");

  /** Before the parts of an address, in requests. */
  private static final String POSTAL = "postal.";

  /** For a file with mail addresses. */
  public CustomerImport(RateColumns rates, boolean maySend) {
    this(rates, maySend, false);
  }

  /** Reads the services of the caller's firm, of which customers may have rates of their own. */
  public static CustomerImport of(Table table, Caller caller) {
    FirmSettings firm = FirmItem.read(table, caller.firm());
    return new CustomerImport(
        RateColumns.read(table, caller.firm(), firm.decimals()),
        firm.permissions().letSend(caller));
  }

  @Override
  public String prefix() {
    return CustomerItem.PREFIX;
  }

  @Override
  public Optional<ImportColumn> column(String label) {
    if (RateColumns.names(label)) {
      return rates.column(label);
    }
    return switch (ImportColumn.meaning(label)) {
      case "name", "contactname", "fullname", "customer", "customername", "client", "clientname" ->
          text(label, NAME);
      case "company", "companyname", "organization" -> text(label, COMPANY);
      case "firstname" -> text(label, FIRST_NAME);
      case "lastname" -> text(label, LAST_NAME);
      case "email", "emailaddress" -> text(label, EMAIL);
      case "address", "billingaddress" -> text(label, ADDRESS);
      case "street", "addressline1", "poaddressline1" -> text(label, STREETS.get(0));
      case "street2", "addressline2", "poaddressline2" -> text(label, STREETS.get(1));
      case "poaddressline3" -> text(label, STREETS.get(2));
      case "poaddressline4" -> text(label, STREETS.get(3));
      case "city", "pocity" -> text(label, CITY);
      case "region", "state", "province", "poregion" -> text(label, REGION);
      case "postalcode", "zip", "zipcode", "popostalcode" -> text(label, POSTAL_CODE);
      case "country", "pocountry" -> text(label, COUNTRY);
      case "phone", "phonenumber", "officephone", "workphone" -> text(label, "phone");
      case "reference", "ordernumber" -> text(label, "reference");
      case "taxid", "taxnumber", "vatnumber", "taxregistrationnumber", "taxregno" ->
          text(label, "taxId");
      case "taxexempt" ->
          Optional.of(new ImportColumn(label, "taxExempt", new ImportColumn.Kind.YesNo()));
      case "termsdays", "terms", "paymentterms" ->
          Optional.of(new ImportColumn(label, "termsDays", new ImportColumn.Kind.Terms()));
      case "billing" -> text(label, BILLING);
      case "note", "notes", "internalnotes" -> text(label, "note");
      case "sendautomatically" ->
          Optional.of(new ImportColumn(label, "sendAutomatically", new ImportColumn.Kind.YesNo()));
      case "active" -> Optional.of(new ImportColumn(label, ACTIVE, new ImportColumn.Kind.YesNo()));
      case "customerid" ->
          Optional.of(new ImportColumn(label, label.strip(), new ImportColumn.Kind.LeftOut()));
      default -> ContactColumns.column(label);
    };
  }

  private static Optional<ImportColumn> text(String label, String field) {
    return Optional.of(ImportColumn.text(label, field));
  }

  @Override
  public List<List<String>> required() {
    return List.of(List.of(NAME, COMPANY, FIRST_NAME, LAST_NAME));
  }

  @Override
  public List<String> names() {
    Stream<String> fields =
        Stream.of(
                List.of(NAME, EMAIL, COMPANY, FIRST_NAME, LAST_NAME, ADDRESS),
                STREETS.subList(0, 2),
                List.of(
                    CITY,
                    REGION,
                    POSTAL_CODE,
                    COUNTRY,
                    "phone",
                    "reference",
                    "taxId",
                    "taxExempt",
                    "termsDays",
                    BILLING,
                    "sendAutomatically",
                    "note",
                    ACTIVE))
            .flatMap(List::stream);
    return Stream.of(fields, ContactColumns.names(), rates.headings())
        .flatMap(names -> names)
        .toList();
  }

  /**
   * Puts names together that stand in several columns, and the parts of an address. Where a file
   * names a country that nobody knows, its address is kept as text.
   */
  @Override
  public Map<String, Object> assembled(Map<String, Object> cells) {
    Map<String, Object> whole = new LinkedHashMap<>();
    String name =
        Stream.of(joined(cells, " ", NAME), joined(cells, " ", COMPANY))
            .filter(each -> !each.isEmpty())
            .findFirst()
            .orElseGet(() -> joined(cells, " ", FIRST_NAME, LAST_NAME));
    if (!name.isEmpty()) {
      whole.put(NAME, name);
    }
    Optional<String> country = AddressFormat.code(joined(cells, " ", COUNTRY));
    if (country.isPresent()) {
      whole.putAll(postal(cells, country.get()));
      if (cells.containsKey(ADDRESS)) {
        whole.put(ADDRESS, cells.get(ADDRESS));
      }
    } else if (!address(cells).isEmpty()) {
      whole.put(ADDRESS, address(cells));
    }
    Map<String, Object> rest = new LinkedHashMap<>(cells);
    rest.keySet().removeAll(List.of(NAME, COMPANY, FIRST_NAME, LAST_NAME, ADDRESS));
    rest.keySet().removeAll(STREETS);
    rest.keySet().removeAll(List.of(CITY, REGION, POSTAL_CODE, COUNTRY));
    rest.computeIfPresent(BILLING, (field, cell) -> billing(cell.toString()));
    whole.putAll(ContactColumns.assembled(rest));
    return whole;
  }

  /** The word of a cell that differs from it in case and signs, such as On stop. */
  private static String billing(String cell) {
    return Stream.of(Customer.When.values())
        .map(Customer.When::word)
        .filter(word -> ImportColumn.meaning(word).equals(ImportColumn.meaning(cell)))
        .findFirst()
        .orElse(cell);
  }

  /** The parts of an address, with the codes of countries that the file names. */
  private static Map<String, Object> postal(Map<String, Object> cells, String country) {
    Map<String, Object> postal = new LinkedHashMap<>();
    Stream.of(STREETS.getFirst(), CITY, REGION, POSTAL_CODE)
        .filter(cells::containsKey)
        .forEach(part -> postal.put(POSTAL + part, oneLine(cells.get(part).toString())));
    String more = joined(cells, ", ", STREETS.get(1), STREETS.get(2), STREETS.get(3));
    if (!more.isEmpty()) {
      postal.put(POSTAL + STREETS.get(1), oneLine(more));
    }
    if (!country.isEmpty()) {
      postal.put(POSTAL + COUNTRY, country);
    }
    return postal;
  }

  private static String oneLine(String cell) {
    return cell.strip().replaceAll("\\s*\\R\\s*", ", ");
  }

  /** An address of its parts in the order of the United States, with a country unknown here. */
  private static String address(Map<String, Object> cells) {
    String whole = joined(cells, "\n", ADDRESS);
    if (!whole.isEmpty()) {
      return whole;
    }
    List<String> lines =
        new ArrayList<>(List.of(joined(cells, "\n", STREETS.toArray(String[]::new))));
    String region = joined(cells, " ", REGION, POSTAL_CODE);
    String city = joined(cells, " ", CITY);
    lines.add(city.isEmpty() || region.isEmpty() ? city + region : city + ", " + region);
    lines.add(joined(cells, " ", COUNTRY));
    lines.removeIf(String::isEmpty);
    return String.join("\n", lines);
  }

  private static String joined(Map<String, Object> cells, String between, String... fields) {
    return String.join(
        between,
        Stream.of(fields)
            .filter(cells::containsKey)
            .map(each -> cells.get(each).toString())
            .toList());
  }

  @Override
  public Customer of(Item item) {
    return CustomerItem.of(item);
  }

  @Override
  public String id(Customer customer) {
    return customer.customerId();
  }

  @Override
  public CustomerImport ofFile(Set<String> fields) {
    return new CustomerImport(rates, maySend, !fields.contains(EMAIL));
  }

  @Override
  public String identity(Customer customer) {
    String name = Text.identity(customer.name());
    if (byName) {
      return name;
    }
    String email = customer.email();
    return name + "\n" + (email == null ? "" : MailAddress.identity(email));
  }

  @Override
  public List<String> identifying() {
    return List.of(NAME, EMAIL);
  }

  @Override
  public Customer created(Fields fields) {
    Boolean active = fields.bool(ACTIVE);
    Customer customer =
        CustomerFields.created(fields, HashSet::new).withActive(!Boolean.FALSE.equals(active));
    if (customer.sendAutomatically() && !maySend) {
      fields.refuse("sendAutomatically", Permissions.AUTOMATIC);
      fields.check();
    }
    return customer;
  }

  @Override
  public Customer merged(Fields fields, Customer customer) {
    return CustomerFields.merged(fields, customer, HashSet::new);
  }

  @Override
  public Write creation(String firm, Customer customer) {
    return CustomerItem.create(firm, customer);
  }

  @Override
  public Map<String, Object> shown(Customer customer) {
    return Json.object("name", customer.name());
  }

  @Override
  public Optional<String> hint(Customer customer) {
    return customer.addresses(Contact.Gets.INVOICE).isEmpty()
        ? Optional.of(ON_PAPER)
        : Optional.empty();
  }
}
