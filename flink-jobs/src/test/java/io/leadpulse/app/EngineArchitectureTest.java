package io.leadpulse.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Operators know the vocabulary and each other's messages, never the topology that joins them. */
class EngineArchitectureTest {
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.leadpulse");

    @Test
    void operatorsDoNotKnowTheTopology() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.leadpulse.app..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.leadpulse.app..")
                .check(MAIN);
    }

    @Test
    void nothingDependsOnTheLocalTools() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.leadpulse.local..")
                .check(MAIN);
    }

    @Test
    void theVocabularyKnowsNoOperator() {
        noClasses()
                .that()
                .resideInAPackage("io.leadpulse.engine..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.leadpulse.identity..",
                        "io.leadpulse.lead..",
                        "io.leadpulse.rollup..",
                        "io.leadpulse.decode..",
                        "io.leadpulse.deadletter..",
                        "io.leadpulse.conservation..")
                .check(MAIN);
    }

    @Test
    void hasNoCycleOfPackages() {
        slices().matching("io.leadpulse.(**)").should().beFreeOfCycles().check(MAIN);
    }
}
