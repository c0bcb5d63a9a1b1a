import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Deploys a stage by the SAM CLI, with the settings of its sections of {@code samconfig.toml}.
 *
 * <p>{@code java Deployment.java check <root> <stage> <sam>} changes nothing: it looks whether the
 * settings are complete, and whether the SAM CLI and the account can be reached. {@code deploy}
 * deploys what is built. Settings in place of those of the file may follow, as {@code Name=value};
 * whatever begins with {@code --} is given to {@code sam deploy} as it is. It ends with 1 and one
 * line if something is wrong.
 *
 * <p>What it adds to {@code sam deploy}:
 *
 * <ul>
 *   <li>The parameter {@code Release}, a hash of everything that is deployed and of the other
 *       parameters: a function gets a new version if and only if there is something new.
 *   <li>All parameters are passed. One that is left out would keep the value of the last deployment
 *       and not return to its default.
 *   <li>The parameter {@code BaseUrl}. With a domain it is that. Without one it is the API's own
 *       address, which exists only once it is deployed: the first time it deploys twice.
 * </ul>
 */
public final class Deployment {
  private static final String TEMPLATE = "template.yaml";
  private static final String SETTINGS = "samconfig.toml";
  private static final String RELEASE = "Release";
  private static final String BASE_URL = "BaseUrl";
  private static final String DOMAIN = "DomainName";
  private static final Pattern SECTION = Pattern.compile("\\[([\\w.-]+)]");
  private static final Pattern TEXT = Pattern.compile("\"([^\"]*)\"");
  private static final Pattern ARTIFACT =
      Pattern.compile("(?m)^ +(?:CodeUri|ContentUri|DefinitionUri): *(.*)$");
  private static final Pattern OUTPUT =
      Pattern.compile("\"OutputKey\": \"(\\w+)\",\\s*\"OutputValue\": \"([^\"]*)\"");

  /** Amazon Cognito developer guide, "Configuring a user pool domain". */
  private static final Pattern LOGIN_DOMAIN = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private final Path root;
  private final String stage;
  private final String sam;
  private final Map<String, String> given = new TreeMap<>();
  private final List<String> options = new ArrayList<>();

  /** Why nothing is deployed, in a line. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refused(String why) {
      super(why);
    }
  }

  private Deployment(Path root, String stage, String sam, List<String> more) {
    this.root = root;
    this.stage = stage;
    this.sam = sam;
    for (String each : more) {
      int equals = each.indexOf('=');
      if (each.startsWith("--")) {
        options.add(each);
      } else if (equals > 0) {
        given.put(each.substring(0, equals), each.substring(equals + 1));
      } else if (!options.isEmpty()) {
        options.add(each);
      } else if (!each.isBlank()) {
        throw new Refused("\"" + each + "\" is neither Name=value nor an option of sam deploy.");
      }
    }
  }

  /** Checks or deploys. */
  public static void main(String[] arguments) throws Exception {
    try {
      List<String> all = List.of(arguments);
      if (all.get(2).contains("$")) {
        throw new Refused("Say which stage: mvn -Pdeploy -Dstage=dev");
      }
      List<String> more =
          all.subList(4, all.size()).stream().flatMap(each -> Stream.of(each.split(" +"))).toList();
      Deployment deployment = new Deployment(Path.of(all.get(1)), all.get(2), all.get(3), more);
      if (all.get(0).equals("deploy")) {
        deployment.deploy();
      } else {
        deployment.check();
      }
    } catch (Refused refused) {
      System.out.println(refused.getMessage());
      System.exit(1);
    }
  }

  private void check() throws Exception {
    parameters();
    deployed();
  }

  private void deploy() throws Exception {
    Map<String, String> parameters = parameters();
    List<Path> artifacts = artifacts();
    Map<String, String> before = deployed();
    Optional<String> address = address(parameters, before);
    if (runs("build", "--template-file", TEMPLATE, "--config-env", stage) != 0) {
      throw new Refused("sam build failed and says above why. Nothing is changed.");
    }
    address.ifPresent(known -> parameters.put(BASE_URL, known));
    // A stack that could not be made refuses every later deployment: it has to go.
    deploy(parameters, artifacts, before.isEmpty() ? List.of("--on-failure", "DELETE") : List.of());
    if (address.isEmpty()) {
      String found = deployed().get("ApiAddress");
      if (found == null) {
        throw new Refused(stack() + " has no output ApiAddress: was it only described?");
      }
      System.out.println(
          "The address is known now: " + found + ". It is deployed once more with it.");
      parameters.put(BASE_URL, found);
      deploy(parameters, artifacts, List.of());
    }
    System.out.println(stack() + " is deployed: " + parameters.get(BASE_URL));
  }

