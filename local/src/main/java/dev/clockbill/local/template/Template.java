package dev.clockbill.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A SAM template with resolved values, as the parts of the stack need it. */
public final class Template {
  private static final String FUNCTION = "AWS::Serverless::Function";
  private static final String HTTP_API = "AWS::Serverless::HttpApi";
  private static final String STATE_MACHINE = "AWS::Serverless::StateMachine";
  private static final String TABLE = "AWS::DynamoDB::Table";
  private static final String QUEUE = "AWS::SQS::Queue";
  private static final String IDENTITY = "AWS::SES::EmailIdentity";
  private static final String CONFIGURATION_SET = "AWS::SES::ConfigurationSet";
  private static final String MAIL_EVENTS = "AWS::SES::ConfigurationSetEventDestination";
  private static final String USER_POOL = "AWS::Cognito::UserPool";
  private static final String TRANSFORM = "AWS::Serverless-2016-10-31";

  private final List<FunctionEntry> functions = new ArrayList<>();
  private final List<TableEntry> tables = new ArrayList<>();
  private final List<StateMachineEntry> stateMachines = new ArrayList<>();
  private final Optional<AuthorizerEntry> authorizer;
  private final MailEntry mail;
  private final LoginEntry login;
  private final List<QueueEntry> queues;

  private final Path file;
  private final KnownResources known;
  private final TemplateNames names;
  private final PolicyReader policies;

  private record Resource(String logicalId, String type, JsonNode properties) {
    String where() {
      return "Resources." + logicalId + ".Properties";
    }
  }

  private Template(Path file, Map<String, String> parameters, Attributes attributes) {
    this.file = file;
    this.known = new KnownResources();
    this.policies = new PolicyReader(known);
    ObjectNode document = TemplateFile.read(file);
    known.check("The template", "template", document);
    String transform = document.path("Transform").asText();
    if (!transform.equals(TRANSFORM)) {
      throw new TemplateException("Transform: the stack knows only " + TRANSFORM + ".");
    }
    this.names = new TemplateNames(known, document, parameters, attributes);
    for (String section : List.of("Conditions", "Globals", "Resources", "Outputs")) {
      names.intrinsics().check(section, document.path(section));
    }
    List<Resource> resources = resources(document);
    List<Resource> apis = ofType(resources, HTTP_API);
    if (apis.size() > 1) {
      throw new TemplateException("Resources: the stack knows one " + HTTP_API + ", not several.");
    }
    if (apis.isEmpty() && document.path("Globals").has("HttpApi")) {
      throw new TemplateException("Globals.HttpApi: write the " + HTTP_API + " out as a resource.");
    }
    JsonNode auth =
        apis.isEmpty() ? MissingNode.getInstance() : apis.getFirst().properties().path("Auth");
    Optional<String> defaultAuthorizer =
        Optional.ofNullable(auth.get("DefaultAuthorizer")).map(JsonNode::asText);
    this.authorizer = defaultAuthorizer.map(name -> authorizer(apis.getFirst(), auth, name));
    EventReader events = new EventReader(known, defaultAuthorizer);
    ofType(resources, FUNCTION).forEach(each -> functions.add(function(each, events)));
    this.queues = queues(resources);
    ofType(resources, TABLE).forEach(each -> tables.add(table(each)));
    ofType(resources, STATE_MACHINE).forEach(each -> stateMachines.add(stateMachine(each, events)));
    this.mail = mail(resources);
    this.login = login(resources);
  }

  /**
   * Reads a template and resolves it.
   *
   * @param parameters values in place of the defaults, by name
   * @param attributes what the stack itself decides
   * @throws TemplateException naming what the stack does not know: a resource type, a property, an
   *     event type, the shape of a policy, an intrinsic function
   */
  public static Template read(Path file, Map<String, String> parameters, Attributes attributes) {
    return new Template(file, parameters, attributes);
  }

  /** Its functions, in the order of the file. */
  public List<FunctionEntry> functions() {
    return List.copyOf(functions);
  }

  /** Its tables, in the order of the file. */
  public List<TableEntry> tables() {
    return List.copyOf(tables);
  }

  /** Its state machines, in the order of the file. */
  public List<StateMachineEntry> stateMachines() {
    return List.copyOf(stateMachines);
  }

  /** The HTTP API's default authorizer; without one every route is open. */
  public Optional<AuthorizerEntry> authorizer() {
    return authorizer;
  }

  /** What it says of the mail service. */
  public MailEntry mail() {
    return mail;
  }

  /** What it says of the login. */
  public LoginEntry login() {
    return login;
  }

  /** Its queues, in the order of the file. */
  public List<QueueEntry> queues() {
    return queues;
  }

