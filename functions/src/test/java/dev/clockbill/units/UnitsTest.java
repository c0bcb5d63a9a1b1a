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
      note on time: Timers 6 read, 6 write
      rate of time: Timers 6 read, 6 write
      read a draft: Invoices 2.5 read, 0 write
      edit a draft: Invoices 6 read, 6 write
      send: SendInvoice 7.5 read, 30 write; NumberInvoice 3 read, 6 write; MailInvoice 5 read, at most 40 write; AwaitPayment 0 read, 4 write
      continue an unpaid invoice: ResumeWorkflow 3 read, 6 write; RemindCustomer 2 read, 0 write; AwaitPayment 0 read, 4 write
      show the pay page: PayPage 3 read, 0 write
      show the invoice's PDF: PayPage at most 10 read, 0 write
      open a checkout: PayPage 3 read, 4 write
      pay: PaymentWebhook 5 read, 24 write; MailReceipt 5 read, 9 write
      report a receipt as delayed: RecordDelivery 1 read, 0 write
      report an invoice as delayed: RecordDelivery 2 read, 6 write
      report it once more: RecordDelivery 2 read, 0 write
      RemindRunningTimers, nothing due: RemindRunningTimers 0 read, 0 write
      ResumeWorkflow, nothing due: ResumeWorkflow 0 read, 0 write
      RemindRunningTimers, a timer due: RemindRunningTimers 3.5 read, 5 write
      ReconcilePayments, an account to ask: ReconcilePayments 8.5 read, 4 write
      stop, opening a draft: StopTimer 5.5 read, 16 write; DraftInvoice 3.5 read, 26 write; AwaitApproval 0 read, 4 write
      stop, joining a draft: StopTimer 7 read, 36 write
      stop, collected: StopTimer 4.5 read, 14 write
      say what is unbilled: BillingRuns 4.5 read, 0 write
      bill one customer: BillingRuns 0.5 read, 3 write; PlanRun 5.5 read, 5 write; DraftCustomer 6.5 read, 25 write; AwaitApproval 0 read, 4 write
      read the run: BillingRuns 4.5 read, 0 write
      list the runs: BillingRuns 6 read, 0 write
      begin a firm's month, of one customer: ResumeWorkflow 2.5 read, 9 write; PlanRun 7.5 read, 12 write; DraftCustomer 7 read, 25 write; AwaitApproval 0 read, 4 write
      send a run's draft: BillingRuns 1.5 read, 8 write; PlanRun 6 read, 3 write; SendDraft 8 read, 30 write; NumberInvoice 3 read, 6 write; MailInvoice 5 read, at most 40 write; AwaitPayment 0 read, 4 write
      stop, sent automatically: StopTimer 4.5 read, 16 write; DraftInvoice 15.5 read, 28 write; NumberInvoice 3 read, 6 write; MailInvoice 5 read, at most 40 write; AwaitPayment 0 read, 4 write
      show the customer: Customers 4.5 read, 0 write
      show the client page: ClientPage 6 read, 0 write
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
    assertThat(told(new Operations(stack, entries, others).all())).isEqualTo(UNITS);
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
