package dev.sea.integrations.validation;

import dev.sea.integrations.report.CheckId;
import dev.sea.integrations.report.ValidationReport;
import dev.sea.integrations.report.ValidationReport.Status;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.LocalAws;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our own session policy must never take away what the customer granted. */
class SessionCutTest {
    private static Customer customer = new Customer();

    @BeforeAll
    static void encryptingSoThatTheKeyIsUnderItToo() {
        customer = new Customer()
                .withKey()
                .withBucket()
                .withEncryptedBucket()
                .withRole(Customer.TRUST, Customer.PERMISSIONS_WITH_KMS);
    }

    static Stream<String> oddPrefixes() {
        return Stream.of(
                "",
                "a/b/c/",
                "Werk S\u00fcd/Linie 3/",
                "star*star/",
                "what?/",
                "${aws:username}/",
                "$/",
                "${*}/",
                "\"quoted\"/",
                "back\\slash/",
                "{\"Effect\":\"Deny\"}/",
                "<xml>&amp;/",
                "plus+percent%20/",
                "\u6771\u4eac/\u5de5\u5834/",
                "a\ud83d\ude00b\ud83d\ude00/c\ud83d\ude00\ud83d\ude00/",
                "e\u0301/",
                "\u00a0\u00ff/",
                "because no session policy allows the s3:PutObject action/",
                "a".repeat(799) + "/",
                "*".repeat(799) + "/",
                "\u00fc".repeat(399) + "/",
                "\ud83d\ude00".repeat(199) + "/");
    }

    @ParameterizedTest
    @MethodSource("oddPrefixes")
    void whateverThePrefix(String prefix) {
        ValidationReport report =
                TestValidator.USUAL.validate(TestValidator.under(prefix, TestValidator.draft(customer)));

        Outcomes.ofRole().but(CheckId.KMS, "PASSED").areThoseOf(Status.HEALTHY, report);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PackedPolicyTooLarge", "MalformedPolicyDocument"})
    void aPolicyThatStsFindsTooLargeGivesWayToOneForTheWholeBucket(String code) {
        Customer other = Customer.healthy();
        try (var _ = LocalAws.error(400, code, "sts", "AssumeRole", Map.of("roleArn", other.name("roleArn")), 1)) {
            ValidationReport report =
                    TestValidator.USUAL.validate(TestValidator.under("plant-7/", TestValidator.draft(other)));

            Outcomes.ofRole().areThoseOf(Status.HEALTHY, report);
        }
    }
}
