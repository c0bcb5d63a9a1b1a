package dev.clockbill.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.local.http.Request;
import dev.clockbill.local.http.Response;
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
 * <p>In a value, {@code {function}} is replaced by the calling function, so that each function can
 * have its own key for a service outside AWS.
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
  public String operation(Request request) {
    return PROTOCOL.operation(request);
  }

  @Override
  public List<RequiredPermission> needs(AwsCall call) {
    return names(call).stream()
        .map(name -> RequiredPermission.of("ssm:" + call.operation(), arn(name)))
        .toList();
  }

  @Override
  public Response answer(AwsCall call) {
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
  public Response error(int status, String code, String message) {
    return PROTOCOL.error(status, code, message);
  }

  private Response several(AwsCall call) {
    ObjectNode response = JsonNodeFactory.instance.objectNode();
    ArrayNode found = response.putArray("Parameters");
    ArrayNode missing = response.putArray("InvalidParameters");
    for (String name : names(call)) {
      if (values.containsKey(name)) {
        found.add(parameter(name, call));
      } else {
        missing.add(name);
      }
    }
    return PROTOCOL.answer(response);
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

  /** The value for a caller that did not ask for decryption: useless on purpose. */
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
