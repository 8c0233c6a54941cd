package dev.sea.integrations.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sea.integrations.testing.Browsing;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.FrontDoor;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.LocalAws;
import dev.sea.integrations.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each kind of failure, with who refused and what to do; and the wait for AWS, which is none. */
@QuarkusTest
class ConnectionTestTest {
    private static final String WITHOUT_PUT = Customer.PERMISSIONS.replace(", \"s3:PutObject\"", "");
    private static final String CONDITION =
            ", \"Condition\": {\"StringEquals\": {\"sts:ExternalId\": \"${externalId}\"}}";
    /** Beyond the two minutes in which a denial may yet go away. */
    private static final Duration LATER = Duration.ofMinutes(3);

    @RegisterExtension
    final Browsing browsing = new Browsing();

    @Inject
    TestClock clock;

    private FrontDoor door;
    private IntegrationsPage integrations;

    @BeforeEach
    void open() {
        door = FrontDoor.as(Gateway.admin(Gateway.freshTenant()));
        integrations = IntegrationsPage.open(browsing.page(), door);
    }

    @AfterEach
    void close() {
        clock.reset();
        door.close();
    }

    @Test
    void aMissingPermissionIsShownWithTheStatementThatMendsIt() throws JsonProcessingException {
        Customer customer = new Customer().withBucket().withRole(Customer.TRUST, WITHOUT_PUT);
        failing(customer);

        assertThat(integrations.check("Write an object")).containsText("Refused because no policy of the role");
        integrations.shows("failed");
        String statement = integrations.copied("Statement for \"Write an object\"");
        assertThat(new ObjectMapper().readTree(statement).toString())
                .contains("s3:PutObject")
                .contains(customer.name("bucket"));

        customer.withPermissions(Customer.PERMISSIONS.replace("[{", "[" + statement + ", {"));
        integrations.press("Test connection");
        assertThat(integrations.verdict()).hasText("The connection works");
    }

    @Test
    void aTrustPolicyThatRefusesIsNamed() {
        failing(new Customer()
                .withBucket()
                .withRole(Customer.TRUST.replace("${externalId}", "another-id"), Customer.PERMISSIONS));

        assertThat(integrations.check("The credentials work")).containsText("Refused by the role's trust policy");
        assertThat(integrations.check("The credentials work")).containsText("What to do");
    }

    @Test
    void aRoleThatDemandsNoExternalIdFailsAtOnce() {
        Customer customer =
                new Customer().withBucket().withRole(Customer.TRUST.replace(CONDITION, ""), Customer.PERMISSIONS);
        test(customer);

        assertThat(integrations.verdict()).containsText("to mend");
        assertThat(integrations.check("The role demands the external ID")).containsText("What to do");
    }

    @Test
    void theRightRegionIsNamedForTheWrongOne() {
        Customer customer =
                new Customer().in("eu-central-1").withBucket().withRole(Customer.TRUST, Customer.PERMISSIONS);
        integrations
                .startAdding("Plant 7", customer)
                .withRole(customer)
                .fill("Region", "us-east-1")
                .press("Test connection");

        assertThat(integrations.verdict()).containsText("to mend");
        assertThat(integrations.check("The bucket is there, in this Region")).containsText("eu-central-1");
    }

    @Test
    void aBucketThatDoesNotExistIsSaidToBeMissing() {
        test(new Customer().withRole(Customer.TRUST, Customer.PERMISSIONS));

        assertThat(integrations.check("The bucket is there, in this Region")).containsText("Failed");
    }

    @Test
    void aBucketPolicyThatDeniesIsNamed() {
        failing(Customer.healthy().withBucketPolicy("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:PutObject",
                 "Resource": "arn:aws:s3:::${bucket}/*"}]}"""));

        assertThat(integrations.check("Write an object")).containsText("Refused by the bucket policy");
    }

    @Test
    void aKeyThatMayNotBeUsedIsNotMistakenForTheBucket() {
        Customer customer = new Customer().withBucket().withKey().withEncryptedBucket();
        failing(customer.withRole(Customer.TRUST, Customer.PERMISSIONS_WITH_KMS.replace("\"kms:Decrypt\", ", "")));

        assertThat(integrations.check("Read an object")).containsText("with this key");
    }

    @Test
    void anInactiveAccessKeyIsNamed() {
        Customer customer =
                new Customer().withBucket().withUser(Customer.PERMISSIONS).withKeyStatus("Inactive");
        integrations.startAdding("Plant 7", customer).withKey(customer).press("Test connection");

        assertThat(integrations.check("The credentials work")).containsText("What to do");
    }

    @Test
    void awsBeingUnavailableIsNoFailureOfTheCustomers() {
        Customer customer = Customer.healthy();
        try (LocalAws.Fault _ =
                LocalAws.fault("500", "s3", "ListObjectsV2", Map.of("bucket", customer.name("bucket")), 20)) {
            test(customer);
            assertThat(integrations.verdict()).hasText("AWS gave no clear answer");
        }
    }

    @Test
    void aRoleMadeSecondsAgoIsWaitedForWithACountdownAndTriedAgainByItself() {
        Customer customer = Customer.healthy();
        LocalAws.refuseRole(customer.name("roleArn"), 3600);
        integrations.startAdding("Plant 7", customer).withRole(customer);
        integrations.page().clock().install();
        integrations.press("Test connection");

        assertThat(integrations.verdict()).hasText("Waiting for AWS to spread the change");
        assertThat(integrations.text("No need to change anything yet.")).isVisible();
        assertThat(integrations.text("Next try in")).isVisible();
        assertThat(integrations.check("The credentials work")).containsText("Still refused");
        integrations.shows("waiting");

        LocalAws.refuseRole(customer.name("roleArn"), 0);
        integrations.page().clock().fastForward(61_000);

        assertThat(integrations.verdict()).hasText("The connection works");
    }

    /** A test whose denials are no longer taken for IAM's own delay. */
    private void failing(Customer customer) {
        test(customer);
        assertThat(integrations.verdict()).hasText("Waiting for AWS to spread the change");
        clock.advance(LATER);
        integrations.press("Try now");
        assertThat(integrations.verdict()).containsText("to mend");
    }

    private void test(Customer customer) {
        integrations.startAdding("Plant 7", customer).withRole(customer).press("Test connection");
        assertThat(integrations.verdict()).isVisible();
    }
}
