package dev.clockbill.firm;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Http;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Ledger;
import dev.clockbill.shared.Request;
import dev.clockbill.shared.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Comparator;
import java.util.Map;

/** Who belongs to the firm. */
public final class Staff implements RequestStreamHandler {
  private final Ledger ledger;

  /** Configured by the function's own environment. */
  public Staff() {
    this(System.getenv());
  }

  /** Configured by these variables. */
  public Staff(Map<String, String> variables) {
    this.ledger = new Ledger(new Environment(variables));
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Http.serve(input, output, this::answer);
  }

  private Response answer(Request request) {
    return switch (request.route()) {
      case "GET /staff" -> list(request.caller().firm());
      default -> throw Http.unknownRoute(request);
    };
  }

  private Response list(String firm) {
    return Response.json(
        200,
        Json.object(
            "staff",
            ledger.family(firm, StaffMember.PREFIX).stream()
                .map(StaffMember::of)
                .sorted(Comparator.comparing(member -> Folded.of(member.name())))
                .map(StaffMember::answer)
                .toList()));
  }
}
