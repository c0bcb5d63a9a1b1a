package dev.clockbill.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.Project;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The deploy command, with a stand-in for the SAM CLI that writes down how it was called. */
class DeploymentTest {
  private static final String API = "https://a1b2c3.execute-api.eu-central-1.amazonaws.com";
  private static final String TEMPLATE =
      """
      Parameters:
        Release:
          Type: String
        BaseUrl:
          Type: String
          Default: https://not-known-yet.invalid
        DomainName:
          Type: String
          Default: ""
        CertificateArn:
          Type: String
          Default: ""
        LoginDomain:
          Type: String
          Default: ""
        MailDomain:
          Type: String
      Resources:
        StartTimer:
          Properties:
            CodeUri: built/code.jar
      """;

  /** The first deployment makes the stack, whose outputs are listed from then on. */
  private static final String SAM =
      """
      #!/bin/sh
      echo "$@" >> calls
      case $1 in
        list) if [ -f outputs ]; then cat outputs; else cat missing >&2; exit 1; fi ;;
        deploy) echo '[{"OutputKey": "ApiAddress", "OutputValue": "%s"}]' > outputs ;;
      esac
      """
          .formatted(API);

  @TempDir private static Path compiled;
  @TempDir private Path project;

  private String said;

  @BeforeAll
  static void compile() {
    String source = Project.path("local/src/build/java/Deployment.java").toString();
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-proc:none", "-d", compiled.toString(), source);
    assertThat(result).isZero();
  }

  @BeforeEach
  void aProject() throws IOException {
    write("template.yaml", TEMPLATE);
    write("built/code.jar", "code");
    write("missing", "Error: The input stack does not exist on Cloudformation in the region");
    write("sam", SAM);
    Files.setPosixFilePermissions(
        project.resolve("sam"), PosixFilePermissions.fromString("rwxr-xr-x"));
    settings("MailDomain=dev.example");
  }

  private void write(String file, String text) throws IOException {
    Path path = project.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private void settings(String... parameters) throws IOException {
    write(
        "samconfig.toml",
        """
        version = 0.1
        # Another stage.
        [prod.global.parameters]
        stack_name = "wrong"
        [dev.global.parameters]
        stack_name = "clockbill-dev"
        region = "eu-central-1"

        [dev.deploy.parameters]
        resolve_s3 = true
        parameter_overrides = [
          "%s",
        ]
        """
            .formatted(String.join("\",\n  \"", parameters)));
  }

  private int deploy(String... more) throws Exception {
    return run("deploy", "dev", project.resolve("sam").toString(), more);
  }

  private int run(String what, String stage, String sam, String... more) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", compiled.toString(), "Deployment"));
    command.addAll(List.of(what, project.toString(), stage, sam));
    command.addAll(List.of(more));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return process.waitFor();
  }

  /** The calls of the SAM CLI with this name, so far. */
  private List<String> calls(String name) throws IOException {
    Path calls = project.resolve("calls");
    try (Stream<String> lines = Files.exists(calls) ? Files.lines(calls) : Stream.empty()) {
      return lines.filter(line -> line.startsWith(name)).toList();
    }
  }

  private static String release(String call) {
    return call.replaceAll(".*Release=\"([0-9a-f]{64})\".*", "$1");
  }

  @Test
  void withoutADomainTheFirstDeploymentIsRepeatedWithTheAddressThatItGot() throws Exception {
    assertThat(deploy()).as(said).isZero();
    List<String> deployments = calls("deploy");
    assertThat(deployments).hasSize(2);
    assertThat(deployments.get(0)).contains("BaseUrl=\"https://not-known-yet.invalid\"");
    assertThat(deployments.get(1)).contains("BaseUrl=\"" + API + "\"");
    assertThat(release(deployments.get(1))).isNotEqualTo(release(deployments.get(0)));
    assertThat(said).endsWith("clockbill-dev is deployed: " + API);
  }

  @Test
  void laterDeploymentsKnowTheAddressAndTheSameOneIsTheSame() throws Exception {
    deploy();
    assertThat(deploy()).as(said).isZero();
    assertThat(calls("deploy")).hasSize(3);
    assertThat(calls("deploy").get(2)).isEqualTo(calls("deploy").get(1));
  }

  @Test
  void whateverIsNewMakesANewRelease() throws Exception {
    deploy();
    write("built/code.jar", "other code");
    deploy();
    settings("MailDomain=other.example");
    deploy();
    write("template.yaml", TEMPLATE + "# more memory\n");
    deploy();
    assertThat(calls("deploy")).hasSize(5);
    assertThat(calls("deploy").stream().map(DeploymentTest::release)).doesNotHaveDuplicates();
  }

