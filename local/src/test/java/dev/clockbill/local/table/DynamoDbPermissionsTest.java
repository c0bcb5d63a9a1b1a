package dev.clockbill.local.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clockbill.local.aws.RequiredPermission;
import java.util.List;
import org.junit.jupiter.api.Test;

class DynamoDbPermissionsTest {
  private static final String TABLE = "arn:aws:dynamodb:eu-central-1:000000000000:table/";

  private static List<RequiredPermission> needs(String operation, String body) throws Exception {
    return DynamoDbPermissions.needs(operation, new JsonMapper().readTree(body));
  }

  @Test
  void anItemsCallActsOnItsTable() throws Exception {
    assertThat(needs("PutItem", "{\"TableName\": \"A\"}"))
        .containsExactly(RequiredPermission.of("dynamodb:PutItem", TABLE + "A"));
  }

  @Test
  void aQueryOfAnIndexActsOnTheIndex() throws Exception {
    assertThat(needs("Query", "{\"TableName\": \"A\", \"IndexName\": \"ByDay\"}"))
        .containsExactly(RequiredPermission.of("dynamodb:Query", TABLE + "A/index/ByDay"));
  }

  @Test
  void aTransactionNeedsTheActionOfEachOfItsParts() throws Exception {
    assertThat(
            needs(
                "TransactWriteItems",
                """
                {"TransactItems": [{"Put": {"TableName": "A"}}, {"Put": {"TableName": "A"}},
                  {"Update": {"TableName": "B"}}, {"ConditionCheck": {"TableName": "A"}}]}
                """))
        .containsExactlyInAnyOrder(
            RequiredPermission.of("dynamodb:PutItem", TABLE + "A"),
            RequiredPermission.of("dynamodb:UpdateItem", TABLE + "B"),
            RequiredPermission.of("dynamodb:ConditionCheckItem", TABLE + "A"));
  }

  @Test
  void aBatchActsOnEveryTableThatItNames() throws Exception {
    assertThat(needs("BatchGetItem", "{\"RequestItems\": {\"A\": {}, \"B\": {}}}"))
        .containsExactlyInAnyOrder(
            RequiredPermission.of("dynamodb:BatchGetItem", TABLE + "A"),
            RequiredPermission.of("dynamodb:BatchGetItem", TABLE + "B"));
  }
}