  private List<QueueEntry> queues(List<Resource> resources) {
    QueueReader reader = new QueueReader(known);
    List<QueueEntry> all = new ArrayList<>();
    for (Resource queue : ofType(resources, QUEUE)) {
      String arn = named(queue).arn();
      JsonNode properties = names.intrinsics().resolve(queue.where(), queue.properties());
      Optional<String> consumer =
          functions.stream()
              .filter(function -> function.queues().contains(arn))
              .map(FunctionEntry::logicalId)
              .findFirst();
      all.add(reader.queue(queue.where(), named(queue), properties, consumer));
    }
    Set<String> known = new LinkedHashSet<>();
    all.forEach(queue -> known.add(queue.arn()));
    Stream.concat(
            functions.stream().flatMap(function -> function.async().onFailure().stream()),
            all.stream().flatMap(queue -> queue.redrive().stream()).map(QueueEntry.Redrive::to))
        .filter(arn -> !known.contains(arn))
        .forEach(
            arn -> {
              throw new TemplateException(
                  "Resources: the stack knows only the template's own queues, not " + arn + ".");
            });
    return List.copyOf(all);
  }

  private MailEntry mail(List<Resource> resources) {
    Set<String> identities = new LinkedHashSet<>();
    ofType(resources, IDENTITY).forEach(each -> identities.add(named(each).name()));
    Map<String, Set<String>> published = new LinkedHashMap<>();
    ofType(resources, CONFIGURATION_SET)
        .forEach(each -> published.put(named(each).name(), new LinkedHashSet<>()));
    for (Resource destination : ofType(resources, MAIL_EVENTS)) {
      String set = text(destination, "ConfigurationSetName");
      JsonNode to = resolved(destination, "EventDestination");
      if (!published.containsKey(set) || !to.has("EventBridgeDestination")) {
        throw new TemplateException(
            destination.where()
                + ": the stack knows only events of the template's own configuration sets, to"
                + " EventBridge.");
      }
      if (to.path("Enabled").asBoolean(false)) {
        to.path("MatchingEventTypes").forEach(type -> published.get(set).add(type.asText()));
      }
    }
    return new MailEntry(identities, published);
  }

  private LoginEntry login(List<Resource> resources) {
    Map<String, JsonNode> providers = new LinkedHashMap<>();
    for (Resource each : ofType(resources, USER_POOL + "IdentityProvider")) {
      ObjectNode provider = JsonNodeFactory.instance.objectNode();
      List.of("ProviderType", "AttributeMapping")
          .forEach(property -> provider.set(property, resolved(each, property)));
      providers.put(text(each, "ProviderName"), provider);
    }
    LoginReader reader =
        new LoginReader(
            ofType(resources, USER_POOL).stream().findFirst().map(this::properties), providers);
    return reader.entry(
        ofType(resources, USER_POOL + "Client").stream()
            .map(each -> reader.client(named(each).reference(), properties(each)))
            .toList());
  }

  private JsonNode properties(Resource resource) {
    return resource.properties().isMissingNode()
        ? resource.properties()
        : names.intrinsics().resolve(resource.where(), resource.properties());
  }

