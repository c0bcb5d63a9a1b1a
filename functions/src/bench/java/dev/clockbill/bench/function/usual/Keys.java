package dev.clockbill.bench.function.usual;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Keys of the table's items. */
final class Keys {
  private Keys() {}

  static Map<String, AttributeValue> of(String firm, String item) {
    return Map.of("firm", AttributeValue.fromS(firm), "item", AttributeValue.fromS(item));
  }
}
