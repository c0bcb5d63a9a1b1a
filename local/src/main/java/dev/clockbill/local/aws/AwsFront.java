package dev.clockbill.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.clockbill.local.http.HttpHandler;
import dev.clockbill.local.http.Request;
import dev.clockbill.local.http.Response;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The entrance to the AWS services of the stack: finds the calling function and the service in the
 * signature of a request, and refuses what the function's role does not allow. It also makes the
 * requests fail that a test wants to fail.
 *
 * <p>Signatures are not checked: the key id is enough to say who is calling.
 */
public final class AwsFront implements HttpHandler {
  /** The key id of the stack itself, which may do everything. */
  public static final String STACK_KEY_ID = "AKIDLOCALSTACK";

  private static final Pattern CREDENTIAL =
      Pattern.compile("Credential=([^/,\\s]+)/[^/]*/[^/]*/([^/,\\s]+)/aws4_request");
  private static final String STACK = "*";
  private static final JsonMapper JSON = new JsonMapper();

  private final Map<String, Caller> callers;
  private final Faults faults;
  private final UsedGrants used;
  private final Partitions partitions;
  private final Map<String, AwsService> services;

  /** An entrance that neither records which permissions are used nor knows whose data is whose. */
  public AwsFront(Map<String, Caller> callers, Faults faults, List<AwsService> services) {
    this(callers, faults, new UsedGrants(), new Partitions(PartitionRules.NONE), services);
  }

  /**
   * An entrance for these callers and services.
   *
   * @param callers by key id; the stack's own key id need not be among them
   * @param used records every permission that a function needed
   * @param partitions says which partitions an invocation may touch
   */
  public AwsFront(
      Map<String, Caller> callers,
      Faults faults,
      UsedGrants used,
      Partitions partitions,
      List<AwsService> services) {
    this.callers = Map.copyOf(callers);
    this.faults = faults;
    this.used = used;
    this.partitions = partitions;
    this.services =
        services.stream()
            .collect(Collectors.toUnmodifiableMap(AwsService::signingName, Function.identity()));
  }

  /** The key id with which a function signs. */
  public static String keyId(String functionLogicalId) {
    return "AKIDLOCAL" + functionLogicalId;
  }

  @Override
  public Response answer(Request request) throws Exception {
    Matcher credential = CREDENTIAL.matcher(request.header("authorization").orElse(""));
    if (!credential.find()) {
      return Response.json(
          403,
          Map.of(
              "__type",
              "MissingAuthenticationTokenException",
              "message",
              "The request is not signed with AWS Signature Version 4."));
    }
    AwsService service = services.get(credential.group(2));
    if (service == null) {
      return Response.json(
          400,
          Map.of(
              "__type",
              "UnknownServiceException",
              "message",
              "The stack does not play the AWS service \"" + credential.group(2) + "\"."));
    }
    return answer(request, credential.group(1), service);
  }

  private Response answer(Request request, String keyId, AwsService service) throws Exception {
    // The JSON protocols answer 400 where REST answers 403.
    int refused = request.header("x-amz-target").isPresent() ? 400 : 403;
    Optional<Caller> caller = Optional.ofNullable(callers.get(keyId));
    if (caller.isEmpty() && !keyId.equals(STACK_KEY_ID)) {
      return service.error(
          refused,
          "UnrecognizedClientException",
          "The security token included in the request is invalid.");
    }
    String operation;
    try {
      operation = service.operation(request);
    } catch (IllegalArgumentException unknown) {
      return service.error(400, "UnknownOperationException", unknown.getMessage());
    }
    JsonNode body;
    try {
      body = request.body().length == 0 ? JsonNodeFactory.instance.objectNode() : read(request);
    } catch (IOException malformed) {
      return service.error(400, "SerializationException", "The request's body is not JSON.");
    }
    String name = caller.map(Caller::functionLogicalId).orElse(STACK);
    AwsCall awsCall = new AwsCall(name, service.signingName(), operation, body, request);
    if (caller.isPresent()) {
      for (RequiredPermission needed : service.needs(awsCall)) {
        Policies.Verdict verdict = Policies.verdict(caller.get().policy(), needed);
        if (verdict != Policies.Verdict.ALLOWED) {
          return service.error(
              refused, "AccessDeniedException", Policies.refusal(name, verdict, needed));
        }
        used.add(awsCall, needed);
      }
      Optional<Partitions.Stray> stray = partitions.stray(awsCall, service.touches(awsCall));
      if (stray.isPresent()) {
        return service.error(
            refused,
            "AccessDeniedException",
            "%s works for %s and is not authorized to perform %s on the partition %s."
                .formatted(name, stray.get().holder(), operation, stray.get().partition()));
      }
    }
    return withFault(awsCall, service);
  }

  private Response withFault(AwsCall call, AwsService service) throws Exception {
    Optional<Faults.Fault> taken = faults.take(call.caller(), call.service(), call.operation());
    if (taken.isEmpty()) {
      return service.answer(call);
    }
    Faults.Fault fault = taken.get();
    String effect =
        switch (fault.when()) {
          case BEFORE -> "without effect";
          case AFTER -> {
            service.answer(call);
            yield "after it took effect";
          }
        };
    return switch (fault.with()) {
      case ERROR ->
          service.error(
              500,
              "InternalServerError",
              "The stack was told to let this " + call.operation() + " fail " + effect + ".");
      case TIMEOUT -> Response.none();
      case THROTTLE -> Throttling.answer(call, service);
    };
  }

  private static JsonNode read(Request request) throws IOException {
    return JSON.readTree(request.body());
  }
}
