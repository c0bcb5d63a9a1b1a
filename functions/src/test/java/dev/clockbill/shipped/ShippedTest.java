package dev.clockbill.shipped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.clockbill.Project;
import dev.clockbill.shipped.BillOfMaterials.Component;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** All that is shipped may be shipped, and what its licences ask for goes with it. */
class ShippedTest {
  /** The licences that may be shipped, by their SPDX names, and why. */
  private static final Map<String, String> ALLOWED =
      Map.of(
          "Apache-2.0", "our own; asks for the licence and the NOTICE files",
          "MIT", "asks for its text with the copyright",
          "MIT-0", "asks for nothing",
          "BSD-3-Clause", "asks for its text with the copyright",
          "OFL-1.1", "fonts may be embedded; asks for its text",
          "LGPL-2.1-or-later",
              "binds the library, not its users: it is unchanged, named, can be replaced, and its"
                  + " licence goes with it");

  /** Where a licence may not be taken for granted: these libraries only. */
  private static final Set<String> UNDER_LGPL =
      Set.of("openhtmltopdf-core", "openhtmltopdf-pdfbox");

  private static List<Component> shipped;

  @BeforeAll
  static void theBillIsThere() throws IOException {
    boolean there = Files.exists(Project.path(BillOfMaterials.FILE));
    if (!there && System.getenv("CI") == null) {
      System.out.println(
          "What is shipped was not looked at: Maven writes " + BillOfMaterials.FILE + ".");
      assumeTrue(false);
    }
    shipped = BillOfMaterials.components();
  }

  @Test
  void whatIsShippedHasALicenceThatAllowsIt() {
    assertThat(shipped).hasSizeGreaterThan(40);
    for (Component each : shipped) {
      assertThat(each.licences()).as(each.title()).isNotEmpty().isSubsetOf(ALLOWED.keySet());
      if (each.licences().contains("LGPL-2.1-or-later")) {
        assertThat(UNDER_LGPL).contains(each.name());
      }
    }
  }

  @Test
  void thePortalsLibrariesAndFontsAreInTheBill() {
    assertThat(shipped)
        .extracting(Component::name)
        .contains("lit", "oauth4webapi", "@fontsource-variable/inter", "dynamodb", "stripe-java");
  }

  @Test
  void whatTheLayerLeavesOutIsNotInTheBill() {
    assertThat(shipped).noneMatch(each -> each.group().equals("io.netty"));
    assertThat(shipped).extracting(Component::name).doesNotContain("netty-nio-client");
  }

  @Test
  void licencesAndNoticesGoWithTheArchive() throws IOException {
    String notices = Project.read(BillOfMaterials.NOTICES);
    for (Component each : shipped) {
      assertThat(notices).contains(each.title() + "  ");
      List<String> texts = Notices.texts(each);
      if (!each.licences().equals(List.of("MIT-0"))) {
        assertThat(texts).as(each.title()).isNotEmpty();
      }
      texts.forEach(text -> assertThat(notices).contains(text));
    }
    assertThat(notices)
        .contains("Copyright (c) 2011- Stripe, Inc.")
        .contains("GNU LESSER GENERAL PUBLIC LICENSE")
        .contains("AWS SDK for Java 2.0")
        .contains("SIL OPEN FONT LICENSE");
  }
}
