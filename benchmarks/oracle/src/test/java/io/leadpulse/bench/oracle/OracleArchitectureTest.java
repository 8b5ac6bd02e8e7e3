package io.leadpulse.bench.oracle;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class OracleArchitectureTest {
    @Test
    void theOracleSharesNoCodeWithAnyEngine() {
        JavaClasses oracle = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.leadpulse.bench.oracle");

        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.leadpulse.bench.oracle", "com.fasterxml.jackson..", "java..")
                .check(oracle);
    }
}
