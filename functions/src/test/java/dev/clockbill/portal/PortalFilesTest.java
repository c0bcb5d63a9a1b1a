package dev.clockbill.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clockbill.Project;
import dev.clockbill.mail.MailTrouble;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The portal's files as they are in the repository. */
class PortalFilesTest {
  private static final Pattern ADDRESS =
      Pattern.compile("(?:https?:|wss?:)?//[\\w.-]+\\.[a-z]{2,}");

  @Test
  void vendoredFilesAreTheOnesThatTheManifestNames() throws Exception {
    JsonNode manifest = new JsonMapper().readTree(Project.read("portal/vendor/manifest.json"));
    Map<String, String> named = new TreeMap<>();
    for (JsonNode file : manifest.path("files")) {
      named.put(file.path("file").asText(), file.path("sha256").asText());
    }
    Map<String, String> there = new TreeMap<>();
    for (Path file : Project.files("portal/vendor", "")) {
      String name = file.getFileName().toString();
      boolean ours = name.equals("manifest.json") || name.matches(".*\\.(mjs|d\\.ts)");
      if (Files.isRegularFile(file) && !ours) {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        there.put(name, HexFormat.of().formatHex(digest));
      }
    }
    assertThat(there).isEqualTo(named);
  }

  @Test
  void noFileNamesAnotherOrigin() throws Exception {
    PortalFiles files = new PortalFiles();
    for (Path path : Project.files("portal", "")) {
      String name = Project.path("portal").relativize(path).toString();
      if (files.file(name).isPresent() && !name.matches(".*[.](woff2|png)")) {
        String text =
            new String(files.file(name).orElseThrow().content(), StandardCharsets.UTF_8)
                .replace("http://www.w3.org/2000/svg", "");
        assertThat(ADDRESS.matcher(text).results().map(MatchResult::group)).as(name).isEmpty();
      }
    }
  }

  /** People read the same reason on a page, in a mail and in a log. */
  @ParameterizedTest
  @EnumSource(MailTrouble.class)
  void failure32_whyMailsWaitIsSaidInTheServersWords(MailTrouble trouble) {
    String reasons = Project.read("portal/parts/mail-delivery.js");
    assertThat(reasons).contains("  %s: '%s',\n".formatted(trouble.word(), trouble.text()));
  }

  @Test
  void theHashIsOfTheWholeTree() {
    assertThat(new PortalFiles().hash())
        .matches("[0-9a-f]{16}")
        .isEqualTo(new PortalFiles().hash());
  }
}
