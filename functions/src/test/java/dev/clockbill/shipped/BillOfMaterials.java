package dev.clockbill.shipped;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * The bill of materials of what is shipped, in CycloneDX's JSON: what its Maven plugin found among
 * the functions' dependencies, and what the portal and the PDF bring along.
 *
 * <p>{@link #main} completes the plugin's file and writes the notices beside the functions'
 * classes, whence they come into the archive. The licence of Apache's (4d), MIT's, BSD's and the
 * fonts' ask for that.
 */
final class BillOfMaterials {
  /** Where both are, from the top of the project. */
  static final String FILE = "functions/target/bom.json";

  static final String NOTICES = "functions/target/classes/META-INF/THIRD-PARTY.txt";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LAYER = "functions/src/layer/libraries.xml";
  private static final String VENDORED = "portal/vendor/";
  private static final String MANIFEST = VENDORED + "manifest.json";

  private static final Pattern LEFT_OUT =
      Pattern.compile("<exclude>([\\w.]+):([\\w*-]+)</exclude>");

  private BillOfMaterials() {}

  /**
   * One thing that is shipped.
   *
   * @param licences as SPDX names them
   */
  record Component(String group, String name, String version, List<String> licences) {

    /** Such as {@code com.stripe:stripe-java 33.3.0}. */
    String title() {
      return (group.isEmpty() ? name : group + ":" + name) + " " + version;
    }

    private static Component of(JsonNode json) {
      return new Component(
          json.path("group").asText(),
          json.path("name").asText(),
          json.path("version").asText(),
          StreamSupport.stream(json.path("licenses").spliterator(), false)
              .map(BillOfMaterials::licence)
              .toList());
    }
  }

  private static String licence(JsonNode choice) {
    JsonNode licence = choice.path("license");
    return choice.has("expression")
        ? choice.path("expression").asText()
        : licence.path("id").asText(licence.path("name").asText());
  }

  /** What is shipped, as the file says. */
  static List<Component> components() throws IOException {
    JsonNode bill = JSON.readTree(Project.path(FILE).toFile());
    return StreamSupport.stream(bill.path("components").spliterator(), false)
        .map(Component::of)
        .toList();
  }

  /** Completes the file, and writes the notices. */
  public static void main(String... none) throws IOException {
    Path file = Project.path(FILE);
    if (Files.notExists(file)) {
      System.out.println(
          "There is no bill of materials and the archive holds no notices: CycloneDX's plugin does"
              + " not run where Maven is offline (-o).");
      return;
    }
    ObjectNode bill = (ObjectNode) JSON.readTree(file.toFile());
    ArrayNode components = (ArrayNode) bill.path("components");
    leaveOut(components);
    if (!bill.toString().contains(VENDORED)) {
      JsonNode files = JSON.readTree(Project.path(MANIFEST).toFile()).path("files");
      files.forEach(each -> components.add(vendored(each)));
    }
    JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), bill);
    Path notices = Project.path(NOTICES);
    Files.createDirectories(notices.getParent());
    Files.writeString(notices, Notices.of(components()));
  }

  /** What the layer leaves out of the dependencies: {@code group:name}, or {@code *} for a name. */
  private static void leaveOut(ArrayNode components) {
    Matcher leftOut = LEFT_OUT.matcher(Project.read(LAYER));
    while (leftOut.find()) {
      String group = leftOut.group(1);
      String name = leftOut.group(2);
      for (Iterator<JsonNode> each = components.iterator(); each.hasNext(); ) {
        JsonNode component = each.next();
        if (component.path("group").asText().equals(group)
            && (name.equals("*") || component.path("name").asText().equals(name))) {
          each.remove();
        }
      }
    }
  }

  /** A file of the portal, named after the package it was made from. */
  private static ObjectNode vendored(JsonNode entry) {
    String from = entry.path("from").asText();
    int at = from.lastIndexOf('@');
    ObjectNode component =
        JSON.createObjectNode()
            .put("type", entry.path("file").asText().endsWith(".js") ? "library" : "file")
            .put("name", from.substring(0, at))
            .put("version", from.substring(at + 1))
            .put("description", VENDORED + entry.path("file").asText())
            .put("purl", "pkg:npm/" + from.replaceFirst("^@", "%40"))
            .put("bom-ref", VENDORED + entry.path("file").asText());
    component
        .putArray("hashes")
        .addObject()
        .put("alg", "SHA-256")
        .put("content", entry.path("sha256").asText());
    component
        .putArray("licenses")
        .addObject()
        .putObject("license")
        .put("id", entry.path("licence").asText());
    return component;
  }
}
