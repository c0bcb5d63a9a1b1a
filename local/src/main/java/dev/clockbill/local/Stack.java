package dev.clockbill.local;

import dev.clockbill.local.aws.AwsFront;
import dev.clockbill.local.aws.AwsService;
import dev.clockbill.local.aws.Caller;
import dev.clockbill.local.aws.Faults;
import dev.clockbill.local.aws.ParameterStore;
import dev.clockbill.local.aws.Partitions;
import dev.clockbill.local.aws.UsedGrants;
import dev.clockbill.local.events.AsyncInvocations;
import dev.clockbill.local.events.EventBridge;
import dev.clockbill.local.events.EventBus;
import dev.clockbill.local.events.Queues;
import dev.clockbill.local.events.Schedules;
import dev.clockbill.local.gateway.Gateway;
import dev.clockbill.local.gateway.JwtAuthorizer;
import dev.clockbill.local.gateway.TokenVerifier;
import dev.clockbill.local.http.HttpHandler;
import dev.clockbill.local.http.HttpServer;
import dev.clockbill.local.http.Response;
import dev.clockbill.local.http.Router;
import dev.clockbill.local.lambda.FunctionFailed;
import dev.clockbill.local.lambda.HandlerClasses;
import dev.clockbill.local.lambda.Lambda;
import dev.clockbill.local.lambda.ReloadedClasses;
import dev.clockbill.local.login.Login;
import dev.clockbill.local.mail.MailService;
import dev.clockbill.local.processor.Processor;
import dev.clockbill.local.processor.ProcessorSettings;
import dev.clockbill.local.states.StateMachines;
import dev.clockbill.local.storage.DataFile;
import dev.clockbill.local.table.Consumption;
import dev.clockbill.local.table.DynamoDb;
import dev.clockbill.local.template.FunctionEntry;
import dev.clockbill.local.template.Template;
import dev.clockbill.local.time.RunningClock;
import dev.clockbill.local.time.StackClock;
import dev.clockbill.local.time.StackTime;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/** Everything that a template describes, running in this JVM. */
public final class Stack implements AutoCloseable {
  private final Settings settings;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final UsedGrants used = new UsedGrants();
  private final Faults faults = new Faults();

  private HttpServer http;
  private EventBridge bus;
  private StackClock clock;
  private Lambda lambda;
  private Partitions partitions;
  private DemonstrationData demonstration;
  private Consumption consumption;
  private Login login;

  private Stack(Settings settings) {
    this.settings = settings;
  }

  /**
   * Starts what the settings describe; returns when it accepts requests.
   *
   * @throws RuntimeException with a sentence that says what cannot be started
   */
  public static Stack start(Settings settings) {
    return start(settings, Progress.silent());
  }

