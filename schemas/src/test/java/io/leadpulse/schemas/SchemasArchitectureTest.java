package io.leadpulse.schemas;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The contracts know the domain, and nobody who carries them. */
class SchemasArchitectureTest {
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.leadpulse.schemas");

    @Test
    void dependOnTheDomainOnly() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("io.leadpulse..")
                        .and(resideOutsideOfPackages("io.leadpulse.schemas..", "io.leadpulse.domain..")))
                .check(MAIN);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.flink..", "org.apache.kafka..")
                .check(MAIN);
    }

    @Test
    void haveNoCycleOfPackages() {
        slices().matching("io.leadpulse.(**)").should().beFreeOfCycles().check(MAIN);
    }
}
