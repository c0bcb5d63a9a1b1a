package dev.clockbill.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.Project;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Which file of the portal may import which. Its folders are floors, from the top down: the frame
 * ({@code early.js}, {@code app.js} and {@code routes.js}), {@code pages}, {@code tracking}, {@code
 * parts}, {@code core}, {@code vendor}. Imports lead down or stay on their floor, and never in a
 * circle.
 */
class PortalRoomsTest {
  private static final String FRAME = "";
  private static final Pattern COMMENT =
      Pattern.compile("/\\*\\*.*?\\*/|^\\s*//[^\\n]*$", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern STATIC_IMPORT =
      Pattern.compile(
          "^\\s*(?:import|export)\\s+(?:[\\w\\s{},*$]+?\\s+from\\s+)?['\"]([^'\"]+)['\"]",
          Pattern.MULTILINE);
  private static final Pattern DYNAMIC_IMPORT =
      Pattern.compile("(?<![\\w#.])import\\(\\s*([^)]*?)\\s*\\)");

  private final Map<String, Set<String>> imports = portal();

  @Test
  void everyImportNamesAFileOfThePortal() {
    assertThat(imports).hasSizeGreaterThan(30).containsKeys("app.js", "core/api.js");
    imports.forEach(
        (file, imported) -> assertThat(imports.keySet()).as(file).containsAll(imported));
  }

  @Test
  void noFilesImportEachOtherInACircle() {
    assertThat(circles(imports)).isEmpty();
  }

  @Test
  void noFoldersImportEachOtherInACircle() {
    assertThat(circles(byFolder(imports))).isEmpty();
  }

  @Test
  void coreKnowsNoUserInterface() {
    assertThat(byFolder(imports).get("core")).isSubsetOf("vendor");
    imports.forEach(
        (file, imported) -> {
          if (folder(file).equals("core")) {
            assertThat(imported).as(file).doesNotContain("vendor/lit.js");
          }
        });
  }

  @Test
  void partsKnowNothingOfTrackingOrPages() {
    assertThat(byFolder(imports).get("parts")).isSubsetOf("core", "vendor");
  }

  @Test
  void trackingKnowsNoPage() {
    assertThat(byFolder(imports).get("tracking")).isSubsetOf("parts", "core", "vendor");
  }

  @Test
  void pagesKnowNeitherTheFrameNorEachOther() {
    assertThat(byFolder(imports).get("pages")).isSubsetOf("tracking", "parts", "core", "vendor");
    imports.forEach(
        (file, imported) -> {
          if (folder(file).equals("pages")) {
            assertThat(imported).as(file).noneMatch(other -> folder(other).equals("pages"));
          }
        });
  }

  @Test
  void onlyTheFrameKnowsPages() {
    imports.forEach(
        (file, imported) -> {
          if (!folder(file).equals(FRAME)) {
            assertThat(imported).as(file).noneMatch(other -> folder(other).equals("pages"));
          }
        });
  }

  @Test
  void importsOfEveryKindAreFoundAndCommentsAreNotRead() {
    assertThat(
            imports(
                "parts/some.js",
                """
                // import './comment.js';
                /** @import {Thing} from './types.js' */
                /** @type {import('./cast.js').Thing} */
                import { one, two } from '../core/named.js';
                import {
                  three,
                } from "../core/lines.js";
                import * as all from './all.js';
                import './effects.js';
                export { four } from './exported.js';
                const lazy = () => import('../pages/lazy.js');
                const other = () => import(
                  './wrapped.js'
                );
                """))
        .containsExactlyInAnyOrder(
            "core/named.js",
            "core/lines.js",
            "parts/all.js",
            "parts/effects.js",
            "parts/exported.js",
            "pages/lazy.js",
            "parts/wrapped.js");
  }

  @Test
  void circlesAreFound() {
    assertThat(circles(Map.of("a", Set.of("b"), "b", Set.of("c"), "c", Set.of()))).isEmpty();
    assertThat(
            circles(
                Map.of(
                    "a", Set.of("b"), "b", Set.of("c"), "c", Set.of("b"), "d", Set.of("a", "d"))))
        .containsExactlyInAnyOrder("b", "c", "d");
  }

  private static Map<String, Set<String>> portal() {
    Map<String, Set<String>> found = new TreeMap<>();
    Path portal = Project.path("portal");
    for (Path path : Project.files("portal", ".js")) {
      String file = portal.relativize(path).toString().replace('\\', '/');
      if (folder(file).equals("vendor")) {
        found.put(file, Set.of()); // bundled: one file that needs no other
      } else if (!file.startsWith("node_modules/") && !file.endsWith(".config.js")) {
        found.put(file, imports(file, Project.read("portal/" + file)));
      }
    }
    return found;
  }

  /** The files that a file imports, at once or later, by their paths below the portal's folder. */
  private static Set<String> imports(String file, String text) {
    String code = COMMENT.matcher(text).replaceAll("");
    Set<String> found = new TreeSet<>();
    for (MatchResult match : STATIC_IMPORT.matcher(code).results().toList()) {
      found.add(resolved(file, match.group(1)));
    }
    for (MatchResult match : DYNAMIC_IMPORT.matcher(code).results().toList()) {
      assertThat(match.group(1)).as("a file named outright in " + file).matches("'[^']+'");
      found.add(resolved(file, match.group(1).replace("'", "")));
    }
    return found;
  }

  private static String resolved(String file, String imported) {
    assertThat(imported).as(file).startsWith(".");
    return Path.of("/" + file).resolveSibling(imported).normalize().toString().substring(1);
  }

  private static String folder(String file) {
    return file.contains("/") ? file.substring(0, file.indexOf('/')) : FRAME;
  }

  /** The same arrows between folders; those inside a folder are left out. */
  private static Map<String, Set<String>> byFolder(Map<String, Set<String>> arrows) {
    Map<String, Set<String>> found = new TreeMap<>();
    arrows.forEach(
        (file, imported) -> {
          Set<String> folders = found.computeIfAbsent(folder(file), ignored -> new TreeSet<>());
          imported.stream()
              .map(PortalRoomsTest::folder)
              .filter(other -> !other.equals(folder(file)))
              .forEach(folders::add);
        });
    return found;
  }

  /** The files or folders that can be reached from themselves. */
  private static Set<String> circles(Map<String, Set<String>> arrows) {
    return arrows.keySet().stream()
        .filter(start -> reached(arrows, start).contains(start))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> reached(Map<String, Set<String>> arrows, String start) {
    Set<String> found = new TreeSet<>();
    Deque<String> next = new ArrayDeque<>(arrows.get(start));
    while (!next.isEmpty()) {
      String here = next.pop();
      if (found.add(here)) {
        next.addAll(arrows.getOrDefault(here, Set.of()));
      }
    }
    return found;
  }
}