  private void deploy(Map<String, String> parameters, List<Path> artifacts, List<String> first)
      throws Exception {
    parameters.put(RELEASE, release(parameters, artifacts));
    List<String> command = new ArrayList<>(List.of("deploy", "--config-env", stage));
    command.addAll(List.of("--no-confirm-changeset", "--no-fail-on-empty-changeset"));
    command.addAll(first);
    command.addAll(options);
    command.add("--parameter-overrides");
    parameters.forEach((name, value) -> command.add(name + "=\"" + value + "\""));
    if (runs(command.toArray(String[]::new)) != 0) {
      throw new Refused(
          "sam deploy failed and says above why. What it had changed is put back; running this"
              + " again goes on from there.");
    }
  }

  /** The values of all parameters but {@code Release}; {@code BaseUrl} if it can be known. */
  private Map<String, String> parameters() throws IOException {
    Map<String, Optional<String>> declared = declared();
    Map<String, String> written = overrides();
    written.putAll(given);
    Map<String, String> parameters = new TreeMap<>();
    for (Map.Entry<String, Optional<String>> parameter : declared.entrySet()) {
      String name = parameter.getKey();
      String value = written.getOrDefault(name, parameter.getValue().orElse(null));
      if (value == null && !name.equals(RELEASE)) {
        throw new Refused(where() + " has to give the parameter " + name + ".");
      }
      parameters.put(name, value);
    }
    parameters.remove(RELEASE);
    for (String name : written.keySet()) {
      if (!declared.containsKey(name)) {
        throw new Refused(where() + " gives " + name + ", which " + TEMPLATE + " does not have.");
      }
    }
    if (written.containsKey(RELEASE)) {
      throw new Refused(where() + " gives Release, which is computed: take it out.");
    }
    String domain = parameters.getOrDefault(DOMAIN, "");
    if (!domain.isEmpty()) {
      if (parameters.get("CertificateArn").isEmpty()) {
        throw new Refused(where() + " gives DomainName: give CertificateArn as well.");
      }
      if (!written.getOrDefault(BASE_URL, "https://" + domain).equals("https://" + domain)) {
        throw new Refused(where() + " gives both DomainName and another BaseUrl: leave that out.");
      }
    }
    String login = parameters.getOrDefault("LoginDomain", "");
    login = login.isEmpty() ? stack() + "-123456789012" : login;
    if (!LOGIN_DOMAIN.matcher(login).matches() || login.matches(".*(aws|amazon|cognito).*")) {
      throw new Refused(
          where()
              + " makes a login address that Cognito refuses: stack_name and LoginDomain need at"
              + " most 50 lower-case letters, digits and hyphens, without aws, amazon, cognito.");
    }
    return parameters;
  }

  private Optional<String> address(Map<String, String> parameters, Map<String, String> outputs)
      throws IOException {
    String domain = parameters.getOrDefault(DOMAIN, "");
    if (!domain.isEmpty()) {
      return Optional.of("https://" + domain);
    }
    String written = parameters.get(BASE_URL);
    boolean asDeclared = Optional.ofNullable(written).equals(declared().get(BASE_URL));
    return asDeclared ? Optional.ofNullable(outputs.get("ApiAddress")) : Optional.of(written);
  }

  /** The parameters of the template with their defaults. */
  private Map<String, Optional<String>> declared() throws IOException {
    Map<String, Optional<String>> declared = new LinkedHashMap<>();
    boolean inside = false;
    String name = "";
    for (String line : Files.readAllLines(root.resolve(TEMPLATE))) {
      if (!line.isBlank() && !line.startsWith(" ") && !line.startsWith("#")) {
        inside = line.equals("Parameters:");
      } else if (inside && line.matches(" {2}\\w+:")) {
        name = line.strip().replace(":", "");
        declared.put(name, Optional.empty());
      } else if (inside && line.startsWith("    Default: ")) {
        String value = line.substring(13).strip();
        declared.put(name, Optional.of(value.replaceAll("^([\"'])(.*)\\1$", "$2")));
      }
    }
    return declared;
  }

  /** The files that the template names. */
  private List<Path> artifacts() throws IOException {
    TreeSet<Path> artifacts = new TreeSet<>();
    Matcher matcher = ARTIFACT.matcher(Files.readString(root.resolve(TEMPLATE)));
    while (matcher.find()) {
      Path artifact = root.resolve(matcher.group(1));
      if (!Files.isRegularFile(artifact) || Files.size(artifact) == 0) {
        throw new Refused(
            "There is no " + matcher.group(1) + ": mvn -Pdeploy builds all that is deployed.");
      }
      artifacts.add(artifact);
    }
    return List.copyOf(artifacts);
  }