  private List<Resource> resources(ObjectNode document) {
    Map<String, JsonNode> globals = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> section : document.path("Globals").properties()) {
      String type = "AWS::Serverless::" + section.getKey();
      known.check("Globals." + section.getKey(), type, section.getValue());
      globals.put(type, section.getValue());
    }
    List<Resource> resources = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : document.path("Resources").properties()) {
      String where = "Resources." + entry.getKey();
      known.check(where, "resource", entry.getValue());
      JsonNode condition = entry.getValue().path("Condition");
      if (condition.isMissingNode() || names.intrinsics().condition(where, condition.asText())) {
        String type = entry.getValue().path("Type").asText();
        JsonNode own = entry.getValue().path("Properties");
        known.check(where, type, own);
        JsonNode merged = globals.containsKey(type) ? merge(globals.get(type), own) : own;
        resources.add(new Resource(entry.getKey(), type, merged));
      }
    }
    return resources;
  }

  /** Globals under a resource's own properties: maps are merged, lists are joined. */
  private static JsonNode merge(JsonNode global, JsonNode own) {
    if (own.isMissingNode()) {
      return global;
    }
    if (global.isArray() && own.isArray()) {
      ArrayNode joined = JsonNodeFactory.instance.arrayNode();
      joined.addAll((ArrayNode) global);
      return joined.addAll((ArrayNode) own);
    }
    if (global.isObject() && own.isObject() && !isIntrinsic(global) && !isIntrinsic(own)) {
      ObjectNode merged = ((ObjectNode) global).deepCopy();
      for (Map.Entry<String, JsonNode> entry : own.properties()) {
        merged.set(entry.getKey(), merge(global.path(entry.getKey()), entry.getValue()));
      }
      return merged;
    }
    return own.isObject() && global.isMissingNode() ? own.deepCopy() : own;
  }

  private static boolean isIntrinsic(JsonNode node) {
    String key = node.size() == 1 ? node.fieldNames().next() : "";
    return key.equals("Ref") || key.startsWith("Fn::");
  }

  private static List<Resource> ofType(List<Resource> resources, String type) {
    return resources.stream().filter(each -> each.type().equals(type)).toList();
  }

  private JsonNode resolved(Resource resource, String property) {
    JsonNode value = resource.properties().path(property);
    if (value.isMissingNode()) {
      return value;
    }
    JsonNode resolved = names.intrinsics().resolve(resource.where() + "." + property, value);
    return resolved == null ? MissingNode.getInstance() : resolved;
  }

  private String text(Resource resource, String property) {
    String text = resolved(resource, property).asText("");
    if (text.isEmpty()) {
      throw new TemplateException(resource.where() + ": " + property + " is missing.");
    }
    return text;
  }

  private FunctionEntry function(Resource resource, EventReader events) {
    String runtime = text(resource, "Runtime");
    if (!runtime.startsWith("java")) {
      throw new TemplateException(
          resource.where() + ": the stack does not know the runtime " + runtime + ".");
    }
    if (!resolved(resource, "PackageType").asText("Zip").equals("Zip")) {
      throw new TemplateException(resource.where() + ": the stack runs no container images.");
    }
    String handler = text(resource, "Handler");
    int colons = handler.indexOf("::");
    if (colons > 0 && !handler.endsWith("::handleRequest")) {
      throw new TemplateException(
          resource.where() + ": the stack calls handleRequest only, not " + handler + ".");
    }
    Map<String, String> environment = new LinkedHashMap<>();
    JsonNode variables = resolved(resource, "Environment").path("Variables");
    for (Map.Entry<String, JsonNode> variable : variables.properties()) {
      if (!variable.getValue().isValueNode()) {
        throw new TemplateException(
            resource.where() + ".Environment.Variables." + variable.getKey() + " must be text.");
      }
      environment.put(variable.getKey(), variable.getValue().asText());
    }
    EventReader.Events started =
        events.read(resource.where() + ".Events", resolved(resource, "Events"));
    return new FunctionEntry(
        resource.logicalId(),
        colons > 0 ? handler.substring(0, colons) : handler,
        Map.copyOf(environment),
        // Lambda's defaults where a template says nothing.
        Duration.ofSeconds(resolved(resource, "Timeout").asInt(3)),
        policies.read(resource.where() + ".Policies", resolved(resource, "Policies")),
        started.routes(),
        started.schedules(),
        started.rules(),
        started.queues(),
        new QueueReader(known)
            .async(
                resource.where() + ".EventInvokeConfig", resolved(resource, "EventInvokeConfig")),
        named(resource).arn());
  }

  private TableEntry table(Resource resource) {
    JsonNode properties = names.intrinsics().resolve(resource.where(), resource.properties());
    if (!properties.path("BillingMode").asText().equals("PAY_PER_REQUEST")) {
      throw new TemplateException(
          resource.where() + ": the stack knows only the BillingMode PAY_PER_REQUEST.");
    }
    return new TableEntry(resource.logicalId(), named(resource).name(), properties);
  }

  private StateMachineEntry stateMachine(Resource resource, EventReader events) {
    String type = resolved(resource, "Type").asText("STANDARD");
    if (!type.equals("STANDARD")) {
      throw new TemplateException(
          resource.where() + ": the stack does not know the Type " + type + ".");
    }
    Path definition = file.resolveSibling(text(resource, "DefinitionUri"));
    if (!Files.isRegularFile(definition)) {
      throw new TemplateException(resource.where() + ": there is no file " + definition + ".");
    }
    Map<String, String> substitutions = new LinkedHashMap<>();
    resolved(resource, "DefinitionSubstitutions")
        .properties()
        .forEach(each -> substitutions.put(each.getKey(), each.getValue().asText()));
    ResourceNames named = named(resource);
    return new StateMachineEntry(
        resource.logicalId(),
        named.name(),
        named.arn(),
        definition,
        Map.copyOf(substitutions),
        policies.read(resource.where() + ".Policies", resolved(resource, "Policies")),
        events.schedules(resource.where() + ".Events", resolved(resource, "Events")));
  }

  private AuthorizerEntry authorizer(Resource api, JsonNode auth, String name) {
    String where = api.where() + ".Auth";
    known.check(where, HTTP_API + " Auth", auth);
    JsonNode written = auth.path("Authorizers").path(name);
    if (written.isMissingNode()) {
      throw new TemplateException(where + ": Authorizers has no " + name + ".");
    }
    known.check(where + ".Authorizers." + name, "authorizer", written);
    JsonNode found = names.intrinsics().resolve(where, written);
    String source = found.path("IdentitySource").asText("$request.header.Authorization");
    if (!source.equals("$request.header.Authorization")) {
      throw new TemplateException(where + ": the stack does not know the source " + source + ".");
    }
    JsonNode configuration = found.path("JwtConfiguration");
    known.check(where + ".Authorizers." + name, "JwtConfiguration", configuration);
    List<String> audience = new ArrayList<>();
    configuration.path("audience").forEach(each -> audience.add(each.asText()));
    return new AuthorizerEntry(configuration.path("issuer").asText(), List.copyOf(audience));
  }

  private ResourceNames named(Resource resource) {
    return names.resource(resource.where(), resource.logicalId());
  }
}
