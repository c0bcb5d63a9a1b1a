package dev.clockbill.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clockbill.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * All that is shipped may be shipped, and what its licences ask for goes with it: what {@code
 * ThirdParty.java} has written before.
 */
class ShippedTest {
  private static final String BILL = "functions/target/bom.json";
  private static final String NOTICES = "functions/target/classes/META-INF/THIRD-PARTY.txt";

  /** The licences that may be shipped, by their SPDX names, and why. */
  private static final Map<String, String> ALLOWED =
      Map.of(
          "Apache-2.0", "our own; asks for the licence and the NOTICE files",
          "MIT", "asks for its text with the copyright",
          "MIT-0", "asks for nothing",
          "MIT-Modern-Variant", "HarfBuzz's; asks for its text with the copyright",
          "BSD-2-Clause", "asks for its text with the copyright",
          "BSD-3-Clause", "asks for its text with the copyright",
          "Unicode-3.0", "asks for its text with the copyright",
          "OFL-1.1", "fonts may be embedded; asks for its text",
          "LGPL-2.1-or-later",
              "binds the library, not its users: it is unchanged, named, can be replaced, and its"
                  + " licence goes with it");

  /** Where a licence may not be taken for granted: these libraries only. */
  private static final Set<String> UNDER_LGPL =
      Set.of("openhtmltopdf-core", "openhtmltopdf-pdfbox");

  private static List<Component> shipped;

  /** One thing that is shipped, its licences as SPDX names them. */
  private record Component(String group, String name, String version, List<String> licences) {
    private String title() {
      return (group.isEmpty() ? name : group + ":" + name) + " " + version;
    }

    private static Component of(JsonNode json) {
      return new Component(
          json.path("group").asText(),
          json.path("name").asText(),
          json.path("version").asText(),
          StreamSupport.stream(json.path("licenses").spliterator(), false)
              .map(choice -> choice.at("/license/id").asText(choice.toString()))
              .toList());
    }
  }

  @BeforeAll
  static void theBillIsThere() throws IOException {
    boolean there = Files.exists(Project.path(BILL));
    if (!there && System.getenv("CI") == null) {
      System.out.println("What is shipped was not looked at: Maven writes " + BILL + ".");
      assumeTrue(false);
    }
    JsonNode bill = new ObjectMapper().readTree(Project.path(BILL).toFile());
    shipped =
        StreamSupport.stream(bill.path("components").spliterator(), false)
            .map(Component::of)
            .toList();
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
  void whatWasCopiedIntoTheTreeIsInTheBill() {
    assertThat(shipped)
        .extracting(Component::name)
        .contains("lit", "oauth4webapi", "@fontsource-variable/inter", "sesv2", "stripe-java")
        .contains("@expo-google-fonts/noto-sans-thai", "fonts-droid-fallback", "harfbuzzjs");
  }

  @Test
  void whatTheLayerLeavesOutIsNotInTheBill() {
    assertThat(shipped).noneMatch(each -> each.group().equals("io.netty"));
    assertThat(shipped).extracting(Component::name).doesNotContain("netty-nio-client");
  }

  @Test
  void licencesAndNoticesGoWithTheJar() {
    String notices = Project.read(NOTICES);
    String texts = notices.substring(notices.indexOf("\n=====")).replace(",\n", "\n");
    for (Component each : shipped) {
      assertThat(notices).contains("\n" + each.title() + "  ");
      if (!each.licences().equals(List.of("MIT-0"))) {
        assertThat(texts).contains("\n" + each.title() + "\n");
      }
    }
    assertThat(texts)
        .contains("Copyright (c) 2011- Stripe, Inc.")
        .contains("GNU LESSER GENERAL PUBLIC LICENSE")
        .contains("AWS SDK for Java 2.0")
        .contains("SIL OPEN FONT LICENSE")
        .contains("The Noto Project Authors")
        .contains("THE COPYRIGHT HOLDER SPECIFICALLY DISCLAIMS");
  }
}
