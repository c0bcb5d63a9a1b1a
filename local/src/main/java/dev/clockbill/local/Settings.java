package dev.clockbill.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What a stack stands up. In values, {@code {base}} is the address at which people reach it, {@code
 * {aws}} that of its AWS services.
 *
 * @param template the SAM template
 * @param parameters values of the template's parameters, by name
 * @param directCalls paths under {@code /_local} whose POST invokes a function, by path
 * @param secrets what Parameter Store holds, by name
 * @param processor the payment processor's stand-in, if there is to be one
 * @param demonstration a file of calls that are made when the data is new
 * @param welcome a text that is printed when all is ready
 * @param port where it answers; 0 for any port that is free
 * @param data the folder that keeps everything between runs; empty for in memory
 * @param reload whether functions run their new code once their classes were compiled again
 */
public record Settings(
    Path template,
    Map<String, String> parameters,
    Map<String, String> directCalls,
    Map<String, String> secrets,
    Optional<Processor> processor,
    Optional<Path> demonstration,
    Optional<Path> welcome,
    int port,
    Optional<Path> data,
    boolean reload) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Set<String> KNOWN =
      Set.of(
          "template",
          "parameters",
          "directCalls",
          "secrets",
          "processor",
          "demonstration",
          "welcome");

  /**
   * What the payment processor's stand-in is told.
   *
   * @param webhook the path at which callbacks are taken
   * @param key the name of the secret that calls of its API carry
   * @param webhookSecret the name of the secret by which callbacks are signed
   */
  public record Processor(String webhook, String key, String webhookSecret) {}

  /**
   * Reads a YAML file; files that it names stand relative to it. The stack then answers on any free
   * port and keeps nothing: see {@link #onPort}, {@link #keptIn}.
   *
   * @throws IllegalArgumentException naming what is missing or unknown
   */
  public static Settings read(Path file) {
    JsonNode settings;
    try (Reader reader = Files.newBufferedReader(file)) {
      settings = JSON.valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).load(reader));
    } catch (IOException unreadable) {
      throw new IllegalArgumentException("The settings " + file + " cannot be read.", unreadable);
    }
    for (Map.Entry<String, JsonNode> entry : settings.properties()) {
      if (!KNOWN.contains(entry.getKey())) {
        throw new IllegalArgumentException(
            "The settings " + file + ": \"" + entry.getKey() + "\" is unknown.");
      }
    }
    return new Settings(
        path(file, settings, "template")
            .orElseThrow(
                () -> new IllegalArgumentException("The settings " + file + " name no template.")),
        texts(settings.path("parameters")),
        texts(settings.path("directCalls")),
        texts(settings.path("secrets")),
        processor(settings.path("processor")),
        path(file, settings, "demonstration"),
        path(file, settings, "welcome"),
        0,
        Optional.empty(),
        false);
  }

  /**
   * A secret by its name.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  String secret(String name) {
    String secret = secrets.get(name);
    if (secret == null) {
      throw new IllegalArgumentException("The settings hold no secret \"" + name + "\".");
    }
    return secret;
  }

  private static Optional<Path> path(Path file, JsonNode settings, String name) {
    return settings.has(name)
        ? Optional.of(file.resolveSibling(settings.path(name).asText()).normalize())
        : Optional.empty();
  }

  private static Optional<Processor> processor(JsonNode processor) {
    return processor.isMissingNode()
        ? Optional.empty()
        : Optional.of(
            new Processor(
                processor.path("webhook").asText(),
                processor.path("key").asText(),
                processor.path("webhookSecret").asText()));
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new LinkedHashMap<>();
    object.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
    return texts;
  }

  /** The same on a port. */
  public Settings onPort(int chosen) {
    return new Settings(
        template,
        parameters,
        directCalls,
        secrets,
        processor,
        demonstration,
        welcome,
        chosen,
        data,
        reload);
  }

  /** The same, kept in a folder between runs. */
  public Settings keptIn(Path folder) {
    return new Settings(
        template,
        parameters,
        directCalls,
        secrets,
        processor,
        demonstration,
        welcome,
        port,
        Optional.of(folder),
        reload);
  }

  /** The same, whose functions run their new code once their classes were compiled again. */
  public Settings reloading(boolean chosen) {
    return new Settings(
        template,
        parameters,
        directCalls,
        secrets,
        processor,
        demonstration,
        welcome,
        port,
        data,
        chosen);
  }

  /** The same without calls that are made at first. */
  public Settings withoutDemonstration() {
    return new Settings(
        template,
        parameters,
        directCalls,
        secrets,
        processor,
        Optional.empty(),
        welcome,
        port,
        data,
        reload);
  }

  /** The parameters with the addresses in them. */
  Map<String, String> parameters(String base, String aws) {
    Map<String, String> filled = new LinkedHashMap<>();
    parameters.forEach((name, value) -> filled.put(name, fill(value, base, aws)));
    return filled;
  }

  private static String fill(String value, String base, String aws) {
    return value.replace("{base}", base).replace("{aws}", aws);
  }
}