  @Test
  void aDomainIsTheAddressFromTheBeginning() throws Exception {
    settings("MailDomain=a.example", "DomainName=app.example", "CertificateArn=arn:aws:acm:1");
    assertThat(deploy()).as(said).isZero();
    assertThat(calls("deploy")).hasSize(1);
    assertThat(calls("deploy").getFirst())
        .contains("BaseUrl=\"https://app.example\"")
        .contains("CertificateArn=\"arn:aws:acm:1\"");
  }

  @Test
  void everyParameterIsPassedSoThatOneThatIsTakenOutReturnsToItsDefault() throws Exception {
    deploy();
    assertThat(calls("deploy").getFirst())
        .contains("--config-env dev")
        .endsWith(
            "--parameter-overrides BaseUrl=\"https://not-known-yet.invalid\" CertificateArn=\"\""
                + " DomainName=\"\" LoginDomain=\"\" MailDomain=\"dev.example\" Release=\""
                + release(calls("deploy").getFirst())
                + "\"");
  }

  @Test
  void settingsAndOptionsCanBeGivenWithTheCommand() throws Exception {
    assertThat(deploy("BaseUrl=http://localhost:1 MailDomain=b.example --no-execute-changeset"))
        .isZero();
    assertThat(calls("deploy")).hasSize(1);
    assertThat(calls("deploy").getFirst())
        .contains("BaseUrl=\"http://localhost:1\"", "MailDomain=\"b.example\"")
        .contains("--no-execute-changeset --parameter-overrides");
  }

  @Test
  void theAccountThatIsAskedIsTheOneThatIsDeployedTo() throws Exception {
    assertThat(deploy("--profile office --region eu-west-1")).as(said).isZero();
    assertThat(calls("list"))
        .hasSize(2)
        .allSatisfy(
            call -> assertThat(call).contains("--profile office").contains("--region eu-west-1"));
  }

  @Test
  void aStackThatCannotBeMadeIsDeletedSoThatTheNextTryCanMakeIt() throws Exception {
    deploy();
    assertThat(calls("deploy").get(0)).contains("--on-failure DELETE");
    assertThat(calls("deploy").get(1)).doesNotContain("--on-failure");
  }

  @Test
  void whatIsWrongIsSaidInALineBeforeAnythingIsDeployed() throws Exception {
    refuses("There is no command " + project + "/nowhere: install the AWS SAM CLI", "nowhere");
    settings("MailDomain=dev.example", "Colour=red");
    refuses("samconfig.toml [dev] gives Colour, which template.yaml does not have.");
    settings("MailDomain=dev.example", "Release=1");
    refuses("samconfig.toml [dev] gives Release, which is computed: take it out.");
    settings("BaseUrl=https://a.example");
    refuses("samconfig.toml [dev] has to give the parameter MailDomain.");
    settings("MailDomain=dev.example", "DomainName=app.example");
    refuses("samconfig.toml [dev] gives DomainName: give CertificateArn as well.");
    settings("MailDomain=dev.example", "LoginDomain=My-Login");
    refuses("samconfig.toml [dev] makes a login address that Cognito refuses");
    settings("MailDomain=dev.example");
    write("missing", "Botocore Exception : Unable to locate credentials");
    refuses("There are no credentials for AWS: set AWS_PROFILE");
    write("missing", "…\nError: Could not connect to the endpoint");
    refuses("The account cannot be reached: Error: Could not connect to the endpoint");
    write("missing", "the stack does not exist");
    write("built/code.jar", "");
    refuses("There is no built/code.jar: mvn -Pdeploy builds all that is deployed.");
    assertThat(run("check", "test", project.resolve("sam").toString())).isEqualTo(1);
    assertThat(said).startsWith("samconfig.toml has no section [test.deploy.parameters]");
    assertThat(calls("deploy")).isEmpty();
    assertThat(calls("build")).isEmpty();
  }

  private void refuses(String why) throws Exception {
    refuses(why, "sam");
  }

  private void refuses(String why, String sam) throws Exception {
    assertThat(run("deploy", "dev", project.resolve(sam).toString())).isEqualTo(1);
    assertThat(said).startsWith(why);
    assertThat(said.lines()).hasSize(1);
  }

  @Test
  void aDeploymentThatFailedIsNotCalledDone() throws Exception {
    write("sam", SAM.replace("deploy)", "deploy) exit 3 ;;\n  never)"));
    assertThat(deploy()).isEqualTo(1);
    assertThat(said)
        .startsWith("sam deploy failed and says above why.")
        .doesNotContain("is deployed");
    assertThat(calls("deploy")).hasSize(1);
  }
}
