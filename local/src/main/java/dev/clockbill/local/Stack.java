package dev.clockbill.local;

import dev.clockbill.local.aws.AwsFront;
import dev.clockbill.local.aws.AwsService;
import dev.clockbill.local.aws.Caller;
import dev.clockbill.local.aws.Faults;
import dev.clockbill.local.aws.UsedGrants;
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
import dev.clockbill.local.lambda.HandlerClasses;
import dev.clockbill.local.lambda.Lambda;
import dev.clockbill.local.lambda.ReloadedClasses;
import dev.clockbill.local.login.Login;
import dev.clockbill.local.mail.MailService;
import dev.clockbill.local.parameters.ParameterStore;
import dev.clockbill.local.processor.Processor;
import dev.clockbill.local.processor.ProcessorSettings;
import dev.clockbill.local.shelf.Shelves;
import dev.clockbill.local.states.StateMachines;
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

/** Everything that a template names, standing in this JVM. */
public final class Stack implements AutoCloseable {
  private final Settings settings;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final UsedGrants used = new UsedGrants();

  private HttpServer http;
  private Bus bus;
  private StackClock clock;
  private Lambda lambda;
  private FirstStart first;
  private Consumption consumption;

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
    Future<DynamoDb> database = threads.submit(() -> database(progress));
    Shelves shelves = part(settings.data().map(Shelves::new).orElseGet(Shelves::inMemory));
    Template template = progress.step("Template", () -> template(aws));
    DynamoDb dynamoDb = part(database.get());
    consumption = dynamoDb.consumption();
    progress.step("Tables", () -> dynamoDb.create(template.tables()));

    List<FunctionEntry> functions = template.functions();
    first = new FirstStart(settings.demonstration(), shelves.shelf("stack"));
    RunningClock running =
        new RunningClock(shelves.shelf("clock"), InstantSource.system(), first.beginning());
    clock = running;
    lambda = part(new Lambda(functions, aws.address(), handlerClasses(functions), clock));
    // Closed before the functions are: what is under way may end.
    part(running);
    StackTime.add(running);
    part(() -> StackTime.remove(running));
    bus = new Bus(functions, lambda, clock);
    Schedules schedules = new Schedules(functions, lambda, clock);
    StateMachines machines =
        new StateMachines(
            template.stateMachines(), lambda, bus, clock, shelves.shelf("executions"));
    MailService mails = new MailService(shelves, bus, clock);
    Login login = new Login(base(), client(template), shelves, clock);
    ParameterStore secrets = new ParameterStore(settings.secrets());
    Faults faults = new Faults();
    List<AwsService> services = List.of(dynamoDb, machines, mails, login.userPool(), secrets);
    aws.serve(new AwsFront(Caller.byKeyId(functions), faults, used, services));

    Router own =
        StartPage.router()
            .include(new Controls(clock, schedules, faults, lambda).router())
            .include(new DirectCalls(settings.directCalls(), lambda, login::token).router())
            .include(login.controls())
            .include(login.pages())
            .include(machines.controls())
            .include(mails.controls())
            .include(mails.pages());
    Optional<Processor> processor =
        settings.processor().map(told -> processor(told, shelves, faults));
    processor.ifPresent(
        standIn -> own.include(standIn.controls()).include(standIn.pages()).include(standIn.api()));
    http.serve(front(own, new Gateway(functions, tokens(template, login), lambda, clock)));

    machines.abortInterrupted();
    processor.ifPresent(Processor::begin);
    threads.execute(lambda::warm);
    // Schedules begin in the present: nothing in the demonstration's past waits for them.
    first.play(base(), running, progress);
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

  /** The template, in which the login of this machine stands in the place of Cognito's. */
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

  private Tokens tokens(Template template, Login login) {
    return template
        .authorizer()
        .<Tokens>map(expected -> login.stillLetIn(new JwtAuthorizer(expected, login::keys, clock)))
        .orElse(Tokens.NONE);
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

  /** For whom the login makes tokens: the first whom the authorizer takes. */
  private static String client(Template template) {
    return template.authorizer().stream()
        .flatMap(authorizer -> authorizer.audience().stream())
        .findFirst()
        .orElse("local");
  }

  /** The stack's own pages and controls, then the template's routes, then its start page. */
  private static Front front(Router own, Front gateway) {
    return call -> {
      Optional<Answer> answer = own.answer(call);
      if (answer.isPresent()) {
        return answer.get();
      }
      Answer product = gateway.answer(call);
      boolean nothingThere = product.status() == 404 && call.path().equals("/");
      return nothingThere && call.method().equals("GET") ? StartPage.page() : product;
    };
  }

  /** The address at which people reach it, without a slash at the end. */
  public String base() {
    return "http://localhost:" + http.port();
  }

  /** A text with the address as {@code {base}}, and with what the demonstration saved. */
  String filled(String text) {
    return first.filled(text, base());
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

  /** What its functions consume of DynamoDB. */
  public Consumption consumption() {
    return consumption;
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
