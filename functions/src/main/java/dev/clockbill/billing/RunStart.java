package dev.clockbill.billing;

import dev.clockbill.invoice.HistoryEvent;
import dev.clockbill.shared.Ids;
import dev.clockbill.shared.Time;
import dev.clockbill.table.UnitOfWork;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** Begins billing runs: each with an execution of its own, once its unit of work has committed. */
final class RunStart {
  private final RunWorkflow workflow;

  RunStart(RunWorkflow workflow) {
    this.workflow = workflow;
  }

  /**
   * Begins a run that a person asks for.
   *
   * @param customerIds whose time it bills; none for everybody's
   * @return its id
   */
  String byPerson(UnitOfWork work, LocalDate upTo, List<String> customerIds, String who) {
    return begin(work, upTo, customerIds, who, false);
  }

  /** Begins a run on the firm's day of the month, for those whose time is collected. */
  String monthly(UnitOfWork work, LocalDate upTo) {
    return begin(work, upTo, List.of(), HistoryEvent.CLOCKBILL, true);
  }

  private String begin(
      UnitOfWork work, LocalDate upTo, List<String> customerIds, String who, boolean monthly) {
    String runId = Ids.next();
    String execution = RunWorkflow.execution(runId, 1);
    BillingRun run =
        BillingRunBuilder.builder()
            .runId(runId)
            .state(BillingRun.State.PREPARING)
            .upTo(upTo)
            .who(who)
            .askedAt(Time.now())
            .monthly(monthly)
            .chosen(!customerIds.isEmpty())
            .complete(true)
            .totals(Map.of())
            .execution(execution)
            .restarts(1)
            .build();
    work.add(BillingRunItem.create(work.firm(), run));
    if (run.chosen()) {
      work.add(BillingRunItem.customers(work.firm(), runId, customerIds));
    }
    workflow.startAfter(work, runId, execution);
    return runId;
  }
}
