package dev.sea.integrations;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.onlyDependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The packages stand in one order, and what is not ours is seen only where it belongs. */
@AnalyzeClasses(packages = "dev.sea.integrations", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "dev.sea.integrations";

    /** Each package knows only those before it; the root is the first. The README explains each in a line. */
    private static final List<String> ORDER = Stream.of(
                    "",
                    ".gateway",
                    ".security",
                    ".problem",
                    ".aws",
                    ".posture",
                    ".integration",
                    ".rule",
                    ".policy",
                    ".advice",
                    ".report",
                    ".client",
                    ".call",
                    ".table",
                    ".input",
                    ".probe",
                    ".inspection",
                    ".validation",
                    ".secret",
                    ".externalid",
                    ".event",
                    ".store",
                    ".lifecycle",
                    ".grant",
                    ".evidence",
                    ".recording",
                    ".destination",
                    ".api",
                    ".bucket",
                    ".summary",
                    ".schedule",
                    ".page",
                    ".openapi",
                    ".start")
            .map(ROOT::concat)
            .toList();

    @ArchTest
    static final ArchRule each_package_knows_only_those_before_it = CompositeArchRule.of(IntStream.range(
                            0, ORDER.size())
                    .mapToObj(place -> noClasses()
                            .that()
                            .resideInAPackage(ORDER.get(place))
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(
                                    ORDER.subList(place + 1, ORDER.size()).toArray(String[]::new))
                            .allowEmptyShould(false))
                    .map(ArchRule.class::cast)
                    .toList())
            .because("a package is understood from what stands before it");

    @ArchTest
    static final ArchRule no_packages_use_each_other =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule only_the_use_cases_ask_and_judge = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + ".probe", ROOT + ".inspection", ROOT + ".validation", ROOT + ".lifecycle")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + ".probe", ROOT + ".validation")
            .because("their types are public for the one package that uses each");

    @ArchTest
    static final ArchRule only_validation_and_the_use_cases_know_probes = noClasses()
            .that()
            .resideInAPackage(ROOT + ".lifecycle")
            .and()
            .doNotHaveSimpleName("Proving")
            .and()
            .doNotHaveSimpleName("Overlaps")
            .and()
            .doNotHaveSimpleName("EarlierTargets")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + ".probe")
            .because("Proving alone says what is to be proved, with those that look for more");

    @ArchTest
    static final ArchRule names_and_policies_are_pure = classes()
            .that()
            .resideInAnyPackage(ROOT + ".aws", ROOT + ".posture", ROOT + ".policy", ROOT + ".advice", ROOT + ".report")
            .should(onlyDependOnClassesThat(resideInAPackage(ROOT + "..")
                    .or(resideInAPackage("java.."))
                    .or(resideInAPackage("com.fasterxml.jackson.."))
                    .or(resideInAPackage("org.eclipse.microprofile.openapi.annotations.."))
                    .or(resideInAPackage("io.quarkus.runtime.annotations.."))
                    .or(resideInAPackage("org.jspecify.."))))
            .because("what SEA needs is one list that everything else reads, without I/O");

    @ArchTest
    static final ArchRule every_call_to_aws_goes_over_one_http_client = noClasses()
            .that()
            .doNotHaveSimpleName("JdkConnections")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.awssdk.http.urlconnection..")
            .because("nobody else retries a call whose connection the JDK lost");

    @ArchTest
    static final ArchRule the_sdk_is_seen_where_it_is_used_only = noClasses()
            .that()
            .resideOutsideOfPackages(
                    ROOT + ".client",
                    ROOT + ".call",
                    ROOT + ".table",
                    ROOT + ".probe",
                    ROOT + ".inspection",
                    ROOT + ".validation",
                    ROOT + ".secret",
                    ROOT + ".externalid",
                    ROOT + ".event",
                    ROOT + ".store",
                    ROOT + ".evidence",
                    ROOT + ".bucket",
                    ROOT + ".recording")
            .and()
            .haveNameNotMatching(".*(Store|Item|GrantSessions?)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon..")
            .because("an SDK type in a use case or a resource would make every change of it ours");

    @ArchTest
    static final ArchRule lambda_is_seen_at_the_edge_only = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + ".gateway", ROOT + ".security", ROOT + ".start")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.amazonaws..", "io.quarkus.amazon..")
            .because("the application is an HTTP application, wherever it runs");

    @ArchTest
    static final ArchRule integrations_know_neither_http_nor_storage = noClasses()
            .that()
            .resideInAPackage(ROOT + ".integration")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.ws.rs..", "software.amazon..")
            .because("a value is the same whoever carries it");

    @ArchTest
    static void the_order_names_every_package(JavaClasses all) {
        assertThat(all.stream().map(JavaClass::getPackageName).distinct()).containsExactlyInAnyOrderElementsOf(ORDER);
    }

    @ArchTest
    static void no_package_lets_null_through(JavaClasses all) {
        assertThat(all.stream().map(JavaClass::getPackage).distinct())
                .allSatisfy(known -> assertThat(known.isAnnotatedWith(NullMarked.class))
                        .as(known.getName())
                        .isTrue());
    }

    @ArchTest
    static void no_package_is_too_large_to_know(JavaClasses all) {
        assertThat(all.stream().map(JavaClass::getPackage).distinct())
                .allSatisfy(
                        known -> assertThat(files(known)).as(known.getName()).isLessThanOrEqualTo(20));
    }

    /** Counted without the imports. */
    @Test
    void no_class_is_longer_than_200_lines() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            assertThat(sources.filter(source -> source.toString().endsWith(".java")))
                    .isNotEmpty()
                    .allSatisfy(source -> assertThat(Files.readAllLines(source).stream()
                                    .dropWhile(line -> line.isEmpty()
                                            || line.startsWith("package ")
                                            || line.startsWith("import ")))
                            .as(source.toString())
                            .hasSizeLessThanOrEqualTo(200));
        }
    }

    /** Quarkus makes each test's instance twice, and closes nothing of the one that it does not use. */
    @Test
    void what_is_dear_is_made_before_each_test_and_not_in_its_fields() {
        Set<String> dear = Set.of("Customer", "Monitored", "FrontDoor", "LogLines");

        JavaClasses tests = new ClassFileImporter().importPath(Path.of("target", "test-classes"));
        assertThat(tests.stream()
                        .filter(test ->
                                test.getSimpleName().endsWith("Test") && test.isAnnotatedWith(QuarkusTest.class))
                        .flatMap(test -> test.getConstructors().stream())
                        .flatMap(constructor -> constructor.getCallsFromSelf().stream())
                        .filter(call -> dear.contains(call.getTargetOwner().getSimpleName()))
                        .map(JavaCall::getDescription))
                .isEmpty();
    }

    private static long files(JavaPackage known) {
        return known.getClasses().stream()
                .flatMap(type -> type.getSource().stream())
                .flatMap(source -> source.getFileName().stream())
                .filter(file -> !file.equals("package-info.java"))
                .distinct()
                .count();
    }
}
