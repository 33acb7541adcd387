package ringside.style;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which package may know which: the arrows of the house. */
@AnalyzeClasses(packages = "ringside", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  /** Engines are behind the seam: whoever composes a machine picks one, nobody else sees it. */
  @ArchTest
  static final ArchRule nothingOutsideAnEngineSeesIt =
      noClasses()
          .that()
          .resideOutsideOfPackage("ringside.cpu.unicorn..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ringside.cpu.unicorn..");

  @ArchTest
  static final ArchRule nothingOutsideOurEngineSeesIt =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "ringside.cpu.jvm..", "ringside.cpu.lockstep..") // which asks it what it writes
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ringside.cpu.jvm..");

  @ArchTest
  static final ArchRule theInstructionSetStandsAlone =
      classes()
          .that()
          .resideInAPackage("ringside.cpu.x86..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("ringside.cpu.x86..", "java..", "com.google.common..");

  @ArchTest
  static final ArchRule anEngineKnowsTheSeamAndMemoryOnly =
      classes()
          .that()
          .resideInAnyPackage(
              "ringside.cpu.unicorn..", "ringside.cpu.jvm..", "ringside.cpu.lockstep..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "ringside.cpu..",
              "ringside.memory..",
              "java..",
              "jdk.internal.misc..",
              "com.sun.management..",
              "com.google.common..",
              "org.slf4j..");

  @ArchTest
  static final ArchRule theSeamKnowsMemoryOnly =
      classes()
          .that()
          .resideInAPackage("ringside.cpu")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("ringside.cpu", "ringside.memory..", "java..", "com.google.common..");

  @ArchTest
  static final ArchRule memoryStandsAlone =
      classes()
          .that()
          .resideInAPackage("ringside.memory..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "ringside.memory..",
              "java..",
              "jdk.internal.misc..",
              "com.google.common..",
              "org.slf4j..");

  @ArchTest
  static final ArchRule timeStandsAlone =
      classes()
          .that()
          .resideInAPackage("ringside.time..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("ringside.time..", "java..", "com.google.common..");

  @ArchTest
  static final ArchRule tracingObservesAndKnowsNoneOfWhatItObserves =
      noClasses()
          .that()
          .resideInAPackage("ringside.trace..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "ringside.cpu..",
              "ringside.domain..",
              "ringside.device..",
              "ringside.hypercall..",
              "ringside.event..",
              "ringside.grant..",
              "ringside.ivmc..",
              "ringside.memory..",
              "ringside.sched..",
              "ringside.xenstore..");

  @ArchTest
  static final ArchRule theContractKnowsNothingOfTheHypervisor =
      noClasses()
          .that()
          .resideInAPackage("ringside.abi..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "ringside.cpu..", "ringside.domain..", "ringside.hypercall..", "ringside.trace..");

  /** Only memory and engines touch addresses of the host; the trace reader maps its file. */
  @ArchTest
  static final ArchRule foreignMemoryIsForMemoryAndEngines =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "ringside.memory..", "ringside.cpu.unicorn..", "ringside.trace..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.lang.foreign..");
}
