package dev.clockbill.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.local.aws.AwsFront;
import dev.clockbill.local.aws.AwsService;
import dev.clockbill.local.aws.Caller;
import dev.clockbill.local.aws.Faults;
import dev.clockbill.local.aws.UsedGrants;
import dev.clockbill.local.demo.Demonstration;
import dev.clockbill.local.demo.Values;
import dev.clockbill.local.events.Bus;
import dev.clockbill.local.events.EventBus;
import dev.clockbill.local.events.Schedules;
import dev.clockbill.local.gateway.Gateway;
import dev.clockbill.local.gateway.JwtAuthorizer;
import dev.clockbill.local.gateway.Tokens;
import dev.clockbill.local.http.Answer;
import dev.clockbill.local.http.Front;
import dev.clockbill.local.http.HttpServer;
import dev.clockbill.local.http.Router;
import dev.clockbill.local.lambda.FunctionFailed;
import dev.clockbill.local.lambda.Lambda;
import dev.clockbill.local.login.Login;
import dev.clockbill.local.mail.MailService;
import dev.clockbill.local.parameters.ParameterStore;
import dev.clockbill.local.processor.Processor;
import dev.clockbill.local.processor.ProcessorSettings;
import dev.clockbill.local.shelf.Shelf;
import dev.clockbill.local.shelf.Shelves;
import dev.clockbill.local.states.StateMachines;
import dev.clockbill.local.table.DynamoDb;
import dev.clockbill.local.template.Attributes;
import dev.clockbill.local.template.FunctionEntry;
import dev.clockbill.local.template.Template;
import dev.clockbill.local.time.RunningClock;
import dev.clockbill.local.time.StackClock;
import dev.clockbill.local.time.StackTime;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Everything that a template names, standing in this JVM. */
public final class Stack implements AutoCloseable {
  private static final String PLAYED = "demonstration";
  private static final String SAVED = "saved";

  private final Settings settings;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  private final UsedGrants used = new UsedGrants();

  private HttpServer http;
  private Bus bus;
  private RunningClock clock;
  private Lambda lambda;
  private Shelf own;

  private Stack(Settings settings) {
    this.settings = settings;
  }

  /**
   * Stands up what the settings name; returns when it answers.
   *
   * @throws RuntimeException saying in a sentence what cannot be stood up
   */
  public static Stack start(Settings settings) {
    return start(settings, Progress.silent());
  }

  static Stack start(Settings settings, Progress progress) {
    Stack stack = new Stack(settings);
    try {
      stack.standUp(progress);
      return stack;
    } catch (Exception failed) {
      stack.close();
      throw failed instanceof RuntimeException refused
          ? refused
          : new IllegalStateException("The stack does not start.", failed);
    }
  }

  private <T extends AutoCloseable> T part(T part) {
    parts.push(part);
    return part;
  }

  private void standUp(Progress progress) throws Exception {
    http = HttpServer.bind(settings.port());
    HttpServer aws = part(HttpServer.bind(0));
    ExecutorService threads = part(Executors.newVirtualThreadPerTaskExecutor());
    Future<DynamoDb> tables =
        threads.submit(
            () ->
                progress.step(
                    "DynamoDB Local",
                    () -> new DynamoDb(settings.data().map(data -> data.resolve("tables")))));
    Shelves shelves = part(settings.data().map(Shelves::new).orElseGet(Shelves::inMemory));
    Template template =
        progress.step(
            "Template " + settings.template().getFileName(),
            () ->
                Template.read(
                    settings.template(), settings.parameters(base(), aws.address()), attributes()));
    List<FunctionEntry> functions = template.functions();
    DynamoDb dynamoDb = part(tables.get());
    progress.step(
        "Tables",
        () -> {
          dynamoDb.create(template.tables());
          return dynamoDb;
        });
    lambda = part(new Lambda(functions, aws.address()));
    own = shelves.shelf("stack");
    Optional<Demonstration> demonstration =
        settings.demonstration().filter(file -> isWanted()).map(Demonstration::read);
    clock =
        part(
            new RunningClock(
                shelves.shelf("clock"),
                InstantSource.system(),
                demonstration.map(Demonstration::beginning).orElse(Duration.ZERO)));
    StackTime.follow(clock);
    part(() -> StackTime.leave(clock));
    Faults faults = new Faults();
    bus = new Bus(functions, lambda, clock);
    Schedules schedules = new Schedules(functions, lambda, clock);
    StateMachines machines =
        new StateMachines(
            template.stateMachines(), lambda, bus, clock, shelves.shelf("executions"));
    MailService mails = new MailService(shelves, bus, clock);
    Login login = new Login(base(), client(template), shelves, clock);
    List<AwsService> services =
        List.of(
            dynamoDb, machines, mails, login.userPool(), new ParameterStore(settings.secrets()));
    aws.serve(new AwsFront(callers(functions), faults, used, services));
    Optional<Processor> processor =
        settings.processor().map(told -> processor(told, shelves, faults));
    StartPage page = new StartPage(links());
    Router controls =
        new Router()
            .include(new Controls(clock, schedules, faults, lambda).router())
            .include(new DirectCalls(settings.directCalls(), lambda, login::token).router())
            .include(login.controls())
            .include(login.pages())
            .include(machines.controls())
            .include(mails.controls())
            .include(mails.pages())
            .include(page.router());
    processor.ifPresent(
        standIn ->
            controls.include(standIn.controls()).include(standIn.pages()).include(standIn.api()));
    if (functions.stream()
        .flatMap(function -> function.routes().stream())
        .noneMatch(route -> route.path().equals("/"))) {
      controls.on("GET", "/", (call, parameters) -> page.page());
    }
    Tokens tokens =
        template
            .authorizer()
            .<Tokens>map(expected -> new JwtAuthorizer(expected, login::keys, clock))
            .orElse(Tokens.NONE);
    Gateway gateway = new Gateway(functions, tokens, lambda, clock);
    http.serve(front(controls, gateway));
    machines.abortInterrupted();
    processor.ifPresent(Processor::begin);
    threads.execute(lambda::warm);
    if (demonstration.isPresent()) {
      progress.step(
          "Demonstration data: " + demonstration.get().size() + " calls",
          () -> played(demonstration.get()));
    }
    schedules.begin();
  }

