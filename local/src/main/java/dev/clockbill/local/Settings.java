package dev.clockbill.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clockbill.local.aws.PartitionRules;
import io.soabase.recordbuilder.core.RecordBuilder;
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
 * What a stack consists of. In values, {@code {base}} is replaced by its address and {@code {aws}}
 * by the address of its AWS services.
 *
 * @param template the SAM template
 * @param parameters values of the template's parameters, by name
 * @param directCalls functions by a path under {@code /_local}: a POST there invokes the function
 * @param secrets what Parameter Store holds, by name
 * @param partitions which partitions of the table belong to whom
 * @param processor the stand-in for the payment processor, if there is one
 * @param demonstration a file of requests that are made when the data is new
 * @param welcome a text that is printed when all is ready
 * @param port where it listens; 0 for any free port
 * @param data the folder for everything that is kept between runs; empty to keep it in memory
 * @param reload whether functions run new code once their classes are compiled again
 */
@RecordBuilder
public record Settings(
    Path template,
    Map<String, String> parameters,
    Map<String, String> directCalls,
    Map<String, String> secrets,
    PartitionRules partitions,
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
          "partitions",
          "processor",
          "demonstration",
          "welcome");

  /**
   * Settings of the stand-in for the payment processor.
   *
   * @param webhook the path that receives its webhook events
   * @param key the name of the secret that requests to its API carry
   * @param webhookSecret the name of the secret that signs webhook events
   */
  public record Processor(String webhook, String key, String webhookSecret) {}

  /**
   * Reads a YAML file; paths in it are relative to the file. The stack then uses any free port and
   * keeps nothing: see {@link #onPort}, {@link #keptIn}.
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
        PartitionRules.read(settings.path("partitions")),
        processor(settings.path("processor")),
        path(file, settings, "demonstration"),
        path(file, settings, "welcome"),
        0,
        Optional.empty(),
        false);
  }

  /**
   * The secret with this name.
   *
   * @throws IllegalArgumentException if there is none with this name
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

  /** The same settings with a port. */
  public Settings onPort(int chosen) {
    return SettingsBuilder.builder(this).port(chosen).build();
  }

  /** The same settings with a folder that keeps data between runs. */
  public Settings keptIn(Path folder) {
    return SettingsBuilder.builder(this).data(Optional.of(folder)).build();
  }

  /** The same settings; functions run new code once their classes are compiled again. */
  public Settings reloading(boolean chosen) {
    return SettingsBuilder.builder(this).reload(chosen).build();
  }

  /** The same settings without demonstration data. */
  public Settings withoutDemonstration() {
    return SettingsBuilder.builder(this).demonstration(Optional.empty()).build();
  }

  /** The parameters with addresses filled in. */
  Map<String, String> parameters(String base, String aws) {
    Map<String, String> filled = new LinkedHashMap<>();
    parameters.forEach((name, value) -> filled.put(name, fill(value, base, aws)));
    return filled;
  }

  private static String fill(String value, String base, String aws) {
    return value.replace("{base}", base).replace("{aws}", aws);
  }
}
