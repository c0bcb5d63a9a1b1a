package dev.clockbill.portal;

import dev.clockbill.portal.PortalFiles.PortalFile;
import dev.clockbill.shared.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The page that the portal is. It names the scripts that are needed at once, so that a browser need
 * not find them out one after the other: those of the frame as links, and those of the pages, of
 * which {@code early.js} takes the one that is wanted.
 */
final class IndexPage {
  private static final String PRELOADED =
      "<link rel=\"modulepreload\" href=\"{assets}/{module}\" />";

  private IndexPage() {}

  /**
   * The page as it is served.
   *
   * @param login what the portal has to know of the login, as JSON
   */
  static PortalFile made(PortalFiles files, String login) {
    Set<String> frame = files.modules("app.js");
    String links =
        frame.stream()
            .map(module -> PRELOADED.replace("{module}", module))
            .collect(Collectors.joining("\n    "));
    String page =
        text(files, "index.html")
            .replace(PRELOADED, links)
            .replace("{assets}", files.assets())
            .replace("{pages}", attribute(Json.write(pages(files, frame))))
            .replace("{login}", attribute(login));
    return PortalFiles.compressed("text/html; charset=utf-8", page);
  }

  /** What each page needs beyond the frame, by the name of its file; and what the login needs. */
  private static Map<String, Object> pages(PortalFiles files, Set<String> frame) {
    Map<String, Object> pages = new TreeMap<>();
    pages.put("login", beyond(frame, files, "core/login.js", "vendor/oauth4webapi.js"));
    files
        .names("pages/")
        .forEach(
            page ->
                pages.put(
                    page.substring("pages/".length(), page.length() - ".js".length()),
                    beyond(frame, files, page)));
    return pages;
  }

  /** What scripts need beyond the frame. */
  private static List<String> beyond(Set<String> frame, PortalFiles files, String... entries) {
    return Arrays.stream(entries)
        .flatMap(entry -> files.modules(entry).stream())
        .filter(each -> !frame.contains(each))
        .distinct()
        .toList();
  }

  private static String text(PortalFiles files, String name) {
    return new String(files.file(name).orElseThrow().content(), StandardCharsets.UTF_8);
  }

  private static String attribute(String text) {
    return text.replace("&", "&amp;").replace("\"", "&quot;");
  }
}
