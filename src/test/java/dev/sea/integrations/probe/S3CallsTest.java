package dev.sea.integrations.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.aws.AccessKeyId;
import dev.sea.integrations.aws.AccountId;
import dev.sea.integrations.aws.AwsRegion;
import dev.sea.integrations.aws.BucketName;
import dev.sea.integrations.aws.KeyPrefix;
import dev.sea.integrations.aws.SecretAccessKey;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.testing.Account;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.LocalAws;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Which calls confirm whose the bucket is. */
class S3CallsTest {
    private final Customer customer = new Customer().withBucket().withUser(Customer.PERMISSIONS);
    private final Target target = new Target(
            new AwsRegion("us-east-1"),
            new BucketName(customer.name("bucket")),
            KeyPrefix.NONE,
            Optional.empty(),
            Optional.empty());
    private final Session session = new Session(
            StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(customer.name("accessKeyId"), customer.name("secretAccessKey"))),
            new AccountId(Account.CUSTOMER.id()),
            "arn:aws:iam::" + Account.CUSTOMER.id() + ":user/any");
    private final BucketOwner owner = BucketOwner.of(
            new Subject(
                    new Tenant("acme"),
                    Optional.empty(),
                    target,
                    false,
                    new PresentedAccess.Keys(
                            new AccessKeyId(customer.name("accessKeyId")),
                            new SecretAccessKey(customer.name("secretAccessKey"))),
                    Optional.empty(),
                    false),
            session);
    private final S3Client s3 = S3Client.builder()
            .region(Region.US_EAST_1)
            .endpointOverride(LocalAws.endpoint())
            .forcePathStyle(true)
            .httpClient(UrlConnectionHttpClient.create())
            .build();
    private final S3Calls calls = new S3Calls(s3, target, owner, false, session);

    @AfterEach
    void close() {
        s3.close();
    }

    @Test
    void aCallThatNamesTheOwnerConfirmsIt() {
        assertThat(calls.head().isGiven()).isTrue();

        assertThat(owner.known()).contains(new AccountId(Account.CUSTOMER.id()));
    }

    @Test
    void aCallThatNamesNoOwnerConfirmsNone() {
        owner.refute();

        assertThat(calls.head().isGiven()).isTrue();

        assertThat(owner.known()).isEmpty();
    }
}
