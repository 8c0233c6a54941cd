package dev.sea.integrations.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import dev.sea.integrations.testing.Account;
import dev.sea.integrations.testing.Browsing;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.FrontDoor;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each kind of failure in the page: what failed, who refused, what to do. */
@QuarkusTest
class KindsOfFailureTest {
    /** Beyond the two minutes in which a denial may yet go away. */
    private static final Duration LATER = Duration.ofMinutes(3);

    private static final String CREDENTIALS = "The credentials work";
    private static final String BUCKET = "The bucket exists in this Region";
    private static final String PUT = "Write an object";
    private static final String ROLE = """
            {"method": "ASSUME_ROLE", "roleArn": "${roleArn}", "externalId": "${externalId}"}""";
    private static final String KEY = """
            {"method": "ACCESS_CREDENTIAL", "accessKeyId": "${accessKeyId}", "secretAccessKey": "${secretAccessKey}"}""";
    private static final String NO_PUT = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "NotAction": "s3:PutObject", "Resource": "*"}]}""";

    @RegisterExtension
    final Browsing browsing = new Browsing();

    @Inject
    TestClock clock;

    private final Gateway admin = Gateway.admin(Gateway.freshTenant());
    private FrontDoor door;

    /** A customer's mistake, the check that finds it, and what the page says of it. */
    enum Kind {
        TRUST_POLICY_WITH_ANOTHER_ID(
                () -> role(Customer.TRUST.replace("${externalId}", "another-id"), Customer.PERMISSIONS),
                CREDENTIALS,
                "Denied by the role's trust policy"),
        NO_EXTERNAL_ID_DEMANDED(
                () -> role(Customer.TRUST.replaceFirst(", \"Condition\": \\{.*?}}", ""), Customer.PERMISSIONS),
                "The role requires the external ID",
                "does not require the external ID"),
        WRONG_REGION(
                () -> new Customer()
                        .in("eu-central-1")
                        .withBucket()
                        .withRole(Customer.TRUST, Customer.PERMISSIONS)
                        .in("us-east-1"),
                BUCKET,
                "eu-central-1"),
        NO_SUCH_BUCKET(() -> new Customer().withRole(Customer.TRUST, Customer.PERMISSIONS), BUCKET, "bucket-"),
        NO_POLICY_ALLOWS(
                () -> role(Customer.TRUST, Customer.PERMISSIONS.replace(", \"s3:PutObject\"", "")),
                PUT,
                "no policy of the role or user allows it"),
        BOUNDARY(() -> Customer.healthy().withBoundary(NO_PUT), PUT, "Denied by a permissions boundary"),
        EXPLICIT_DENY(
                () -> role(Customer.TRUST, Customer.PERMISSIONS.replace("[{", """
                        [{"Effect": "Deny", "Action": "s3:PutObject", "Resource": "*"}, {""")),
                PUT,
                "Denied by an explicit Deny in a policy of the role or user"),
        BUCKET_POLICY(() -> Customer.healthy().withBucketPolicy("""
                        {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*",
                         "Action": "s3:PutObject", "Resource": "arn:aws:s3:::${bucket}/*"}]}"""), PUT, "Denied by the bucket policy"),
        BUCKET_OF_ANOTHER_ACCOUNT(
                () -> new Customer().ownedBy(Account.OTHER).withBucket().withRole(Customer.TRUST, Customer.PERMISSIONS),
                PUT,
                "does not say by which policy"),
        KEY_NOT_ALLOWED(
                () -> encrypted(Customer.PERMISSIONS_WITH_KMS.replace("\"kms:Decrypt\", ", "")),
                "Read an object",
                "Denied the use of the encryption key"),
        KEY_POLICY(
                () -> encrypted(Customer.PERMISSIONS_WITH_KMS).withKeyPolicy("""
                        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "kms:*", "Resource": "*",
                         "Principal": {"AWS": "arn:aws:iam::${customer}:role/OrganizationAccountAccessRole"}}]}"""),
                PUT,
                "Denied by the key policy of the encryption key"),
        KEY_DISABLED(
                () -> encrypted(Customer.PERMISSIONS_WITH_KMS).withDisabledKey(),
                PUT,
                "disabled or scheduled for deletion"),
        ACCESS_KEY_INACTIVE(
                () -> new Customer().withBucket().withUser(Customer.PERMISSIONS).withKeyStatus("Inactive"),
                CREDENTIALS,
                "AKIA"),
        SECRET_OF_ANOTHER_KEY(
                () -> {
                    Customer customer = new Customer().withBucket().withUser(Customer.PERMISSIONS);
                    customer.names().put("secretAccessKey", "wrong".repeat(8));
                    return customer;
                },
                CREDENTIALS,
                "secret");

        @SuppressWarnings("ImmutableEnumChecker") // a recipe, which holds nothing
        private final Supplier<Customer> madeBy;

        private final String check;
        private final String says;

        Kind(Supplier<Customer> madeBy, String check, String says) {
            this.madeBy = madeBy;
            this.check = check;
            this.says = says;
        }
    }

    @BeforeEach
    void openDoor() {
        door = FrontDoor.as(admin);
    }

    @AfterEach
    void close() {
        clock.reset();
        door.close();
    }

    @ParameterizedTest
    @EnumSource
    void eachIsShownWithWhoRefusedAndWhatToDo(Kind kind) {
        Customer customer = kind.madeBy.get();
        boolean keys = customer.names().containsKey("accessKeyId");
        hasBeenRefusedForLong(customer, keys);
        IntegrationsPage integrations =
                IntegrationsPage.open(browsing.page(), door).startAdding("Plant 7", customer);

        (keys ? integrations.withKey(customer) : integrations.withRole(customer)).press("Test connection");

        assertThat(integrations.verdict()).containsText("problem");
        assertThat(integrations.check(kind.check)).containsText("Failed");
        assertThat(integrations.check(kind.check)).containsText(kind.says);
        assertThat(integrations.check(kind.check)).containsText("What to do");
    }

    private void hasBeenRefusedForLong(Customer customer, boolean keys) {
        admin.post("/v1/validations", customer.fill("""
                {"type": "S3", "target": {"region": "%s", "bucket": "${bucket}"}, "access": %s}""".formatted(customer.region(), keys ? KEY : ROLE)));
        clock.advance(LATER);
    }

    private static Customer role(String trust, String permissions) {
        return new Customer().withBucket().withRole(trust, permissions);
    }

    private static Customer encrypted(String permissions) {
        return new Customer().withBucket().withKey().withEncryptedBucket().withRole(Customer.TRUST, permissions);
    }
}
