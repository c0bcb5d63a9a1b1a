package dev.clockbill.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/**
 * How much a deployment adds to what Lambda keeps. The limits are in the Lambda developer guide,
 * "Lambda quotas".
 *
 * <p>Maven runs this after it has built the files, that is why its name does not end in {@code
 * Test}.
 */
class DeployedSize {
  private static final Path OWN = Project.path("functions/target/clockbill.jar");
  private static final Path PORTAL = Project.path("functions/target/clockbill-portal.jar");
  private static final Path LIBRARIES = Project.path("functions/target/libraries.zip");

  /** Storage of functions and layers, for an account and region. */
  private static final long STORAGE = 75_000_000_000L;

  /** An unpacked function with its layers. */
  private static final long UNPACKED = 250_000_000L;

  private static final int DEPLOYMENTS = 500;

  @Test
  void fiveHundredDeploymentsFitEvenIfNothingWereEverDeleted() throws IOException {
    long own = Files.size(OWN);
    long portal = Files.size(PORTAL);
    long libraries = Files.size(LIBRARIES);
    assertThat(own).isBetween(500_000L, 2_500_000L);
    assertThat(portal).isBetween(own + 100_000L, own + 1_000_000L);
    assertThat(libraries).isBetween(10_000_000L, 70_000_000L);
    long deployment = own * (Project.functions().size() - 1L) + portal + libraries;
    assertThat(deployment * DEPLOYMENTS).isLessThan(STORAGE);
  }

  @Test
  void aFunctionWithItsLibrariesIsNotTooLargeUnpacked() throws IOException {
    long unpacked = 0;
    for (Path archive : List.of(PORTAL, LIBRARIES)) {
      try (ZipFile zip = new ZipFile(archive.toFile())) {
        unpacked += zip.stream().mapToLong(ZipEntry::getSize).sum();
      }
    }
    assertThat(unpacked).isLessThan(UNPACKED);
  }

  /** The runtime looks there, and nowhere else. */
  @Test
  void theLayerIsJarsInTheFolderOfTheClassPath() throws IOException {
    assertThat(names(LIBRARIES)).allMatch(name -> name.matches("java/lib/[^/]+[.]jar"));
  }

  @Test
  void theJarHasOurClassesAndNoOthers() throws IOException {
    assertThat(names(OWN))
        .contains("dev/clockbill/timer/StartTimer.class")
        .noneMatch(name -> name.startsWith("portal"))
        .filteredOn(name -> name.endsWith(".class"))
        .allMatch(name -> name.startsWith("dev/clockbill/"));
  }

  @Test
  void thePortalsJarHasItsFilesAndTheApisDescriptionBesides() throws IOException {
    assertThat(names(PORTAL))
        .containsAll(names(OWN))
        .contains("openapi.yaml", "portal/index.html", "portal/app.js")
        .anyMatch(name -> name.startsWith("portal-compressed/"));
  }

  /** They change as seldom as libraries do. */
  @Test
  void theFontsOfPrintAreInTheLayer() throws IOException {
    assertThat(names(PORTAL)).noneMatch(name -> name.endsWith(".ttf"));
    try (ZipFile zip = new ZipFile(LIBRARIES.toFile())) {
      assertThat(namesInside(zip, zip.getEntry("java/lib/clockbill-scripts.jar")))
          .contains("dev/clockbill/print/fonts/Inter-Regular.ttf");
    }
  }

  /** Which of two is taken would depend on the names of their files. */
  @Test
  void noClassIsInTwoLibraries() throws IOException {
    assertThat(classesOfLibraries()).hasSizeGreaterThan(10_000).doesNotHaveDuplicates();
  }

  private static List<String> names(Path archive) throws IOException {
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      return zip.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName).toList();
    }
  }

  /** The names of what is in an archive that is in an archive. */
  private static List<String> namesInside(ZipFile zip, ZipEntry archive) throws IOException {
    List<String> names = new ArrayList<>();
    try (ZipInputStream jar = new ZipInputStream(zip.getInputStream(archive))) {
      for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
        names.add(entry.getName());
      }
    }
    return names;
  }

  private static List<String> classesOfLibraries() throws IOException {
    List<String> classes = new ArrayList<>();
    try (ZipFile zip = new ZipFile(LIBRARIES.toFile())) {
      for (ZipEntry library : zip.stream().filter(entry -> !entry.isDirectory()).toList()) {
        namesInside(zip, library).stream()
            .filter(name -> name.endsWith(".class"))
            .filter(name -> !name.endsWith("module-info.class"))
            .filter(name -> !name.startsWith("META-INF/versions/"))
            .forEach(classes::add);
      }
    }
    return classes;
  }
}
