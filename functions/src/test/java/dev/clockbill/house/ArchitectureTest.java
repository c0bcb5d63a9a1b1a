package dev.clockbill.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Date;

/** Which room may use which. */
@AnalyzeClasses(packages = "dev.clockbill", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String LOCAL = "dev.clockbill.local..";
  private static final String[] PRODUCT = {
    "dev.clockbill.firm..",
    "dev.clockbill.timer..",
    "dev.clockbill.invoice..",
    "dev.clockbill.payment..",
    "dev.clockbill.report..",
    "dev.clockbill.statement..",
    "dev.clockbill.billing..",
    "dev.clockbill.imports..",
    "dev.clockbill.watch..",
    "dev.clockbill.portal..",
    "dev.clockbill.office..",
    "dev.clockbill.recovery..",
    "dev.clockbill.http..",
    "dev.clockbill.mail..",
    "dev.clockbill.workflow..",
    "dev.clockbill.table..",
    "dev.clockbill.print..",
    "dev.clockbill.shared..",
    "dev.clockbill.templates.."
  };

  @ArchTest
  static final ArchRule theStackKnowsNothingOfTheProduct =
      noClasses()
          .that()
          .resideInAPackage(LOCAL)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(PRODUCT);

  @ArchTest
  static final ArchRule theProductKnowsNothingOfTheStack =
      noClasses()
          .that()
          .resideInAnyPackage(PRODUCT)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(LOCAL);

  @ArchTest
  static final ArchRule whatPrintsIsLoadedByThoseAloneThatPrint =
      noClasses()
          .that()
          .resideInAnyPackage(PRODUCT)
          .and()
          .haveNameNotMatching("dev[.]clockbill[.]print[.](Pdf([$].*)?|script[.].*)")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.openhtmltopdf..", "org.apache.pdfbox..");

  /** Otherwise Lambda ends it while it waits, and nobody is told in words. */
  @ArchTest
  static final ArchRule whoeverAsksTheProcessorOrWorksAQueueOffDoesSoInTime =
      classes()
          .that(
              areHandlers().and(reach("dev.clockbill.payment.ProcessorCalls").or(workOffAQueue())))
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("dev.clockbill.shared.TimeLeft");

  /** By name, so that it does not matter whether the interface itself can be read. */
  private static DescribedPredicate<JavaClass> areHandlers() {
    return DescribedPredicate.describe(
        "are handlers",
        found ->
            found.getRawInterfaces().stream()
                .anyMatch(type -> type.getName().equals(RequestStreamHandler.class.getName())));
  }

  private static DescribedPredicate<JavaClass> reach(String name) {
    return DescribedPredicate.describe(
        "reach " + name,
        handler ->
            handler.getTransitiveDependenciesFromSelf().stream()
                .anyMatch(found -> found.getTargetClass().getName().equals(name)));
  }

  private static DescribedPredicate<JavaClass> workOffAQueue() {
    return DescribedPredicate.describe(
        "work off a queue",
        handler ->
            handler.getMethodCallsFromSelf().stream()
                .anyMatch(call -> call.getTarget().getName().equals("workOff")));
  }

  @ArchTest
  static final ArchRule noFieldIsOfInexactNumbers =
      noFields()
          .that()
          .areDeclaredInClassesThat()
          .resideInAnyPackage(PRODUCT)
          .should()
          .haveRawType(double.class)
          .orShould()
          .haveRawType(float.class)
          .orShould()
          .haveRawType(Double.class)
          .orShould()
          .haveRawType(Float.class);

  @ArchTest
  static final ArchRule noMethodGivesInexactNumbers =
      noMethods()
          .that()
          .areDeclaredInClassesThat()
          .resideInAnyPackage(PRODUCT)
          .should()
          .haveRawReturnType(double.class)
          .orShould()
          .haveRawReturnType(float.class)
          .orShould()
          .haveRawReturnType(Double.class)
          .orShould()
          .haveRawReturnType(Float.class);

  /** Functions that are restored from one snapshot would throw the same dice. */
  @ArchTest
  static final ArchRule chanceComesFromTheSystem =
      noClasses()
          .that()
          .resideInAnyPackage(PRODUCT)
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "java[.]util[.](Random|SplittableRandom|concurrent[.]ThreadLocalRandom)"
                  + "|java[.]util[.]random[.].*")
          .orShould()
          .callMethod(Math.class, "random");

  @ArchTest
  static final ArchRule everyTimeComesFromTheClockThatCanBeMoved =
      noClasses()
          .that()
          .resideInAnyPackage(PRODUCT)
          .should()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(java.time.LocalDate.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callConstructor(Date.class);
}
