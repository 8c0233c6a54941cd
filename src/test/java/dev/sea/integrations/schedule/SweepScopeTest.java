package dev.sea.integrations.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.report.ValidationReport.Scope;
import dev.sea.integrations.testing.Account;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Monitored;
import dev.sea.integrations.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;

@QuarkusTest
class SweepScopeTest {
    @Inject
    TestClock clock;

    @BeforeEach
    void nobodyElseIsDue() {
        Monitored.forgetOthers();
    }

    @AfterEach
    void now() {
        clock.reset();
    }

    @Test
    void twentyLightSweepsAddNoVersionAndADayAddsOne() {
        Customer customer = Customer.healthy();
        Account.CUSTOMER
                .s3("us-east-1")
                .putBucketVersioning(request -> request.bucket(customer.name("bucket"))
                        .versioningConfiguration(versioning -> versioning.status("Enabled")));
        Monitored integration = Monitored.active(customer);
        int before = versions(customer);

        for (int i = 0; i < 20; i++) {
            assertThat(validated(integration, Duration.ofMinutes(67))).isEqualTo(Scope.LIGHT);
        }
        assertThat(versions(customer)).isEqualTo(before);

        assertThat(validated(integration, Duration.ofHours(3))).isEqualTo(Scope.FULL);
        assertThat(versions(customer)).isEqualTo(before + 1);
        assertThat(validated(integration, Duration.ofMinutes(67))).isEqualTo(Scope.LIGHT);
        assertThat(integration.status()).isEqualTo("HEALTHY");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3:ListBucket",
                "s3:PutObject",
                "s3:GetObject",
                "s3:GetObjectTagging",
                "kms:GenerateDataKey",
                "kms:Encrypt",
                "kms:Decrypt"
            })
    void aPermissionTakenAwayIsNoticedByALightSweep(String action) {
        Customer customer = new Customer()
                .withKey()
                .withBucket()
                .withEncryptedBucket()
                .withRole(Customer.TRUST, Customer.PERMISSIONS_WITH_KMS);
        Monitored integration = Monitored.active(customer);
        customer.withPermissions(
                Customer.PERMISSIONS_WITH_KMS.replace("\"" + action + "\"", "\"s3:GetBucketTagging\""));

        assertThat(validated(integration, Duration.ofMinutes(67))).isEqualTo(Scope.LIGHT);

        assertThat(integration.status()).isEqualTo("DEGRADED");
    }

    @Test
    void anObjectThatALifecycleRuleArchivedMayStillBeRead() {
        Monitored integration = Monitored.active(Customer.healthy());
        Account.CUSTOMER
                .s3("us-east-1")
                .putObject(
                        request -> request.bucket(integration.customer().name("bucket"))
                                .key(".sea-validation")
                                .storageClass("GLACIER"),
                        RequestBody.fromString("archived"));

        assertThat(validated(integration, Duration.ofMinutes(67))).isEqualTo(Scope.LIGHT);
        assertThat(integration.status()).isEqualTo("HEALTHY");

        integration.customer().withPermissions(Customer.PERMISSIONS.replace("\"s3:GetObject\"", "\"s3:GetObjectAcl\""));
        assertThat(validated(integration, Duration.ofMinutes(67))).isEqualTo(Scope.LIGHT);
        assertThat(integration.status()).isEqualTo("DEGRADED");
    }

    @Test
    void afterAFailureItIsFullUntilAFullOnePasses() {
        Monitored integration = Monitored.active(Customer.healthy());
        integration.customer().withoutPermissions();
        assertThat(validated(integration, Duration.ofMinutes(67))).isEqualTo(Scope.LIGHT);
        assertThat(integration.status()).isEqualTo("DEGRADED");

        assertThat(validated(integration, Duration.ofMinutes(6))).isEqualTo(Scope.FULL);
        assertThat(validated(integration, Duration.ofMinutes(11))).isEqualTo(Scope.FULL);
        assertThat(integration.status()).isEqualTo("UNHEALTHY");

        integration.customer().withPermissions(Customer.PERMISSIONS);
        assertThat(validated(integration, Duration.ofMinutes(21))).isEqualTo(Scope.FULL);
        assertThat(integration.status()).isEqualTo("HEALTHY");
        assertThat(validated(integration, Duration.ofMinutes(67))).isEqualTo(Scope.LIGHT);
        assertThat(integration.shown().path("state").asText()).isEqualTo("ACTIVE");
    }

    /** While a role spreads, a part of STS that does not know it denies everything, as if it required the external ID. */
    @Test
    void aNewRolesExternalIdIsTriedAgainOnceTheRoleMustBeKnownEverywhere() {
        Monitored integration = Monitored.fresh(Customer.healthy());
        assertThat(integration.sweep().path("due").asInt()).as("too early").isZero();

        assertThat(validated(integration, Duration.ofMinutes(3))).isEqualTo(Scope.FULL);
        assertThat(integration.status()).isEqualTo("HEALTHY");
        assertThat(integration.isDueInAnHour(clock.instant())).isTrue();
        assertThat(validated(integration, Duration.ofMinutes(67))).isEqualTo(Scope.LIGHT);
    }

    @Test
    void aNewRoleThatOnlySeemedToRequireItsExternalIdIsUnhealthyAtOnce() {
        Monitored integration = Monitored.fresh(Customer.healthy());
        integration.customer().withTrust(Customer.TRUST.replace("StringEquals", "StringEqualsIfExists"));

        assertThat(validated(integration, Duration.ofMinutes(3))).isEqualTo(Scope.FULL);
        assertThat(integration.status()).isEqualTo("UNHEALTHY");
    }

    @Test
    void anExternalIdThatIsNoLongerDemandedIsFoundOutWithinADayAndUnhealthyAtOnce() {
        Monitored integration = Monitored.active(Customer.healthy());
        integration
                .customer()
                .withTrust(Customer.TRUST.replace("StringEquals", "StringLike").replace("${externalId}", "*"));

        assertThat(validated(integration, Duration.ofMinutes(67))).isEqualTo(Scope.LIGHT);
        assertThat(integration.status()).isEqualTo("HEALTHY");
        assertThat(validated(integration, Duration.ofHours(24))).isEqualTo(Scope.FULL);
        assertThat(integration.status()).isEqualTo("UNHEALTHY");
    }

    /** How a sweep so long after the last one validates. */
    private Scope validated(Monitored integration, Duration later) {
        clock.advance(later);
        long since = System.currentTimeMillis();
        assertThat(integration.sweep().path("validated").asInt()).isEqualTo(1);
        return integration.wasTriedWithoutExternalId(since) ? Scope.FULL : Scope.LIGHT;
    }

    private static int versions(Customer customer) {
        return Account.CUSTOMER
                .s3("us-east-1")
                .listObjectVersions(request -> request.bucket(customer.name("bucket")))
                .versions()
                .size();
    }
}
