package dev.sea.integrations.validation;

import static dev.sea.integrations.validation.TestValidator.draft;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.aws.RoleArn;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.probe.Subject;
import dev.sea.integrations.report.CheckId;
import dev.sea.integrations.report.ValidationReport;
import dev.sea.integrations.report.ValidationReport.Status;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.testing.Customer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which conditions on {@code sts:ExternalId} that are looser than equality are found out, and which cannot be: the table in
 * {@code docs/security.md}. Of an external ID X, {@code ${head}} and {@code ${tail}} are its halves.
 */
class LooseConditionsTest {
    private static final String TRUST = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "${gateway}"},
             "Action": "sts:AssumeRole", "Condition": %s}]}""";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'StringLike': {'sts:ExternalId': '${externalId}*'}}",
                "{'StringLike': {'sts:ExternalId': '*${externalId}'}}",
                "{'StringLike': {'sts:ExternalId': '*${externalId}*'}}",
                "{'StringLike': {'sts:ExternalId': '${head}*'}}",
                "{'StringLike': {'sts:ExternalId': '*${tail}'}}",
                "{'StringLike': {'sts:ExternalId': '${head}*${tail}'}}",
                "{'StringLike': {'sts:ExternalId': 's*a-*${tail}'}}",
                "{'StringLike': {'sts:ExternalId': '?${withoutFirst}*'}}",
                "{'StringLike': {'sts:ExternalId': '${lastLetterOpen}'}}",
                "{'StringLikeIfExists': {'sts:ExternalId': '${externalId}'}}",
                "{'StringEqualsIgnoreCase': {'sts:ExternalId': '${externalId}'}}",
                "{'ForAnyValue:StringLike': {'sts:ExternalId': '${externalId}*'}}",
                "{'ForAnyValue:StringEqualsIgnoreCase': {'sts:externalid': ['${externalId}', 'sea-another']}}",
                "{'StringLike': {'sts:ExternalId': ['${externalId}', 'sea-*']}}",
                "{'StringNotEquals': {'sts:ExternalId': 'sea-another'}}",
                "{'StringNotEqualsIgnoreCase': {'sts:ExternalId': ['sea-another', 'sea-third']}}",
                "{'StringNotLike': {'sts:ExternalId': 'acme-*'}}"
            })
    void areFoundOut(String condition) {
        Customer customer = customer(condition);

        ValidationReport report = TestValidator.USUAL.validate(draft(customer));

        Outcomes.unguarded("FAILED EXTERNAL_ID_NOT_ENFORCED").areThoseOf(Status.UNHEALTHY, report);
        assertThat(Outcomes.statement(report, CheckId.EXTERNAL_ID_ENFORCED).condition())
                .isEqualTo(Map.of("StringEquals", Map.of("sts:ExternalId", List.of(customer.name("externalId")))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'StringEquals': {'sts:ExternalId': ['${externalId}', 'sea-another']}}",
                "{'ForAnyValue:StringEquals': {'sts:ExternalId': ['${externalId}', 'sea-another']}}",
                "{'StringLike': {'sts:ExternalId': ['${externalId}', 'acme-*']}}",
                "{'StringLike': {'sts:ExternalId': '?${withoutFirst}'}}"
            })
    void cannotBeFoundOutWhereNoOtherIdThatSeaCouldThinkOfIsLetIn(String condition) {
        Outcomes.ofRole().areThoseOf(Status.HEALTHY, TestValidator.USUAL.validate(draft(customer(condition))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'StringLike': {'sts:ExternalId': '${externalId}'}}",
                "{'ForAnyValue:StringLike': {'sts:ExternalId': ['${externalId}']}}",
                "{'StringEquals': {'sts:ExternalId': '${externalId}'}, 'StringNotEquals': {'sts:ExternalId': 'sea-another'}}"
            })
    void areNotLooseWhereOnlyTheIdItselfIsLetIn(String condition) {
        Outcomes.ofRole().areThoseOf(Status.HEALTHY, TestValidator.USUAL.validate(draft(customer(condition))));
    }

    @ParameterizedTest
    @CsvSource({
        "StringLike, ${externalId}*, ${externalId}a",
        "StringLike, *${externalId}, a${externalId}",
        "StringEqualsIgnoreCase, ${externalId}, ${upper}"
    })
    void openTheRoleToNoOtherTenantThatBringsAnIdOfItsOwn(String operator, String pattern, String brought) {
        Customer customer = customer("{'%s': {'sts:ExternalId': '%s'}}".formatted(operator, pattern));
        Subject theirs = of(customer, new ExternalId(customer.fill(brought)));

        Outcomes.unguarded("FAILED EXTERNAL_ID_NOT_ENFORCED")
                .areThoseOf(Status.UNHEALTHY, TestValidator.USUAL.validate(theirs));
    }

    @Test
    void anIdWithoutLettersIsComparedAsItIs() {
        Customer customer = Customer.healthy();
        String id = "2718281828459045235360287471352662";
        customer.names().put("externalId", id);

        customer.withTrust(TRUST.formatted("{\"StringEqualsIgnoreCase\": {\"sts:ExternalId\": \"${externalId}\"}}"));
        Outcomes.ofRole().areThoseOf(Status.HEALTHY, TestValidator.USUAL.validate(of(customer, new ExternalId(id))));

        customer.withTrust(TRUST.formatted(
                "{\"StringLike\": {\"sts:ExternalId\": \"" + id.substring(0, id.length() - 1) + "?\"}}"));
        Outcomes.unguarded("FAILED EXTERNAL_ID_NOT_ENFORCED")
                .areThoseOf(Status.UNHEALTHY, TestValidator.USUAL.validate(of(customer, new ExternalId(id))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme", "recordings-2024", "222233334444"})
    void anIdThatOthersMayGuessIsAWarningOnAHealthyRole(String id) {
        Customer customer = Customer.healthy();
        customer.names().put("externalId", id);
        customer.withTrust(Customer.TRUST);

        ValidationReport report = TestValidator.USUAL.validate(of(customer, new ExternalId(id)));

        Outcomes.ofRole()
                .but(CheckId.EXTERNAL_ID_ENFORCED, "WARNING GUESSABLE_EXTERNAL_ID")
                .areThoseOf(Status.HEALTHY, report);
        assertThat(Outcomes.check(report, CheckId.EXTERNAL_ID_ENFORCED)
                        .outcome()
                        .toString())
                .contains("guess", "POST /v1/external-ids");
    }

    private static Customer customer(String condition) {
        Customer customer = Customer.healthy();
        String id = customer.name("externalId");
        int lastLetter = id.replaceAll("[^a-z]*$", "").length() - 1;
        customer.names().put("head", id.substring(0, id.length() / 2));
        customer.names().put("tail", id.substring(id.length() / 2));
        customer.names().put("withoutFirst", id.substring(1));
        customer.names().put("lastLetterOpen", id.substring(0, lastLetter) + "?" + id.substring(lastLetter + 1));
        customer.names().put("upper", id.toUpperCase(Locale.ROOT));
        return customer.withTrust(TRUST.formatted(condition.replace('\'', '"')));
    }

    /** Another tenant's draft of the same role and bucket. */
    private static Subject of(Customer customer, ExternalId externalId) {
        return new Subject(
                new Tenant("another-" + customer.name("run")),
                Optional.empty(),
                TestValidator.target(customer, ""),
                true,
                new PresentedAccess.Role(new RoleArn(customer.name("roleArn")), externalId),
                Optional.empty(),
                false);
    }
}
