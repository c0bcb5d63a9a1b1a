package dev.clockbill.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rooms of the house and the arrows between them, drawn from the class files. A room is a
 * package; it imports only from rooms on the floors below.
 */
class RoomsTest {
  private static final String HOUSE = "dev.clockbill.";

  /** From the ground floor up. */
  private static final List<String> FLOORS =
      List.of(
          "shared",
          "print.script",
          "print",
          "table",
          "workflow",
          "mail",
          "http",
          "imports",
          "portal",
          "firm",
          "timer",
          "invoice",
          "invoice.mail",
          "invoice.send",
          "invoice.draft",
          "report",
          "payment",
          "statement",
          "billing",
          "recovery",
          "office",
          "watch");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.clockbill");

  static List<String> floors() {
    return FLOORS;
  }

  @Test
  void noRoomsFormACircleAtAnyDepth() {
    slices().matching("dev.clockbill.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void everyRoomIsOnAFloor() {
    Set<String> rooms =
        CLASSES.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> name.startsWith(HOUSE))
            .map(name -> name.substring(HOUSE.length()))
            .filter(name -> !name.startsWith("local") && !name.startsWith("templates"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(rooms).containsExactlyInAnyOrderElementsOf(FLOORS);
  }

  @ParameterizedTest
  @MethodSource("floors")
  void aRoomImportsOnlyFromFloorsBelow(String room) {
    String[] above =
        FLOORS.stream().skip(FLOORS.indexOf(room) + 1L).map(HOUSE::concat).toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(HOUSE + room)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(above)
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void timeDoesNotKnowInvoices() {
    arrow("timer", "invoice..").check(CLASSES);
  }

  @Test
  void anInvoiceDoesNotKnowWhoPaysIt() {
    arrow("invoice..", "payment..").check(CLASSES);
  }

  @Test
  void theTableKnowsNothingOfHttp() {
    arrow("table", "http").check(CLASSES);
  }

  @Test
  void whatIsSharedKnowsNothingOfTheProduct() {
    arrow("shared", "firm").check(CLASSES);
  }

  private static ArchRule arrow(String from, String to) {
    return noClasses()
        .that()
        .resideInAPackage(HOUSE + from)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(HOUSE + to);
  }
}
