package dev.sea.integrations;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.sea.integrations", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "dev.sea.integrations.";

    @ArchTest
    static final ArchRule policies_know_only_integrations = classes()
            .that()
            .resideInAPackage(ROOT + "policy")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    ROOT + "policy", ROOT + "integration", "java..", "com.fasterxml.jackson..", "org.jspecify..")
            .because("what SEA needs is one list that everything else reads, without I/O");

    @ArchTest
    static final ArchRule the_sdk_is_seen_at_the_edges_only = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + "aws", ROOT + "validation", ROOT + "event")
            .and()
            .haveSimpleNameNotEndingWith("Store")
            .and()
            .haveSimpleNameNotEndingWith("Item")
            .and()
            .doNotHaveFullyQualifiedName(ROOT + "schedule.DueIndex")
            .and()
            .haveNameNotMatching(".*\\.DueIndex\\$.*")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon..")
            .because("an SDK type in the middle would make every change of it ours");

    @ArchTest
    static final ArchRule lambda_is_seen_by_security_and_start_only = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + "security", ROOT + "start")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.amazonaws..", "io.quarkus.amazon..")
            .because("the application is an HTTP application, wherever it runs");

    @ArchTest
    static final ArchRule values_of_integrations_know_no_validation = noClasses()
            .that()
            .resideInAPackage(ROOT + "integration")
            .and()
            .areRecords()
            .and()
            .haveSimpleNameNotEndingWith("View")
            .and()
            .haveSimpleNameNotEndingWith("Item")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.ws.rs..", "software.amazon..")
            .because("a value is the same whoever carries it");
}
