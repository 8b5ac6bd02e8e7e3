package io.leadpulse.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** This module sees all others, so here stands what holds for the whole house. */
class HouseArchitectureTest {
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.leadpulse");

    @Test
    void seesAllModules() {
        for (String known : new String[] {
            "io.leadpulse.domain.lead.LeadBook",
            "io.leadpulse.schemas.Topics",
            "io.leadpulse.app.EngineTopology",
            "io.leadpulse.local.replay.Replay"
        }) {
            MAIN.get(known);
        }
    }

    @Test
    void nothingDependsOnTheLocalTools() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.leadpulse.local..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.leadpulse.local..")
                .check(MAIN);
    }

    @Test
    void hasNoCycleOfPackages() {
        slices().matching("io.leadpulse.(**)").should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void noPackageIsNamedAfterNothing() {
        noClasses()
                .should()
                .resideInAnyPackage(
                        "..utils..", "..util..", "..helpers..", "..impl..", "..dto..", "..manager..", "..common..")
                .check(MAIN);
    }

    @Test
    void noClassIsNamedAfterNothing() {
        noClasses()
                .should()
                .haveNameMatching(".*(Info|Data|Processor|Manager|Helper|Utils?|Impl|Dto)")
                .check(MAIN);
    }

    @Test
    void oraclesShareNoCodeWithWhatTheyCheck() {
        JavaClasses oracles = new ClassFileImporter().importPackages("io.leadpulse.oracle");
        noClasses()
                .that()
                .resideInAPackage("io.leadpulse.oracle..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.leadpulse.domain..",
                        "io.leadpulse.schemas..",
                        "io.leadpulse.engine..",
                        "io.leadpulse.lead..",
                        "io.leadpulse.rollup..",
                        "io.leadpulse.identity..")
                .check(oracles);
    }
}
