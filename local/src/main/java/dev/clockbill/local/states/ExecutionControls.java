package dev.clockbill.local.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.local.http.Answer;
import dev.clockbill.local.http.Router;
import java.util.Map;
import java.util.Optional;

/** The stack's own view of executions, and the hand that stops them. */
final class ExecutionControls {
  private ExecutionControls() {}

  static Router router(Executions executions) {
    return new Router()
        .on("GET", "/_local/executions", (call, parameters) -> list(executions))
        .on(
            "POST",
            "/_local/executions/{name}/abort",
            (call, parameters) -> abort(executions, parameters.get("name")));
  }

  private static Answer list(Executions executions) throws JsonProcessingException {
    ObjectNode answer = JsonValues.object();
    ArrayNode listed = answer.putArray("executions");
    for (Execution execution : executions.newestFirst()) {
      ObjectNode one =
          listed
              .addObject()
              .put("name", execution.name())
              .put("status", execution.status().name())
              .put("startedAt", StateTimes.toTheSecond(execution.startedAt()));
      one.set("input", JsonValues.read(execution.input()));
      one.set("history", execution.historyJson());
    }
    return Answer.json(200, answer);
  }

  private static Answer abort(Executions executions, String name) throws Refusal {
    Optional<Execution> named =
        executions.newestFirst().stream().filter(each -> each.name().equals(name)).findFirst();
    if (named.isEmpty()) {
      return Answer.json(404, Map.of("message", "There is no execution " + name + "."));
    }
    if (!named.get().running()) {
      return Answer.json(
          409, Map.of("message", "The execution " + name + " is " + named.get().status() + "."));
    }
    executions.stop(named.get().arn(), null, null);
    return Answer.json(200, Map.of());
  }
}
