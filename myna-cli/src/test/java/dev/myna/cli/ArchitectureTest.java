package dev.myna.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The directions of the house, as ARCHITECTURE.md draws them. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.myna");

  @Test
  void enoughWasSeen() {
    assertThat(CLASSES.size()).isGreaterThan(300);
    assertThat(CLASSES.stream().anyMatch(c -> c.getName().equals("dev.myna.tensor.Tensor")))
        .isTrue();
    assertThat(CLASSES.stream().anyMatch(c -> c.getName().equals("dev.myna.text.Tokenizer")))
        .isTrue();
  }

  @Test
  void onlyTheTensorPackageSeesJavaCpp() {
    noClasses()
        .that(not(resideInAPackage("dev.myna.tensor")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.bytedeco..")
        .check(CLASSES);
  }

  @Test
  void specsAreDataAlone() {
    classes()
        .that()
        .resideInAPackage("dev.myna.spec")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.myna.spec", "java..", "org.jspecify..", "com.google.errorprone..")
        .check(CLASSES);
  }

  @Test
  void textKnowsNothingOfTensors() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.myna", "dev.myna.text..", "dev.myna.chart..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.myna.tensor",
            "dev.myna.spec",
            "dev.myna.nn",
            "dev.myna.model",
            "dev.myna.task",
            "dev.myna.train",
            "dev.myna.generate",
            "dev.myna.cli")
        .check(CLASSES);
  }

  @Test
  void dependenciesPointOneWay() {
    String[] above = {
      "dev.myna.model", "dev.myna.task", "dev.myna.train", "dev.myna.generate", "dev.myna.cli"
    };
    noClasses()
        .that()
        .resideInAnyPackage("dev.myna.nn", "dev.myna.tensor")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(above)
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("dev.myna.model")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.myna.task", "dev.myna.train", "dev.myna.generate", "dev.myna.cli")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAnyPackage("dev.myna.task", "dev.myna.generate")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.myna.train", "dev.myna.cli")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.myna.cli", "dev.myna.bench..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.myna.cli")
        .check(CLASSES);
  }

  @Test
  void coreHasNoCycles() {
    slices()
        .matching("dev.myna.(tensor|spec|nn|model|task|train|generate|cli)")
        .should()
        .beFreeOfCycles()
        .check(CLASSES);
  }

  @Test
  void onlyTheCommandLinePrints() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.myna.cli", "dev.myna.bench..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(CLASSES);
  }

  @Test
  void noRoomIsCalledAfterNothing() {
    noClasses()
        .should()
        .resideInAnyPackage("..util..", "..common..", "..helper..", "..impl..", "..manager..")
        .check(CLASSES);
  }
}
