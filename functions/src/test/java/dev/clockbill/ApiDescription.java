package dev.clockbill;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolverFactory;
import com.atlassian.oai.validator.report.SimpleValidationReportFormat;
import com.atlassian.oai.validator.report.ValidationReport;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** {@code openapi.yaml}: what it lists, and whether requests and answers are as it says. */
public final class ApiDescription {
  /** Read once: it does not change while tests run. */
  public static final ApiDescription OURS =
      new ApiDescription(Project.read("functions/src/main/resources/openapi.yaml"));

  private static final Pattern WORD = Pattern.compile("`([a-z]+(?:-[a-z]+)+)`");

  private final OpenAPI document;
  private final Map<String, Operation> operations = new TreeMap<>();
  private final OpenApiInteractionValidator validator;

  private ApiDescription(String text) {
    ParseOptions options = new ParseOptions();
    options.setResolve(true);
    SwaggerParseResult parsed = new OpenAPIV3Parser().readContents(text, null, options);
    assertThat(parsed.getMessages()).isEmpty();
    document = parsed.getOpenAPI();
    document
        .getPaths()
        .forEach(
            (path, item) ->
                item.readOperationsMap()
                    .forEach(
                        (method, operation) -> operations.put(method + " " + path, operation)));
    validator =
        OpenApiInteractionValidator.createForInlineApiSpecification(text)
            .withLevelResolver(LevelResolverFactory.withAdditionalPropertiesIgnored())
            .build();
  }

  /** The whole document. */
  public OpenAPI document() {
    return document;
  }

  /** Its operations by method and path, such as {@code GET /invoices/{invoiceId}}. */
  public Map<String, Operation> operations() {
    return operations;
  }

  /** The body that an operation takes. */
  public RequestBody body(Operation operation) {
    RequestBody body = operation.getRequestBody();
    return body.get$ref() == null
        ? body
        : document.getComponents().getRequestBodies().get(body.get$ref().replaceAll(".*/", ""));
  }

  /** The schema that a reference leads to; any other one as it is. */
  public Schema<?> resolved(Schema<?> schema) {
    return schema.get$ref() == null
        ? schema
        : resolved(
            document.getComponents().getSchemas().get(schema.get$ref().replaceAll(".*/", "")));
  }

  /** The schema of the JSON that an operation takes. */
  public Schema<?> bodySchema(Operation operation) {
    return resolved(operation.getRequestBody().getContent().get("application/json").getSchema());
  }

  /**
   * Holds a request and its answer against the document: the answer always, the request if it was
   * accepted, since tests send wrong ones on purpose. What any operation may answer when something
   * fails is said once, at the document's beginning.
   */
  void check(HttpRequest request, String body, HttpResponse<String> answer) {
    if (answer.statusCode() == 500) {
      assertThat(new Api.Answer(answer).word()).as(answer::body).isEqualTo("internal-error");
      return;
    }
    ValidationReport report =
        answer.statusCode() < 400
            ? validator.validate(described(request, body), described(answer))
            : validator.validateResponse(
                request.uri().getPath(),
                Request.Method.valueOf(request.method()),
                described(answer));
    String what = request.method() + " " + request.uri() + " " + body + " → " + answer.body();
    assertThat(report.hasErrors())
        .as(() -> what + "\n" + SimpleValidationReportFormat.getInstance().apply(report))
        .isFalse();
    checkWord(request, answer);
  }

  /** A problem's word has to be named where the document describes that answer. */
  private void checkWord(HttpRequest request, HttpResponse<String> answer) {
    if (!answer
        .headers()
        .firstValue("content-type")
        .orElse("")
        .startsWith("application/problem+json")) {
      return;
    }
    String word = new Api.Answer(answer).word();
    ApiResponse response =
        operation(request.method(), request.uri())
            .getResponses()
            .get(Integer.toString(answer.statusCode()));
    String described =
        response.get$ref() == null
            ? response.getDescription()
            : document
                .getComponents()
                .getResponses()
                .get(response.get$ref().replaceAll(".*/", ""))
                .getDescription();
    assertThat(WORD.matcher(described).results().map(found -> found.group(1)))
        .as("%s %s → %s", request.method(), request.uri(), answer.body())
        .contains(word);
  }

  private Operation operation(String method, URI address) {
    return operations.entrySet().stream()
        .filter(
            each ->
                (method + " " + address.getPath())
                    .matches(each.getKey().replaceAll("\\{[^}]+}", "[^/]+")))
        .min(Map.Entry.comparingByKey((one, other) -> braces(one) - braces(other)))
        .orElseThrow()
        .getValue();
  }

  private static int braces(String route) {
    return route.replaceAll("[^{]", "").length();
  }

  private static Request described(HttpRequest request, String body) {
    SimpleRequest.Builder built =
        new SimpleRequest.Builder(request.method(), request.uri().getRawPath());
    request.headers().map().forEach((name, values) -> built.withHeader(name, values));
    String query = request.uri().getRawQuery();
    if (query != null) {
      for (String pair : query.split("&")) {
        int equals = pair.indexOf('=');
        built.withQueryParam(pair.substring(0, equals), decoded(pair.substring(equals + 1)));
      }
    }
    return body == null ? built.build() : built.withBody(body).build();
  }

  private static String decoded(String value) {
    return java.net.URLDecoder.decode(value, StandardCharsets.UTF_8);
  }

  private static SimpleResponse described(HttpResponse<String> answer) {
    SimpleResponse.Builder built = new SimpleResponse.Builder(answer.statusCode());
    answer.headers().map().forEach((name, values) -> built.withHeader(name, values));
    return answer.body().isEmpty() ? built.build() : built.withBody(answer.body()).build();
  }
}