  private Processor processor(Settings.Processor told, Shelves shelves, Faults faults) {
    return part(
        new Processor(
            new ProcessorSettings(
                base(),
                URI.create(base() + told.webhook()),
                settings.secret(told.key()),
                settings.secret(told.webhookSecret())),
            shelves,
            clock,
            faults));
  }

  private boolean isWanted() {
    Optional<JsonNode> played = own.get(PLAYED);
    if (played.filter(whole -> !whole.asBoolean()).isPresent()) {
      throw new IllegalStateException(
          "The demonstration data is there in part only: start anew with -Dfresh.");
    }
    return played.isEmpty();
  }

  /** Time passes from the file's beginning to the present; schedules begin only then. */
  private Demonstration played(Demonstration demonstration) {
    own.put(PLAYED, BooleanNode.FALSE);
    own.put(SAVED, demonstration.play(base()));
    clock.catchUp();
    own.put(PLAYED, BooleanNode.TRUE);
    return demonstration;
  }

  /** The login of this machine in place of Cognito's. */
  private Attributes attributes() {
    String issuer = Login.issuer(base());
    return (type, logicalId, attribute) ->
        type.equals("AWS::Cognito::UserPool") && attribute.equals("ProviderURL")
            ? Optional.of(issuer)
            : Optional.empty();
  }

  /** For whom the login makes tokens: the first whom the authorizer takes. */
  private static String client(Template template) {
    return template.authorizer().stream()
        .flatMap(authorizer -> authorizer.audience().stream())
        .findFirst()
        .orElse("local");
  }

  private List<StartPage.Link> links() {
    return List.of(
        new StartPage.Link("/", "The product", "What the template's functions serve"),
        new StartPage.Link("/openapi.yaml", "The API", "Its description for machines"),
        new StartPage.Link("/_local/inbox", "Inbox", "Every mail that was sent, to anybody"),
        new StartPage.Link(
            "/_login/.well-known/openid-configuration",
            "Login",
            "The OpenID Connect issuer whose tokens the API takes"),
        new StartPage.Link(
            "/_processor/checkout",
            "Processor",
            "Every checkout of the processor's stand-in, as JSON"),
        new StartPage.Link(
            "/_local/executions", "Executions", "Every workflow with its history, as JSON"));
  }

  private static Map<String, Caller> callers(List<FunctionEntry> functions) {
    Map<String, Caller> callers = new HashMap<>();
    for (FunctionEntry function : functions) {
      callers.put(
          AwsFront.keyId(function.logicalId()),
          new Caller(function.logicalId(), function.policy()));
    }
    return callers;
  }

  private static Front front(Router own, Front gateway) {
    return call -> {
      Optional<Answer> answer = own.answer(call);
      return answer.isPresent() ? answer.get() : gateway.answer(call);
    };
  }

  /** The address at which people reach it, without a slash at the end. */
  public String base() {
    return "http://localhost:" + http.port();
  }

  /** A text with the address as {@code {base}} and with what the demonstration saved. */
  String filled(String text) {
    ObjectNode values = JsonNodeFactory.instance.objectNode().put("base", base());
    own.get(SAVED).ifPresent(saved -> values.setAll((ObjectNode) saved));
    return Values.of(values).text(text);
  }

  /** Its time. */
  public StackClock clock() {
    return clock;
  }

  /** Its event bus. */
  public EventBus events() {
    return bus;
  }

  /** What its functions have asked of AWS since it was started. */
  public UsedGrants used() {
    return used;
  }

  /** The environment of a function, with which a test can make its handler itself. */
  public Map<String, String> environment(String function) {
    return lambda.environment(function);
  }

  /**
   * Invokes a function and waits for its answer.
   *
   * @param event JSON
   * @return JSON
   */
  public String invoke(String function, String event) throws FunctionFailed {
    return new String(
        lambda.invoke(function, event.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
  }

  /** Stops it and starts it again on the same port and data. */
  public Stack restart() {
    int port = http.port();
    close();
    return start(settings.onPort(port));
  }

  /** Takes no more calls, lets what is under way end, and closes what is kept. */
  @Override
  public void close() {
    if (http != null) {
      http.close();
    }
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception failed) {
        System.err.println("A part of the stack does not stop: " + failed);
      }
    }
  }
}
