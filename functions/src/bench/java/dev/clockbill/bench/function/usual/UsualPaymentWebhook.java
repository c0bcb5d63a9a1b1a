package dev.clockbill.bench.function.usual;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** {@code POST /webhooks/payments} as it is usually written. */
public final class UsualPaymentWebhook
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  private final ObjectMapper json = new ObjectMapper();
  private final UsualTable table = new UsualTable();
  private final SfnClient stepFunctions = SfnClient.create();
  private final SsmClient parameters = SsmClient.create();
  private String secret;

  /** What the processor tells. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Event(String id, String account, String type, Data data) {}

  /** What it tells it of. */
  public record Data(Session object) {}

  /** A checkout. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Session(
      String id,
      @JsonProperty("amount_total") long amount,
      String currency,
      @JsonProperty("payment_intent") String payment,
      @JsonProperty("payment_status") String status,
      Map<String, String> metadata) {}

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    try {
      if (!signed(event.getHeaders().get("stripe-signature"), event.getBody())) {
        return APIGatewayV2HTTPResponse.builder().withStatusCode(400).build();
      }
      take(json.readValue(event.getBody(), Event.class));
      return APIGatewayV2HTTPResponse.builder()
          .withStatusCode(200)
          .withHeaders(Map.of("content-type", "application/json"))
          .withBody(json.writeValueAsString(Map.of("received", true)))
          .build();
    } catch (JsonProcessingException | GeneralSecurityException wrong) {
      return APIGatewayV2HTTPResponse.builder().withStatusCode(400).build();
    }
  }

  private boolean signed(String signature, String body) throws GeneralSecurityException {
    if (secret == null) {
      String name = System.getenv("WEBHOOK_SECRET_PARAMETER");
      String key = System.getenv("PROCESSOR_KEY_PARAMETER");
      secret =
          parameters
              .getParameters(get -> get.names(name, key).withDecryption(true))
              .parameters()
              .stream()
              .filter(parameter -> parameter.name().equals(name))
              .findFirst()
              .orElseThrow()
              .value();
    }
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    String time = signature.substring(2, signature.indexOf(','));
    byte[] hash = mac.doFinal((time + "." + body).getBytes(StandardCharsets.UTF_8));
    return signature.endsWith("v1=" + HexFormat.of().formatHex(hash));
  }

  private void take(Event event) throws JsonProcessingException {
    Session session = event.data().object();
    String firm = table.read("ACCOUNT#" + event.account(), "POINTER").get("firmId").s();
    String invoiceKey = "INVOICE#" + session.metadata().get("invoiceId");
    String paymentKey = invoiceKey + "#PAYMENT#" + session.payment();
    Map<String, Map<String, AttributeValue>> read =
        table.readAll(
            firm,
            List.of(
                "INBOX#" + event.id(),
                "CHECKOUT#" + session.id(),
                "CHARGE#" + session.payment(),
                "FIRM",
                invoiceKey,
                paymentKey));
    if (read.containsKey("INBOX#" + event.id())) {
      return;
    }
    Map<String, AttributeValue> payment = new HashMap<>(UsualTable.key(firm, paymentKey));
    payment.put("amount", AttributeValue.fromN(Long.toString(session.amount())));
    payment.put("currency", AttributeValue.fromS(session.currency()));
    payment.put("state", AttributeValue.fromS(session.status()));
    payment.put("at", AttributeValue.fromS(Instant.now().toString()));
    Map<String, AttributeValue> inbox = new HashMap<>(UsualTable.key(firm, "INBOX#" + event.id()));
    inbox.put("at", payment.get("at"));
    table.client.transactWriteItems(
        transaction ->
            transaction.transactItems(
                table.put(inbox),
                table.put(payment),
                state(firm, "CHECKOUT#" + session.id(), "complete"),
                state(firm, invoiceKey, "paid")));
    Map<String, AttributeValue> invoice = table.read(firm, invoiceKey);
    String output = json.writeValueAsString(Map.of("state", "paid"));
    stepFunctions.sendTaskSuccess(
        success -> success.taskToken(invoice.get("token").s()).output(output));
  }

  private TransactWriteItem state(String firm, String item, String state) {
    return TransactWriteItem.builder()
        .update(
            update ->
                update
                    .tableName(table.name)
                    .key(UsualTable.key(firm, item))
                    .updateExpression("SET #state = :state")
                    .conditionExpression("attribute_exists(#state)")
                    .expressionAttributeNames(Map.of("#state", "state"))
                    .expressionAttributeValues(Map.of(":state", AttributeValue.fromS(state))))
        .build();
  }
}
