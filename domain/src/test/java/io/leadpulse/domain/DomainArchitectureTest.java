package io.leadpulse.domain;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The domain is plain Java that never reads the clock; what tests it by a second way does not borrow from it. */
class DomainArchitectureTest {
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.leadpulse.domain");

    private static final Set<String> CLOCKS = Set.of(
            "java.time.Instant.now",
            "java.time.LocalDate.now",
            "java.time.LocalTime.now",
            "java.time.LocalDateTime.now",
            "java.time.OffsetDateTime.now",
            "java.time.ZonedDateTime.now",
            "java.time.Year.now",
            "java.time.YearMonth.now",
            "java.time.Clock.systemUTC",
            "java.time.Clock.systemDefaultZone",
            "java.time.Clock.system",
            "java.time.ZoneId.systemDefault",
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.util.TimeZone.getDefault",
            "java.util.Locale.getDefault");

    @Test
    void dependsOnNothingButJava() {
        classes()
                .that()
                .resideInAPackage("io.leadpulse.domain..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.leadpulse.domain..", "java..")
                .check(MAIN);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.logging..", "java.sql..", "java.net..", "java.nio.file..")
                .check(MAIN);
    }

    @Test
    void neverReadsTheClockOrTheMachinesZone() {
        noClasses()
                .should()
                .callMethodWhere(new DescribedPredicate<JavaMethodCall>("a clock or a default of the machine") {
                    @Override
                    public boolean test(JavaMethodCall call) {
                        return CLOCKS.contains(call.getTargetOwner().getName() + '.' + call.getName());
                    }
                })
                .check(MAIN);
    }

    @Test
    void hasNoCycleOfPackages() {
        slices().matching("io.leadpulse.(**)").should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void oraclesShareNoCodeWithTheDomain() {
        JavaClasses oracles = new ClassFileImporter().importPackages("io.leadpulse.oracle");
        noClasses()
                .that()
                .resideInAPackage("io.leadpulse.oracle..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.leadpulse.domain..", "io.leadpulse.schemas..")
                .check(oracles);
    }
}
