package dev.clockbill.local.parameters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.local.aws.AwsCall;
import dev.clockbill.local.aws.AwsService;
import dev.clockbill.local.aws.JsonProtocol;
import dev.clockbill.local.aws.Needed;
import dev.clockbill.local.http.Answer;
import dev.clockbill.local.http.Call;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Systems Manager's Parameter Store with a fixed set of SecureStrings.
 *
 * <p>In a value, {@code {function}} stands for the function that asks. So each function can have a
 * key of its own for a service that is no AWS service, as it has one for those that are.
 */
public final class ParameterStore implements AwsService {
  private static final JsonProtocol PROTOCOL =
      new JsonProtocol("1.1", "AmazonSSM", Set.of("GetParameter", "GetParameters"));
  private static final String ARN = "arn:aws:ssm:eu-central-1:000000000000:parameter";

  private final Map<String, String> values;

  /** A store that holds these values by name, such as {@code /clockbill/key}. */
  public ParameterStore(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  @Override
  public String signingName() {
    return "ssm";
  }

  @Override
  public String operation(Call call) {
    return PROTOCOL.operation(call);
  }

  @Override
  public List<Needed> needs(AwsCall call) {
    return names(call).stream()
        .map(name -> Needed.of("ssm:" + call.operation(), arn(name)))
        .toList();
  }

  @Override
  public Answer answer(AwsCall call) {
    if (call.operation().equals("GetParameters")) {
      return several(call);
    }
    String name = call.body().path("Name").asText();
    return values.containsKey(name)
        ? PROTOCOL.answer(
            JsonNodeFactory.instance.objectNode().set("Parameter", parameter(name, call)))
        : error(400, "ParameterNotFound", "Parameter " + name + " not found.");
  }

  @Override
  public Answer error(int status, String code, String message) {
    return PROTOCOL.error(status, code, message);
  }

  private Answer several(AwsCall call) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode found = answer.putArray("Parameters");
    ArrayNode missing = answer.putArray("InvalidParameters");
    for (String name : names(call)) {
      if (values.containsKey(name)) {
        found.add(parameter(name, call));
      } else {
        missing.add(name);
      }
    }
    return PROTOCOL.answer(answer);
  }

  private JsonNode parameter(String name, AwsCall call) {
    String value = values.get(name).replace("{function}", call.caller());
    boolean readable = call.body().path("WithDecryption").asBoolean();
    return JsonNodeFactory.instance
        .objectNode()
        .put("Name", name)
        .put("Type", "SecureString")
        .put("Value", readable ? value : unreadable(value))
        .put("Version", 1)
        .put("LastModifiedDate", 0)
        .put("ARN", arn(name))
        .put("DataType", "text");
  }

  private static List<String> names(AwsCall call) {
    if (call.operation().equals("GetParameter")) {
      return List.of(call.body().path("Name").asText());
    }
    List<String> names = new ArrayList<>();
    call.body().path("Names").forEach(name -> names.add(name.asText()));
    return names;
  }

  private static String arn(String name) {
    return ARN + (name.startsWith("/") ? name : "/" + name);
  }

  /** What a caller gets who did not ask for decryption: something that is of no use. */
  private static String unreadable(String value) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
