package dev.clockbill.local.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.local.http.Response;
import dev.clockbill.local.http.Router;
import java.util.Map;
import java.util.Optional;

/** Controls for tests: lists executions with their history, and aborts them. */
final class ExecutionControls {
  private ExecutionControls() {}

  static Router router(Executions executions) {
    return new Router()
        .on("GET", "/_local/executions", (request, parameters) -> list(executions))
        .on(
            "POST",
            "/_local/executions/{name}/abort",
            (request, parameters) -> abort(executions, parameters.get("name")));
  }

  private static Response list(Executions executions) throws JsonProcessingException {
    ObjectNode answer = JsonValues.object();
    ArrayNode listed = answer.putArray("executions");
    for (Execution execution : executions.newestFirst()) {
      ObjectNode one =
          listed
              .addObject()
              .put("name", execution.name())
              .put("status", execution.status().name())
              .put("startedAt", Timestamps.toTheSecond(execution.startedAt()));
      one.set("input", JsonValues.read(execution.input()));
      one.set("history", execution.historyJson());
    }
    return Response.json(200, answer);
  }

  private static Response abort(Executions executions, String name) throws Refusal {
    Optional<Execution> named =
        executions.newestFirst().stream().filter(each -> each.name().equals(name)).findFirst();
    if (named.isEmpty()) {
      return Response.json(404, Map.of("message", "There is no execution " + name + "."));
    }
    if (!named.get().running()) {
      return Response.json(
          409, Map.of("message", "The execution " + name + " is " + named.get().status() + "."));
    }
    executions.stop(named.get().arn(), null, null);
    return Response.json(200, Map.of());
  }
}
