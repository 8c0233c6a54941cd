package dev.sea.integrations.validation;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.aws.AccessKeyId;
import dev.sea.integrations.aws.AccountId;
import dev.sea.integrations.aws.AwsRegion;
import dev.sea.integrations.aws.BucketName;
import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.aws.KeyPrefix;
import dev.sea.integrations.aws.KmsKeyArn;
import dev.sea.integrations.aws.RoleArn;
import dev.sea.integrations.aws.SecretAccessKey;
import dev.sea.integrations.call.AssumedRoles;
import dev.sea.integrations.client.AwsConfig;
import dev.sea.integrations.client.RegionalClients;
import dev.sea.integrations.client.ServiceIdentity;
import dev.sea.integrations.integration.Health;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.probe.CredentialBroker;
import dev.sea.integrations.probe.Subject;
import dev.sea.integrations.report.ValidationReport;
import dev.sea.integrations.report.ValidationReport.Scope;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.LocalAws;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A Validator of its own beside the application's, with timings that a test chooses. */
final class TestValidator {
    /** Far from its time limits, however busy the machine, but without patience for what IAM spreads. */
    static final TestValidator USUAL =
            with(InstantSource.system(), Map.of("sea.validation.call-timeout", "25s", "sea.validation.budget", "25s"));

    private static final String FUNCTION_KEY = "AKIALOCALGATEWAY0000";
    private static final String FUNCTION_SECRET = "local-gateway-secret";

    private final Validator validator;

    private TestValidator(Validator validator) {
        this.validator = validator;
    }

    static TestValidator with(InstantSource time, Map<String, String> properties) {
        SmallRyeConfig configured = configured(properties);
        SeaConfig config = configured.getConfigMapping(SeaConfig.class);
        RegionalClients clients = new RegionalClients(config);
        ServiceIdentity service = new ServiceIdentity(configured.getConfigMapping(AwsConfig.class), config, clients);
        DynamoDbClient dynamoDb = DynamoDbClient.builder()
                .region(Region.of(service.region()))
                .endpointOverride(LocalAws.endpoint())
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(FUNCTION_KEY, FUNCTION_SECRET)))
                .build();
        return new TestValidator(new Validator(
                config,
                new CredentialBroker(clients, new AssumedRoles(clients, service)),
                clients,
                service,
                new FirstDenialStore(dynamoDb, config, time),
                time,
                new SecureRandom()));
    }

    Proof prove(Subject subject) {
        return validator.validate(subject, Scope.FULL);
    }

    ValidationReport validate(Subject subject) {
        return prove(subject).report();
    }

    ValidationReport validate(Subject subject, Scope scope) {
        return validator.validate(subject, scope).report();
    }

    ValidationReport validateLightly(Subject subject) {
        return validator.validate(subject, Scope.LIGHT).report();
    }

    /** The role of the customer's set-up, as a draft of a tenant that nobody else has. */
    static Subject draft(Customer customer) {
        return draft(
                customer,
                target(customer, ""),
                new PresentedAccess.Role(
                        new RoleArn(customer.name("roleArn")), new ExternalId(customer.name("externalId"))));
    }

    static Subject draftWithKeys(Customer customer) {
        return draft(
                customer,
                target(customer, ""),
                new PresentedAccess.Keys(
                        new AccessKeyId(customer.name("accessKeyId")),
                        new SecretAccessKey(customer.name("secretAccessKey"))));
    }

    static Subject draft(Customer customer, Target target, PresentedAccess access) {
        return new Subject(
                new Tenant("tenant-" + customer.name("run")),
                Optional.empty(),
                target,
                true,
                access,
                Optional.empty(),
                false);
    }

    static Target target(Customer customer, String prefix) {
        return new Target(
                new AwsRegion("us-east-1"),
                new BucketName(customer.name("bucket")),
                new KeyPrefix(prefix),
                Optional.empty(),
                Optional.empty());
    }

    static Subject under(String prefix, Subject subject) {
        Target t = subject.target();
        return at(
                new Target(t.region(), t.bucket(), new KeyPrefix(prefix), t.expectedBucketOwner(), t.kmsKey()),
                subject);
    }

    /** With the region that the customer's bucket is in. */
    static Subject inItsRegion(Customer customer, Subject subject) {
        Target t = subject.target();
        return at(
                new Target(
                        new AwsRegion(customer.region()), t.bucket(), t.prefix(), t.expectedBucketOwner(), t.kmsKey()),
                subject);
    }

    static Subject ownedBy(String account, Subject subject) {
        Target t = subject.target();
        return at(
                new Target(t.region(), t.bucket(), t.prefix(), Optional.of(new AccountId(account)), t.kmsKey()),
                subject);
    }

    static Subject withKey(String keyArn, Subject subject) {
        Target t = subject.target();
        return at(
                new Target(
                        t.region(),
                        t.bucket(),
                        t.prefix(),
                        t.expectedBucketOwner(),
                        Optional.of(new KmsKeyArn(keyArn))),
                subject);
    }

    static Subject at(Target target, Subject s) {
        return new Subject(
                s.tenant(),
                s.integration(),
                target,
                s.sessionMetadata(),
                s.access(),
                s.pinnedOwner(),
                s.provedBefore());
    }

    static Subject withoutSessionMetadata(Subject s) {
        return new Subject(
                s.tenant(), s.integration(), s.target(), false, s.access(), s.pinnedOwner(), s.provedBefore());
    }

    static Subject pinnedTo(String account, Subject s) {
        return new Subject(
                s.tenant(),
                s.integration(),
                s.target(),
                s.sessionMetadata(),
                s.access(),
                Optional.of(new AccountId(account)),
                s.provedBefore());
    }

    static Subject provedBefore(Subject s) {
        return new Subject(
                s.tenant(), s.integration(), s.target(), s.sessionMetadata(), s.access(), s.pinnedOwner(), true);
    }

    /**
     * As an integration that passed just now: the owner and the key that this proof learned are known, and the object is there.
     */
    static Subject afterPass(Subject s, Proof proof) {
        return new Subject(
                s.tenant(),
                Optional.of(new IntegrationId("int_01JD9Z00000000000000000000")),
                s.target(),
                s.sessionMetadata(),
                s.access(),
                proof.owner(),
                true,
                Optional.of(new Health.FullPass(1, Instant.EPOCH, true, proof.encryption(), Optional.empty())),
                true);
    }

    static SeaConfig config(Map<String, String> properties) {
        return configured(properties).getConfigMapping(SeaConfig.class);
    }

    private static SmallRyeConfig configured(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(Map.of(
                "sea.function", "all",
                "sea.stage", "local",
                "sea.table", "local-sea-external-integrations",
                "sea.secrets-prefix", "local/sea-external-integrations",
                "sea.region", "us-east-1",
                "sea.gateway-role-arn", Customer.GATEWAY_ROLE,
                "sea.local-aws.access-key-id", FUNCTION_KEY,
                "sea.local-aws.secret-access-key", FUNCTION_SECRET,
                "sea.local-aws.endpoint", LocalAws.endpoint().toString(),
                "sea.validation.propagation-patience", "0s"));
        all.put("sea.event-bus", "local-sea-external-integrations");
        all.putAll(properties);
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(SeaConfig.class)
                .withMapping(AwsConfig.class)
                .withDefaultValues(all)
                .withValidateUnknown(false)
                .build();
    }
}
