package dev.clockbill.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.OnStack;
import dev.clockbill.journey.LongForm;
import dev.clockbill.local.Stack;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each operation consumes of DynamoDB, as DynamoDB Local counts it, workflow included: read
 * and write units. They are the same however much a firm has kept before. Whoever changes them
 * changes what Clockbill costs, and this table.
 *
 * <p>Left out are those that look through what there is, on purpose: searches, lists in an order
 * that no index has, files, reports, statements, and the counts above the list of invoices, which
 * end at a thousand; and those that read what one customer has open.
 */
@OnStack
@Tag("units")
class UnitsTest {
  static final String UNITS =
      """
      start: StartTimer 3.5 read, 2 write
      show what runs: Timers 1.5 read, 0 write
      note on a timer: Timers 4.5 read, 1 write
      stop: StopTimer 4.5 read, 16 write; DraftInvoice 3.5 read, 26 write; AwaitApproval 0 read, 4 write
      start with a key: StartTimer 4.5 read, 6 write
      discard: Timers 1.5 read, 4 write
      GET /time-entries?limit=5: Timers 6 read, 0 write
      GET /time-entries?limit=5&customerId=: Timers 6 read, 0 write
      GET /time-entries?limit=5&state=billed: Timers 6 read, 0 write
      GET /time-entries?limit=5&state=billed&customerId=: Timers 6.5 read, 0 write
      GET /invoices?limit=5: Invoices 7 read, 0 write
      GET /invoices?limit=5&state=sent: Invoices 7 read, 0 write
      GET /invoices?limit=5&state=paid: Invoices 7 read, 0 write
      GET /invoices?limit=5&state=overdue: Invoices 7 read, 0 write
      GET /invoices?limit=5&customerId=: Invoices 7 read, 0 write
      GET /customers?limit=5: Customers 6 read, 0 write
      GET /customers?limit=5&active=true: Customers 7 read, 0 write
      GET /firm: Firm 2.5 read, 0 write
      GET /me: Firm 0.5 read, 1 write
      GET /staff: Staff 1.5 read, 1 write
      GET /services: Services 1.5 read, 0 write
      GET /timers: Timers 0.5 read, 0 write
      GET /payments/unmatched: Invoices 0.5 read, 0 write
      read time: Timers 1.5 read, 0 write
      note on time: Timers 6 read, 8 write
      rate of time: Timers 6 read, 8 write
      read a draft: Invoices 2.5 read, 0 write
      edit a draft: Invoices 6 read, 6 write
      send: SendInvoice 7.5 read, 30 write; NumberInvoice 3 read, 10 write; MailInvoice 5 read, at most 40 write; AwaitPayment 0 read, 4 write
      continue an unpaid invoice: ResumeWorkflow 3 read, 6 write; RemindCustomer 2 read, 0 write; AwaitPayment 0 read, 4 write
      show the pay page: PayPage 3 read, 0 write
      show the invoice's PDF: PayPage at most 10 read, 0 write
      open a checkout: PayPage 3 read, 8 write
      pay: PaymentWebhook 5 read, 32 write; MailReceipt 5 read, 11 write
      report a receipt as delayed: RecordDelivery 1 read, 0 write
      report an invoice as delayed: RecordDelivery 2 read, 6 write
      report it once more: RecordDelivery 2 read, 0 write
      RemindRunningTimers, nothing due: RemindRunningTimers 0 read, 0 write
      ResumeWorkflow, nothing due: ResumeWorkflow 0 read, 0 write
      RemindRunningTimers, a timer due: RemindRunningTimers 3.5 read, 5 write
      ReconcilePayments, an account to ask: ReconcilePayments 9.5 read, 4 write
      stop, opening a draft: StopTimer 5.5 read, 16 write; DraftInvoice 3.5 read, 28 write; AwaitApproval 0 read, 4 write
      stop, joining a draft: StopTimer 7 read, 36 write
      stop, collected: StopTimer 4.5 read, 14 write
      say what is unbilled: BillingRuns 4.5 read, 0 write
      bill one customer: BillingRuns 0.5 read, 3 write; PlanRun 5.5 read, 5 write; DraftCustomer 5.5 read, 26 write
      read the run: BillingRuns 4.5 read, 0 write
      list the runs: BillingRuns 6 read, 0 write
      begin a firm's month, of one customer: ResumeWorkflow 2.5 read, 15 write; PlanRun 7.5 read, 12 write; DraftCustomer 6 read, 26 write
      send a run's draft: BillingRuns 1.5 read, 10 write; PlanRun 6 read, 3 write; SendDraft 8 read, 32 write; NumberInvoice 3 read, 10 write; MailInvoice 5 read, at most 40 write; AwaitPayment 0 read, 4 write
      stop, sent automatically: StopTimer 4.5 read, 16 write; DraftInvoice 15.5 read, 30 write; NumberInvoice 3 read, 10 write; MailInvoice 5 read, at most 40 write; AwaitPayment 0 read, 4 write
      show the customer: Customers 4.5 read, 0 write
      show the client page: ClientPage 6 read, 0 write
      """;

