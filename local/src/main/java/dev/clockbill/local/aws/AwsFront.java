package dev.clockbill.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.clockbill.local.http.Answer;
import dev.clockbill.local.http.Call;
import dev.clockbill.local.http.Front;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The door to the stack's AWS services: finds out from a request's signature which function calls
 * which service, and lets through what the function's role grants and no fault is to befall.
 *
 * <p>Signatures themselves are not checked: the key id says who calls, as a laptop needs no secret
 * from itself.
 */
public final class AwsFront implements Front {
  /** The key id of the stack itself, which may do everything. */
  public static final String STACK_KEY_ID = "AKIDLOCALSTACK";

  private static final Pattern CREDENTIAL =
      Pattern.compile("Credential=([^/,\\s]+)/[^/]*/[^/]*/([^/,\\s]+)/aws4_request");
  private static final String STACK = "*";
  private static final JsonMapper JSON = new JsonMapper();

  private final Map<String, Caller> callers;
  private final Faults faults;
  private final UsedGrants used;
  private final Map<String, AwsService> services;

  /** A front whose uses nobody asks for. */
  public AwsFront(Map<String, Caller> callers, Faults faults, List<AwsService> services) {
    this(callers, faults, new UsedGrants(), services);
  }

  /**
   * A front for these callers and services.
   *
   * @param callers by key id; the stack's own key id need not be among them
   * @param used where every grant that a function needed is noted
   */
  public AwsFront(
      Map<String, Caller> callers, Faults faults, UsedGrants used, List<AwsService> services) {
    this.callers = Map.copyOf(callers);
    this.faults = faults;
    this.used = used;
    this.services =
        services.stream()
            .collect(Collectors.toUnmodifiableMap(AwsService::signingName, Function.identity()));
  }

  /** The key id with which a function signs. */
  public static String keyId(String functionLogicalId) {
    return "AKIDLOCAL" + functionLogicalId;
  }

  @Override
  public Answer answer(Call call) throws Exception {
    Matcher credential = CREDENTIAL.matcher(call.header("authorization").orElse(""));
    if (!credential.find()) {
      return Answer.json(
          403,
          Map.of(
              "__type",
              "MissingAuthenticationTokenException",
              "message",
              "The request is not signed with AWS Signature Version 4."));
    }
    AwsService service = services.get(credential.group(2));
    if (service == null) {
      return Answer.json(
          400,
          Map.of(
              "__type",
              "UnknownServiceException",
              "message",
              "The stack does not play the AWS service \"" + credential.group(2) + "\"."));
    }
    return answer(call, credential.group(1), service);
  }

  private Answer answer(Call call, String keyId, AwsService service) throws Exception {
    // The JSON protocols say 400 where REST says 403.
    int refused = call.header("x-amz-target").isPresent() ? 400 : 403;
    Optional<Caller> caller = Optional.ofNullable(callers.get(keyId));
    if (caller.isEmpty() && !keyId.equals(STACK_KEY_ID)) {
      return service.error(
          refused,
          "UnrecognizedClientException",
          "The security token included in the request is invalid.");
    }
    String operation;
    try {
      operation = service.operation(call);
    } catch (IllegalArgumentException unknown) {
      return service.error(400, "UnknownOperationException", unknown.getMessage());
    }
    JsonNode body;
    try {
      body = call.body().length == 0 ? JsonNodeFactory.instance.objectNode() : read(call);
    } catch (IOException malformed) {
      return service.error(400, "SerializationException", "The request's body is not JSON.");
    }
    String name = caller.map(Caller::functionLogicalId).orElse(STACK);
    AwsCall awsCall = new AwsCall(name, service.signingName(), operation, body, call);
    if (caller.isPresent()) {
      for (Needed needed : service.needs(awsCall)) {
        Policies.Verdict verdict = Policies.verdict(caller.get().policy(), needed);
        if (verdict != Policies.Verdict.ALLOWED) {
          return service.error(
              refused, "AccessDeniedException", Policies.refusal(name, verdict, needed));
        }
        used.add(awsCall, needed);
      }
    }
    return withFault(awsCall, service);
  }

  private Answer withFault(AwsCall call, AwsService service) throws Exception {
    Optional<Faults.When> fault = faults.take(call.caller(), call.service(), call.operation());
    if (fault.isEmpty()) {
      return service.answer(call);
    }
    String effect =
        switch (fault.get()) {
          case BEFORE -> "without effect";
          case AFTER -> {
            service.answer(call);
            yield "after it took effect";
          }
        };
    return service.error(
        500,
        "InternalServerError",
        "The stack was told to let this " + call.operation() + " fail " + effect + ".");
  }

  private static JsonNode read(Call call) throws IOException {
    return JSON.readTree(call.body());
  }
}
