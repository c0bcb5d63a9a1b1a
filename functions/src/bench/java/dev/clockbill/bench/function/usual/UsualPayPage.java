package dev.clockbill.bench.function.usual;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** {@code GET /pay/{token}} as it is usually written; the page is a text, without templates. */
public final class UsualPayPage
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  private final UsualTable table = new UsualTable();

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    String hash = hash(event.getPathParameters().get("token"));
    Map<String, AttributeValue> pointer = table.read("PAY#" + hash, "POINTER");
    if (pointer.isEmpty()) {
      return APIGatewayV2HTTPResponse.builder().withStatusCode(404).build();
    }
    String firmId = pointer.get("firmId").s();
    List<Map<String, AttributeValue>> family =
        table
            .client
            .query(
                query ->
                    query
                        .tableName(table.name)
                        .consistentRead(true)
                        .keyConditionExpression("#firm = :firm AND begins_with(#item, :prefix)")
                        .expressionAttributeNames(Map.of("#firm", "firm", "#item", "item"))
                        .expressionAttributeValues(
                            Map.of(
                                ":firm", AttributeValue.fromS(firmId),
                                ":prefix",
                                    AttributeValue.fromS(
                                        "INVOICE#" + pointer.get("invoiceId").s()))))
            .items();
    Map<String, AttributeValue> firm = table.read(firmId, "FIRM");
    String page =
        "<!doctype html><title>%s</title><p>Your invoice is %s.</p>"
            .formatted(firm.get("name").s(), family.getFirst().get("state").s());
    return APIGatewayV2HTTPResponse.builder()
        .withStatusCode(200)
        .withHeaders(Map.of("content-type", "text/html; charset=utf-8"))
        .withBody(page)
        .build();
  }

  private static String hash(String token) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