  /** Of the write units of those that write, what each index had. */
  static final String WRITTEN =
      """
      start: Due 1
      stop: ByCustomer 6, ByStaff 4, ByState 8, Due 10, Listed 6
      start with a key: Due 2
      discard: Due 2
      send: ByCustomer 6, ByStaff 4, ByState 12, Due 6, Listed 6
      continue an unpaid invoice: Due 4
      open a checkout: Due 2
      pay: ByCustomer 2, ByStaff 2, ByState 4, Due 8, Listed 4
      RemindRunningTimers, a timer due: Due 2
      ReconcilePayments, an account to ask: Due 2
      stop, opening a draft: ByCustomer 6, ByStaff 4, ByState 8, Due 10, Listed 6
      stop, joining a draft: ByCustomer 4, ByStaff 4, ByState 6, Due 6, Listed 4
      stop, collected: ByCustomer 2, ByStaff 2, ByState 2, Due 2, Listed 2
      bill one customer: ByCustomer 4, ByStaff 2, ByState 6, Due 2, Listed 6
      begin a firm's month, of one customer: ByCustomer 4, ByStaff 2, ByState 6, Due 12, Listed 8
      send a run's draft: ByCustomer 6, ByStaff 4, ByState 12, Due 7, Listed 9
      stop, sent automatically: ByCustomer 8, ByStaff 6, ByState 12, Due 10, Listed 8
      """;

  /** More events than there are. */
  static final int HELD_BACK = 1_000;

  private static Stack stack;

  @BeforeAll
  static void start() {
    stack = Stack.start(Laptop.settings());
    Api api = Api.at(stack.base());
    api.post("/_local/clock", "{\"stopped\":true}").expect(200);
    holdBackMailEvents(api, HELD_BACK);
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  /** Time entries that were kept before; open invoices, as many paid ones, and customers. */
  static Stream<Arguments> sizes() {
    Stream<Arguments> usual = Stream.of(arguments(10, 10), arguments(10_000, 1_000));
    return LongForm.chosen()
        ? Stream.concat(usual, Stream.of(arguments(1_000_000, 100_000)))
        : usual;
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void unitsDoNotGrowWithWhatWasKeptBefore(int entries, int others) throws Exception {
    Operations operations = new Operations(stack, entries, others);
    assertThat(told(operations.all())).isEqualTo(UNITS);
    assertThat(written(operations.written())).isEqualTo(WRITTEN);
  }

  private static String written(Map<String, String> byIndex) {
    return byIndex.entrySet().stream()
        .filter(operation -> !operation.getValue().isEmpty())
        .map(operation -> operation.getKey() + ": " + operation.getValue() + "\n")
        .collect(Collectors.joining());
  }

  /**
   * When a mail's events arrive nobody knows, and they would meet the function that sent it: each
   * waits for its next try, which does not come while the clock is stopped.
   */
  static void holdBackMailEvents(Api api, int times) {
    String fault =
        Api.json(
            "function", "RecordDelivery",
            "service", "dynamodb",
            "operation", "BatchGetItem",
            "when", "before",
            "times", times);
    api.post("/_local/faults", fault).expect(200);
  }

  private static String told(Map<String, Map<String, String>> costs) {
    return costs.entrySet().stream()
        .map(
            operation ->
                operation.getValue().entrySet().stream()
                    .map(each -> each.getKey() + " " + each.getValue())
                    .collect(Collectors.joining("; ", operation.getKey() + ": ", "\n")))
        .collect(Collectors.joining());
  }
}
