package dev.clockbill.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clockbill.local.http.HttpHandler;
import dev.clockbill.local.http.HttpServer;
import dev.clockbill.local.http.Request;
import dev.clockbill.local.http.Response;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** Calls of AWS's services: how they are signed, repeated and refused. */
class AwsServiceTest {
  private static final Map<String, Object> GET =
      Map.of("TableName", "Ledger", "Key", Map.of("firm", Map.of("S", "Çelik & Söhne")));

  private final List<Request> requests = new ArrayList<>();
  private final HttpServer server = HttpServer.bind(0);

  @AfterEach
  void stop() {
    server.close();
  }

  /** A service that answers these, one after the other, and the last one for ever. */
  private AwsService answering(Response... answers) {
    return answering(Map.of(), request -> answers[Math.min(requests.size(), answers.length) - 1]);
  }

  private AwsService answering(Map<String, String> variables, HttpHandler handler) {
    server.serve(
        request -> {
          requests.add(request);
          return handler.answer(request);
        });
    Map<String, String> all = new HashMap<>(variables);
    all.put("AWS_REGION", "eu-central-1");
    all.put("AWS_ENDPOINT_URL", server.address());
    all.put("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
    all.put("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
    return AwsService.dynamoDb(new Environment(all));
  }

  private static Response refusal(int status, String code) {
    return Response.json(status, Map.of("__type", "com.amazonaws#" + code, "message", "no"));
  }

  @Test
  void aSignatureIsTheOneThatTheSdkMakes() {
    answering(Response.json(200, Map.of())).call("GetItem", GET);
    assertSigned(AwsCredentialsIdentity.create("AKIDEXAMPLE", secret()));
  }

  @Test
  void aSessionsTokenIsSignedToo() {
    answering(Map.of("AWS_SESSION_TOKEN", "a+token/=="), request -> Response.json(200, Map.of()))
        .call("GetItem", GET);
    assertThat(requests.getFirst().header("x-amz-security-token")).contains("a+token/==");
    assertSigned(AwsSessionCredentialsIdentity.create("AKIDEXAMPLE", secret(), "a+token/=="));
  }

  private static String secret() {
    return "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  }

  /** Holds the signature of what was sent against the one of AWS's own library. */
  private void assertSigned(AwsCredentialsIdentity identity) {
    Request sent = requests.getFirst();
    String authorization = sent.header("authorization").orElseThrow();
    String signedHeaders = authorization.replaceFirst(".*SignedHeaders=([^,]*),.*", "$1");
    assertThat(signedHeaders.split(";"))
        .contains("host", "content-type", "x-amz-date", "x-amz-target");
    SdkHttpRequest.Builder request =
        SdkHttpRequest.builder().method(SdkHttpMethod.POST).uri(URI.create(server.address() + "/"));
    for (String name : signedHeaders.split(";")) {
      request.putHeader(name, sent.header(name).orElseThrow());
    }
    assertThat(
            AwsV4HttpSigner.create()
                .sign(
                    sign ->
                        sign.identity(identity)
                            .request(request.build())
                            .payload(ContentStreamProvider.fromByteArray(sent.body()))
                            .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "dynamodb")
                            .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-central-1")
                            .putProperty(AwsV4HttpSigner.SIGNING_CLOCK, clock(sent)))
                .request()
                .firstMatchingHeader("Authorization"))
        .contains(authorization);
  }

  private static Clock clock(Request sent) {
    LocalDateTime at =
        LocalDateTime.parse(
            sent.header("x-amz-date").orElseThrow(),
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'"));
    return Clock.fixed(at.toInstant(ZoneOffset.UTC), ZoneOffset.UTC);
  }

  @Test
  void whatIsAskedIsJsonInUtf8() {
    answering(Response.json(200, Map.of())).call("GetItem", GET);
    Request sent = requests.getFirst();
    assertThat(sent.header("x-amz-target")).contains("DynamoDB_20120810.GetItem");
    assertThat(sent.header("content-type")).contains("application/x-amz-json-1.0");
    assertThat(Json.read(sent.text())).isEqualTo(GET);
  }

  @ParameterizedTest
  @CsvSource({
    "500, InternalServerError, 3",
    "503, ServiceUnavailable, 3",
    "400, ProvisionedThroughputExceededException, 3",
    "400, ValidationException, 1",
    "400, AccessDeniedException, 1"
  })
  void whatFailsInPassingIsTriedThreeTimes(int status, String code, int times) {
    AwsService service = answering(refusal(status, code));
    assertThatThrownBy(() -> service.call("GetItem", GET))
        .isInstanceOfSatisfying(
            AwsRefused.class, refused -> assertThat(refused.code()).isEqualTo(code))
        .hasMessageContainingAll("dynamodb", "GetItem", code);
    assertThat(requests).hasSize(times);
  }

  @Test
  void aCallWhoseAnswerIsLostIsRepeated() {
    AwsService service =
        answering(Response.none(), Response.json(200, Map.of("Item", Map.of("a", "b"))));
    assertThat(service.call("GetItem", GET)).containsKey("Item");
    assertThat(requests).hasSize(2).extracting(Request::text).containsOnly(Json.write(GET));
  }

  @Test
  void whereNoAnswerComesNothingIsClaimed() {
    AwsService service = answering(Response.none());
    assertThatThrownBy(() -> service.call("GetItem", GET)).isInstanceOf(UncheckedIOException.class);
    assertThat(requests).hasSize(3);
  }

  @Test
  void anAnswerThatArrivedDamagedIsAskedForAgain() {
    byte[] whole = "{\"Item\":{}}".getBytes(StandardCharsets.UTF_8);
    CRC32 sum = new CRC32();
    sum.update(whole);
    Response other =
        Response.of(
            200, "application/x-amz-json-1.0", "{\"Item\":[]}".getBytes(StandardCharsets.UTF_8));
    String crc = Long.toString(sum.getValue());
    AwsService service =
        answering(
            other.with("x-amz-crc32", crc),
            Response.text(200, "{\"Item\":"),
            Response.of(200, "application/x-amz-json-1.0", whole).with("x-amz-crc32", crc));
    assertThat(service.call("GetItem", GET)).isEqualTo(Map.of("Item", Map.of()));
    assertThat(requests).hasSize(3);
  }

  /** Nothing at all would say that there is no such item. */
  @Test
  void anEmptyAnswerIsTakenForDamaged() {
    AwsService service =
        answering(Response.empty(200), Response.json(200, Map.of("Item", Map.of("a", "b"))));
    assertThat(service.call("GetItem", GET)).containsKey("Item");
    assertThat(requests).hasSize(2);
  }
}
