package dev.clockbill.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {
  private static final String HEAD =
      """
      Transform: AWS::Serverless-2016-10-31
      Parameters:
        Stage: {Type: String, Default: dev, AllowedValues: [dev, prod]}
        Names: {Type: CommaDelimitedList, Default: "a, b"}
      Conditions:
        Production: !Equals [!Ref Stage, prod]
        Other: !Not [!Condition Production]
      Mappings:
        Sizes: {dev: {pages: 10}, prod: {pages: 100}}
      Globals:
        Function:
          Runtime: java25
          Environment: {Variables: {COMMON: everywhere}}
      Resources:
        Notes:
          Type: AWS::DynamoDB::Table
          Properties: {BillingMode: PAY_PER_REQUEST, TableName: !Sub "${Stage}-notes"}
        Pages:
          Type: AWS::Serverless::Function
          Properties:
            Handler: example.Pages::handleRequest
      """;

  private static final String QUEUES =
      """
      Late:
        Type: AWS::SQS::Queue
        Properties:
          VisibilityTimeout: 60
          RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 7}
      Dead:
        Type: AWS::SQS::Queue
      """
          .indent(2);

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void chooseFile() {
    file = folder.resolve("template.yaml");
  }

  /** The head with more properties of its function. */
  private Template read(String properties, Map<String, String> parameters) throws IOException {
    Files.writeString(file, HEAD + properties.indent(6));
    return Template.read(file, parameters, Attributes.NONE);
  }

  private Template read(String properties) throws IOException {
    return read(properties, Map.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "!Ref Stage | dev",
        "!Ref Notes | dev-notes",
        "!GetAtt Notes.Arn | arn:aws:dynamodb:eu-central-1:000000000000:table/dev-notes",
        "!GetAtt Pages.Arn | arn:aws:lambda:eu-central-1:000000000000:function:Pages",
        "!Sub '${AWS::Region}/${Notes}/${!kept}' | eu-central-1/dev-notes/${kept}",
        "!Sub ['${x}-${Notes.Arn}', {x: !Ref Stage}] |"
            + " dev-arn:aws:dynamodb:eu-central-1:000000000000:table/dev-notes",
        "!Join ['+', !Ref Names] | a+b",
        "!Select [1, !Split ['-', !Ref Notes]] | notes",
        "!If [Production, yes-it-is, no-it-is-not] | no-it-is-not",
        "!If [Other, left, right] | left",
        "!FindInMap [Sizes, !Ref Stage, pages] | 10",
        "{'Fn::Sub': '${Stage}'} | dev",
      })
  void intrinsicFunctionsGiveWhatCloudFormationGives(String written, String value)
      throws IOException {
    Template template = read("Environment: {Variables: {VALUE: %s}}".formatted(written));
    assertThat(template.functions().getFirst().environment())
        .containsEntry("VALUE", value)
        .containsEntry("COMMON", "everywhere");
  }

  @Test
  void aParametersValueTakesThePlaceOfItsDefault() throws IOException {
    Template template = read("Timeout: 7", Map.of("Stage", "prod"));
    assertThat(template.tables().getFirst().name()).isEqualTo("prod-notes");
    assertThat(template.functions().getFirst().timeout()).isEqualTo(Duration.ofSeconds(7));
    assertThat(template.functions().getFirst().handlerClass()).isEqualTo("example.Pages");
  }

  @Test
  void eventsBecomeRoutesSchedulesAndRules() throws IOException {
    Template template =
        read(
            """
            Events:
              Get: {Type: HttpApi, Properties: {Method: get, Path: "/pages/{page}"}}
              Tick: {Type: ScheduleV2, Properties: {ScheduleExpression: rate(5 minutes)}}
              Never: {Type: Schedule, Properties: {Schedule: rate(1 day), Enabled: false}}
              Heard: {Type: EventBridgeRule, Properties: {Pattern: {source: [aws.ses]}}}
            """);
    FunctionEntry function = template.functions().getFirst();
    assertThat(function.routes()).containsExactly(new Route("GET", "/pages/{page}", true));
    assertThat(function.schedules())
        .containsExactly(new Schedule("Tick", Duration.ofMinutes(5), null));
    assertThat(function.rules()).extracting(Rule::name).containsExactly("Heard");
  }

  @Test
  void policiesBecomeStatements() throws IOException {
    Template template =
        read(
            """
            Policies:
              - Statement:
                  - {Effect: Allow, Action: "dynamodb:GetItem", Resource: !GetAtt Notes.Arn}
                  - {Effect: Deny, Action: ["a:B", "a:C"], Resource: "*"}
            """);
    assertThat(template.functions().getFirst().policy())
        .extracting(Statement::effect, Statement::actions)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("Allow", List.of("dynamodb:GetItem")),
            org.assertj.core.groups.Tuple.tuple("Deny", List.of("a:B", "a:C")));
  }

  @Test
  void theStackDecidesAttributesFirst() throws IOException {
    Files.writeString(file, HEAD + "Environment: {Variables: {ARN: !GetAtt Notes.Arn}}".indent(6));
    Template template =
        Template.read(
            file,
            Map.of(),
            (type, id, attribute) -> Optional.of(type + " " + id + " " + attribute));
    assertThat(template.functions().getFirst().environment())
        .containsEntry("ARN", "AWS::DynamoDB::Table Notes Arn");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FileSystemConfigs: [x] | FileSystemConfigs",
        "Environment: {Variables: {A: !ImportValue x}} | Fn::ImportValue",
        "Environment: {Variables: {A: !Ref Nothing}} | Nothing",
        "Environment: {Variables: {A: !GetAtt Notes.StreamArn}} | StreamArn",
        "Runtime: python3.13 | python3.13",
        "Events: {Q: {Type: SQS, Properties: {}}} | SQS",
        "Events: {K: {Type: Kinesis, Properties: {}}} | Kinesis",
        "Events: {S: {Type: Schedule, Properties: {Schedule: 'cron(0 9 * * ? *)'}}} | cron(0 9",
        "Policies: [AdministratorAccess] | AdministratorAccess",
        "EventInvokeConfig: {MaximumRetryAttempts: 3} | MaximumRetryAttempts",
        "EventInvokeConfig: {MaximumEventAgeInSeconds: 30} | MaximumEventAgeInSeconds",
        "EventInvokeConfig: {DestinationConfig: {OnFailure: {Type: SNS, Destination: x}}} |"
            + " OnFailure",
        "EventInvokeConfig: {Qualifier: live} | Qualifier",
      })
  void whatIsNotKnownIsRefusedByName(String properties, String named) {
    assertThatThrownBy(() -> read(properties))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("Pages")
        .hasMessageContaining(named);
  }

  @Test
  void anUnknownResourceTypeIsRefusedByName() throws IOException {
    Files.writeString(file, HEAD + "  Bucket: {Type: \"AWS::S3::Bucket\"}\n");
    assertThatThrownBy(() -> Template.read(file, Map.of(), Attributes.NONE))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("AWS::S3::Bucket");
  }

  @Test
  void parametersThatDoNotExistOrMayNotBeAreRefused() {
    assertThatThrownBy(() -> read("Timeout: 7", Map.of("Stages", "dev")))
        .hasMessageContaining("Stages");
    assertThatThrownBy(() -> read("Timeout: 7", Map.of("Stage", "test")))
        .hasMessageContaining("Parameters.Stage");
  }

  @Test
  void queuesAndWhatFunctionsSayOfFailures() throws IOException {
    String properties =
        """
        EventInvokeConfig:
          MaximumRetryAttempts: 1
          MaximumEventAgeInSeconds: 300
          DestinationConfig: {OnFailure: {Type: SQS, Destination: !GetAtt Late.Arn}}
        Events:
          Again: {Type: SQS, Properties: {Queue: !GetAtt Late.Arn, BatchSize: 1}}
        """;
    Files.writeString(file, HEAD + properties.indent(6) + QUEUES);
    Template template = Template.read(file, Map.of(), Attributes.NONE);
    String arn = "arn:aws:sqs:eu-central-1:000000000000:";
    assertThat(template.functions().getFirst().async())
        .isEqualTo(new AsyncEntry(1, Duration.ofMinutes(5), Optional.of(arn + "Late")));
    assertThat(template.queues())
        .containsExactly(
            new QueueEntry(
                "Late",
                arn + "Late",
                Duration.ofMinutes(1),
                Duration.ofDays(4),
                Optional.of(new QueueEntry.Redrive(arn + "Dead", 7)),
                Optional.of("Pages")),
            new QueueEntry(
                "Dead",
                arn + "Dead",
                Duration.ofSeconds(30),
                Duration.ofDays(4),
                Optional.empty(),
                Optional.empty()));
    assertThat(read("Timeout: 7").functions().getFirst().async()).isEqualTo(AsyncEntry.STANDARD);
  }

  @Test
  void aQueueThatIsNotTheTemplatesOwnIsRefused() throws IOException {
    Files.writeString(file, HEAD + QUEUES.replace("!GetAtt Dead.Arn", "'arn:elsewhere'"));
    assertThatThrownBy(() -> Template.read(file, Map.of(), Attributes.NONE))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("arn:elsewhere");
  }

  @Test
  void aStateMachineIsStartedBySchedulesOnly() throws IOException {
    Files.writeString(folder.resolve("walk.asl.json"), "{}");
    String machine =
        """
        Walk:
          Type: AWS::Serverless::StateMachine
          Properties:
            DefinitionUri: walk.asl.json
            Events:
              Daily: {Type: ScheduleV2, Properties: {ScheduleExpression: rate(1 day), Input: "{}"}}
        """
            .indent(2);
    Files.writeString(file, HEAD + machine);
    Schedule daily =
        Template.read(file, Map.of(), Attributes.NONE)
            .stateMachines()
            .getFirst()
            .schedules()
            .getFirst();
    assertThat(daily.every()).isEqualTo(Duration.ofDays(1));
    assertThat(daily.input()).isEmpty();
    Files.writeString(
        file,
        HEAD
            + machine.replace(
                "{Type: ScheduleV2, Properties: {ScheduleExpression: rate(1 day), Input: \"{}\"}}",
                "{Type: EventBridgeRule, Properties: {Pattern: {source: [x]}}}"));
    assertThatThrownBy(() -> Template.read(file, Map.of(), Attributes.NONE))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("Walk");
  }
}