  private String release(Map<String, String> parameters, List<Path> artifacts) throws Exception {
    MessageDigest hash = MessageDigest.getInstance("SHA-256");
    hash.update(Files.readAllBytes(root.resolve(TEMPLATE)));
    for (Path artifact : artifacts) {
      hash.update(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(artifact)));
    }
    Map<String, String> others = new TreeMap<>(parameters);
    others.remove(RELEASE);
    hash.update(others.toString().getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash.digest());
  }

  private String where() {
    return SETTINGS + " [" + stage + "]";
  }

  private String stack() throws IOException {
    return setting("stack_name");
  }

  private String setting(String name) throws IOException {
    List<String> values = settings().get(name);
    if (values == null || values.size() != 1 || values.get(0).isBlank()) {
      throw new Refused(where() + " has to give " + name + ".");
    }
    return values.get(0);
  }

  /** Which account and region {@code sam deploy} goes to: by an option, else by the section. */
  private Optional<String> account(String where) throws IOException {
    int at = options.indexOf("--" + where);
    if (at >= 0 && at + 1 < options.size()) {
      return Optional.of(options.get(at + 1));
    }
    return where.equals("region") || settings().containsKey(where)
        ? Optional.of(setting(where))
        : Optional.empty();
  }

  private Map<String, String> overrides() throws IOException {
    Map<String, String> overrides = new TreeMap<>();
    for (String each : settings().getOrDefault("parameter_overrides", List.of())) {
      int equals = each.indexOf('=');
      if (equals < 1) {
        throw new Refused(where() + ": parameter_overrides are a list of \"Name=value\".");
      }
      overrides.put(each.substring(0, equals), each.substring(equals + 1));
    }
    return overrides;
  }

  /** What the sections of the stage say, as texts: as much of TOML as they need. */
  private Map<String, List<String>> settings() throws IOException {
    Map<String, List<String>> settings = new LinkedHashMap<>();
    boolean found = false;
    boolean inside = false;
    String name = null;
    for (String written : Files.readAllLines(root.resolve(SETTINGS))) {
      String line = written.strip();
      Matcher section = SECTION.matcher(line);
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      if (name == null && section.matches()) {
        inside =
            section.group(1).equals(stage + ".global.parameters")
                || section.group(1).equals(stage + ".deploy.parameters");
        found |= inside;
        continue;
      }
      if (name == null) {
        int equals = line.indexOf('=');
        name = equals < 1 ? "" : line.substring(0, equals).strip();
        line = line.substring(equals + 1).strip();
      }
      if (inside) {
        List<String> values = settings.computeIfAbsent(name, any -> new ArrayList<>());
        TEXT.matcher(line).results().forEach(text -> values.add(text.group(1)));
      }
      // A list goes on until it is closed.
      name = line.endsWith("]") || !line.startsWith("[") && !line.endsWith(",") ? null : name;
    }
    if (!found) {
      throw new Refused(
          SETTINGS + " has no section [" + stage + ".deploy.parameters]: -Dstage names one of it.");
    }
    return settings;
  }

  /** The outputs of the stack; none if there is no such stack yet. */
  private Map<String, String> deployed() throws Exception {
    Path output = Files.createTempFile("outputs", ".json");
    Path errors = Files.createTempFile("outputs", ".txt");
    try {
      List<String> command =
          new ArrayList<>(List.of(sam, "list", "stack-outputs", "--output", "json"));
      command.addAll(List.of("--stack-name", stack()));
      for (String where : List.of("region", "profile")) {
        account(where).ifPresent(value -> command.addAll(List.of("--" + where, value)));
      }
      ProcessBuilder listing = process(command);
      listing.redirectOutput(output.toFile()).redirectError(errors.toFile());
      int result = started(listing).waitFor();
      String said = Files.readString(output) + Files.readString(errors);
      Map<String, String> outputs = new TreeMap<>();
      if (result == 0) {
        OUTPUT.matcher(said).results().forEach(each -> outputs.put(each.group(1), each.group(2)));
      } else if (!said.contains("not exist")) {
        throw new Refused(
            said.contains("credentials")
                ? "There are no credentials for AWS: set AWS_PROFILE, or run aws configure sso."
                : "The account cannot be reached: " + lastLine(said));
      }
      return outputs;
    } finally {
      Files.delete(output);
      Files.delete(errors);
    }
  }

  private static String lastLine(String text) {
    return text.strip().lines().reduce("sam says nothing", (first, second) -> second);
  }

  private int runs(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(sam));
    command.addAll(List.of(arguments));
    return started(process(command).inheritIO()).waitFor();
  }

  private ProcessBuilder process(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(root.toFile());
    builder.environment().putIfAbsent("SAM_CLI_TELEMETRY", "0");
    return builder;
  }

  private Process started(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException missing) {
      throw new Refused(
          "There is no command "
              + sam
              + ": install the AWS SAM CLI, or say where it is by -Dsam=/path/to/sam.");
    }
  }
}