  static Stack start(Settings settings, Progress progress) {
    Stack stack = new Stack(settings);
    try {
      stack.startParts(progress);
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

  private void startParts(Progress progress) throws Exception {
    http = HttpServer.bind(settings.port());
    HttpServer aws = part(HttpServer.bind(0));
    ExecutorService threads = part(Executors.newVirtualThreadPerTaskExecutor());
    Future<DynamoDb> database = threads.submit(() -> database(progress));
    DataFile data = part(settings.data().map(DataFile::new).orElseGet(DataFile::inMemory));
    Template template = progress.step("Template", () -> template(aws));
    DynamoDb dynamoDb = part(database.get());
    consumption = dynamoDb.consumption();
    progress.step("Tables", () -> dynamoDb.create(template.tables()));

    List<FunctionEntry> functions = template.functions();
    demonstration = new DemonstrationData(settings.demonstration(), data.store("stack"));
    RunningClock running =
        new RunningClock(data.store("clock"), InstantSource.system(), demonstration.beginning());
    clock = running;
    partitions = new Partitions(settings.partitions());
    HandlerClasses classes = handlerClasses(functions);
    lambda = part(new Lambda(functions, aws.address(), classes, clock, partitions));
    // Closed before the functions are, so that running tasks can finish.
    part(running);
    StackTime.add(running);
    part(() -> StackTime.remove(running));
    Queues queues = new Queues(template.queues(), lambda, clock, data.store("queues"));
    AsyncInvocations invocations =
        new AsyncInvocations(
            lambda,
            clock,
            data.store("invocations"),
            functions.stream()
                .collect(Collectors.toMap(FunctionEntry::logicalId, FunctionEntry::async)),
            queues);
    bus = new EventBridge(functions, invocations, clock);
    StateMachines machines =
        new StateMachines(template.stateMachines(), lambda, bus, clock, data.store("executions"));
    Schedules schedules =
        new Schedules(
            functions, template.stateMachines(), machines::start, lambda, invocations, clock);
    MailService mails = new MailService(template.mail(), data, bus, clock);
    login = new Login(base(), client(template), template.login(), data, clock);
    ParameterStore secrets = new ParameterStore(settings.secrets());
    List<AwsService> services = List.of(dynamoDb, machines, mails, login.userPool(), secrets);
    aws.serve(new AwsFront(Caller.byKeyId(functions), faults, used, partitions, services));

    Router own =
        StartPage.router()
            .include(new Controls(clock, schedules, faults, lambda, queues).router())
            .include(new DirectCalls(settings.directCalls(), lambda, login::token).router())
            .include(login.controls())
            .include(login.pages())
            .include(machines.controls())
            .include(mails.controls())
            .include(mails.pages());
    Optional<Processor> processor = settings.processor().map(chosen -> processor(chosen, data));
    processor.ifPresent(
        standIn -> own.include(standIn.controls()).include(standIn.pages()).include(standIn.api()));
    http.serve(front(own, new Gateway(functions, tokens(template, login), lambda, clock)));

    invocations.resume();
    queues.resume();
    machines.abortInterrupted();
    processor.ifPresent(Processor::begin);
    threads.execute(lambda::warm);
    // Schedules start in the present: they do not run through the past of the demonstration data.
    demonstration.play(base(), running, progress);
    schedules.begin();
  }

  private HandlerClasses handlerClasses(List<FunctionEntry> functions) {
    return settings.reload()
        ? ReloadedClasses.ofClassPath(
            functions.stream().map(FunctionEntry::handlerClass).collect(Collectors.toSet()))
        : HandlerClasses.ofClassPath();
  }

  private DynamoDb database(Progress progress) throws Exception {
    Optional<Path> folder = settings.data().map(data -> data.resolve("tables"));
    return progress.step("DynamoDB Local", () -> new DynamoDb(folder));
  }

  /** The template, with the issuer of this stack in place of Cognito's. */
  private Template template(HttpServer aws) {
    String issuer = Login.issuer(base());
    return Template.read(
        settings.template(),
        settings.parameters(base(), aws.address()),
        (type, logicalId, attribute) ->
            type.equals("AWS::Cognito::UserPool") && attribute.equals("ProviderURL")
                ? Optional.of(issuer)
                : Optional.empty());
  }

  private TokenVerifier tokens(Template template, Login login) {
    return template
        .authorizer()
        .<TokenVerifier>map(expected -> new JwtAuthorizer(expected, login::keys, clock))
        .orElse(TokenVerifier.NONE);
  }

  private Processor processor(Settings.Processor chosen, DataFile data) {
    return part(
        new Processor(
            new ProcessorSettings(
                base(),
                URI.create(base() + chosen.webhook()),
                settings.secret(chosen.key()),
                settings.secret(chosen.webhookSecret())),
            data,
            clock,
            faults));
  }

  /** The client that tokens are made for: the first one that the authorizer accepts. */
  private static String client(Template template) {
    return template.authorizer().stream()
        .flatMap(authorizer -> authorizer.audience().stream())
        .findFirst()
        .orElse("local");
  }

  /**
   * Tries the pages and controls of the stack, then the routes of the template, then the start
   * page.
   */
  private static HttpHandler front(Router own, HttpHandler gateway) {
    return request -> {
      Optional<Response> answer = own.answer(request);
      if (answer.isPresent()) {
        return answer.get();
      }
      Response product = gateway.answer(request);
      boolean nothingThere = product.status() == 404 && request.path().equals("/");
      return nothingThere && request.method().equals("GET") ? StartPage.page() : product;
    };
  }

  /** Its address, without a slash at the end. */
  public String base() {
    return "http://localhost:" + http.port();
  }

  /** Fills a text with the address and with values of the demonstration data. */
  String filled(String text) {
    return demonstration.filled(text, base());
  }

  /** Its clock. */
  public StackClock clock() {
    return clock;
  }

  /** Its event bus. */
  public EventBus events() {
    return bus;
  }

  /** The permissions that its functions have used since it was started. */
  public UsedGrants used() {
    return used;
  }

  /** Who may touch which partitions, and what was refused. */
  public Partitions partitions() {
    return partitions;
  }

  /** The requests that its functions make, and those that are to fail. */
  public Faults faults() {
    return faults;
  }

  /** What its functions consume of DynamoDB. */
  public Consumption consumption() {
    return consumption;
  }

  /** The environment of a function, so that a test can create the handler itself. */
  public Map<String, String> environment(String function) {
    return lambda.environment(function);
  }

  /** The login: its keys, and tokens of any content. */
  public Login login() {
    return login;
  }

  /**
   * Invokes a function and waits for its result.
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

  /** Accepts no more requests, lets running ones finish, and closes its files. */
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
