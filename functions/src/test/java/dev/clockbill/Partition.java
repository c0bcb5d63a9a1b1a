package dev.clockbill;

import dev.clockbill.local.Stack;
import dev.clockbill.local.aws.AwsFront;
import dev.clockbill.shared.AwsService;
import dev.clockbill.shared.Environment;
import java.net.URI;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What the table holds of a firm, item by item and byte by byte. */
public final class Partition {
  private Partition() {}

  /** All items of a firm, by their keys. */
  public static List<Map<String, AttributeValue>> of(Stack stack, String firm) {
    Map<String, String> environment = stack.environment("Timers");
    try (DynamoDbClient client = client(environment)) {
      return client
          .queryPaginator(
              query ->
                  query
                      .tableName(environment.get("TABLE_NAME"))
                      .consistentRead(true)
                      .keyConditionExpression("firm = :firm")
                      .expressionAttributeValues(Map.of(":firm", AttributeValue.fromS(firm))))
          .items()
          .stream()
          .toList();
    }
  }

  /**
   * A client of the stack's table that may do whatever it wants.
   *
   * @param environment of any function that has the table
   */
  public static DynamoDbClient client(Map<String, String> environment) {
    return DynamoDbClient.builder()
        .endpointOverride(URI.create(environment.get("AWS_ENDPOINT_URL_DYNAMODB")))
        .region(Region.of(environment.get("AWS_REGION")))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(AwsFront.STACK_KEY_ID, "none")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  /** The service itself, which may do whatever it wants to the stack's table. */
  public static AwsService service(String endpoint) {
    return AwsService.dynamoDb(
        new Environment(
            Map.of(
                "AWS_ENDPOINT_URL_DYNAMODB",
                endpoint,
                "AWS_REGION",
                "eu-central-1",
                "AWS_ACCESS_KEY_ID",
                AwsFront.STACK_KEY_ID,
                "AWS_SECRET_ACCESS_KEY",
                "none")));
  }
}
