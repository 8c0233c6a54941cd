package dev.sea.integrations.validation;

import static dev.sea.integrations.validation.TestValidator.draft;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sea.integrations.aws.AwsRegion;
import dev.sea.integrations.client.RegionalClients;
import dev.sea.integrations.probe.AnsweringServer;
import dev.sea.integrations.report.CheckId;
import dev.sea.integrations.report.Outcome;
import dev.sea.integrations.report.ValidationReport;
import dev.sea.integrations.report.ValidationReport.Status;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.HostsAsked;
import dev.sea.integrations.testing.LocalAws;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Whoever controls a bucket may answer what he likes: it costs neither memory nor time, and is never a pass. */
class HostileBucketTest {
    private static final int EVERY_ATTEMPT = 20;
    /** Beside what is read, the sockets' buffers on both sides fill up. */
    private static final long READ_AT_MOST = 32L << 20;

    private static final Duration BUDGET = Duration.ofSeconds(8);
    private static final TestValidator HASTY = TestValidator.with(
            InstantSource.system(),
            Map.of("sea.validation.call-timeout", "4s", "sea.validation.budget", BUDGET.toSeconds() + "s"));

    private static Customer customer = new Customer();

    @BeforeAll
    static void setUp() {
        customer = Customer.healthy();
        HASTY.validate(draft(customer));
    }

    @ParameterizedTest(name = "{0} in answer to {1}")
    @CsvSource({
        "huge,    GetObject,        GET",
        "endless, ListObjectsV2,    LIST",
        "endless, GetObjectTagging, TAGGING",
        "headers, HeadBucket,       BUCKET",
        "headers, GetObject,        GET",
        "headers, ListObjectsV2,    LIST",
        "drip,    GetObject,        GET",
        "drip,    ListObjectsV2,    LIST",
        "drip,    HeadBucket,       BUCKET"
    })
    void teachesNothingAndCostsLittle(String kind, String operation, CheckId id) {
        ValidationReport report;
        try (var _ = LocalAws.fault(kind, "s3", operation, Map.of("bucket", customer.name("bucket")), EVERY_ATTEMPT)) {
            report = HASTY.validate(draft(customer));
        }

        assertThat(Outcomes.check(report, id).outcome()).isInstanceOf(Outcome.Unknown.class);
        assertThat(report.status()).isEqualTo(Status.UNKNOWN);
        assertThat(report.duration()).isLessThan(BUDGET.multipliedBy(3));
        assertThat(LocalAws.mostTaken()).isLessThan(READ_AT_MOST);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void aRedirectToAnotherHostIsNotFollowed(int status) {
        try (AnsweringServer s3 = new AnsweringServer();
                HostsAsked asked = new HostsAsked()) {
            s3.answer(AnsweringServer.Canned.of(status, Map.of("Location", "http://evil.example.com/"), ""));
            RegionalClients clients = new RegionalClients(TestValidator.config(
                    Map.of("sea.local-aws.endpoint", s3.address().toString())));

            assertThatThrownBy(() -> clients.s3(new AwsRegion("us-east-1"))
                            .getObject(r -> r.bucket("bucket").key("key")))
                    .isInstanceOf(S3Exception.class);
            assertThat(asked.hosts()).isEmpty();
        }
    }
}
