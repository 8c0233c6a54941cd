package dev.sea.integrations.simulation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.sea.integrations.JsonTimes;
import dev.sea.integrations.Pauses;
import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.api.SimulatedCreation;
import dev.sea.integrations.aws.AwsRegion;
import dev.sea.integrations.client.AwsConfig;
import dev.sea.integrations.client.RegionalClients;
import dev.sea.integrations.client.ServiceIdentity;
import dev.sea.integrations.destination.Failover;
import dev.sea.integrations.destination.SimulatedDestinations;
import dev.sea.integrations.event.BusEvent;
import dev.sea.integrations.event.Metrics;
import dev.sea.integrations.event.SimulatedMetrics;
import dev.sea.integrations.evidence.SimulatedOutcomes;
import dev.sea.integrations.lifecycle.EarlierRecordings;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.enterprise.event.Event;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sts.StsClient;

/** Processes of the service: the real beans, with the configuration that is shipped, on models of AWS. */
final class Service {
    static final String TABLE = "simulated";
    static final String SECRETS = "simulated/sea-external-integrations";
    static final String GATEWAY = "arn:aws:iam::111122223333:role/sea-gateway";
    static final String KEY = "AKIALOCALGATEWAY0000";
    static final String SECRET = "local-gateway-secret";
    private static final SmallRyeConfig CONFIGURATION = new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(SeaConfig.class)
            .withMapping(AwsConfig.class)
            .withDefaultValues(values())
            .build();
    private static final SeaConfig CONFIG = CONFIGURATION.getConfigMapping(SeaConfig.class);
    private static final AwsConfig AWS = CONFIGURATION.getConfigMapping(AwsConfig.class);
    private static final ObjectMapper JSON = json();
    private static final AwsCredentialsProvider OWN =
            StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, SECRET));

    private Service() {}

    private static Map<String, String> values() {
        Map<String, String> values = new HashMap<>();
        values.put("sea.function", "all");
        values.put("sea.stage", "simulated");
        values.put("sea.table", TABLE);
        values.put("sea.event-bus", "simulated");
        values.put("sea.secrets-prefix", SECRETS);
        values.put("sea.region", "us-east-1");
        values.put("sea.gateway-role-arn", GATEWAY);
        values.put("sea.limits.integrations", "4");
        values.put("sea.limits.reserved-external-ids", "3");
        values.put("sea.limits.external-ids-per-account", "0");
        // So that one ends while somebody is about to use it.
        values.put("sea.external-id.reservation", "30m");
        values.put("sea.limits.validations-at-a-time", "5");
        // Time limits are by the real clock, which runs on while the machine does something else.
        values.put("sea.validation.budget", "25s");
        values.put("sea.validation.call-timeout", "25s");
        values.put("sea.validation.propagation-patience", "0s");
        return values;
    }

    private static ObjectMapper json() {
        ObjectMapper json = new ObjectMapper().findAndRegisterModules();
        json.disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
        new JsonTimes().customize(json);
        return json;
    }

    /** The models, each behind calls that may fail. */
    record Clients(
            DynamoDbClient dynamo,
            SecretsManagerClient secrets,
            EventBridgeClient events,
            StsClient sts,
            S3Client s3,
            KmsClient kms) {}

    /** A new process. */
    static Wiring process(Clients clients, InstantSource time, RandomGenerator random, Pauses pauses) {
        Wiring wiring = new Wiring()
                .given(SeaConfig.class, CONFIG)
                .given(AwsConfig.class, AWS)
                .given(ObjectMapper.class, JSON)
                .given(InstantSource.class, time)
                .given(RandomGenerator.class, random)
                .given(Pauses.class, pauses)
                .given(DynamoDbClient.class, clients.dynamo())
                .given(SecretsManagerClient.class, clients.secrets())
                .given(EventBridgeClient.class, clients.events());
        Regional regional = REGIONAL.get();
        regional.clients = clients;
        wiring.given(RegionalClients.class, regional);
        wiring.given(ServiceIdentity.class, new Identity(regional));
        wiring.given(Metrics.class, SimulatedMetrics.unread(JSON, CONFIG, time));
        wiring.put(SimulatedCreation.answers(), SimulatedCreation.answersWithoutRequest(JSON));
        wiring.put(Event.class, events(wiring));
        wiring.implemented(EarlierRecordings.class, SimulatedOutcomes.evidence());
        return wiring;
    }

    /** Tells the beans that observe events, as CDI does: at once, on the same thread. */
    private static Object events(Wiring wiring) {
        return Proxy.newProxyInstance(
                Event.class.getClassLoader(), new Class<?>[] {Event.class}, (_, method, arguments) -> {
                    if (!method.getName().equals("fire")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    SimulatedDestinations.observe(wiring.bean(Failover.class), (BusEvent) arguments[0]);
                    return null;
                });
    }

    /** Each makes an HTTP client that nobody uses, which takes longer than all else in a process. So runs share one. */
    private static final ThreadLocal<Regional> REGIONAL = ThreadLocal.withInitial(Regional::new);

    /** One client for all Regions. */
    private static final class Regional extends RegionalClients {
        @Nullable
        Clients clients;

        Regional() {
            super(CONFIG);
        }

        @Override
        public S3Client s3(AwsRegion region) {
            return clients().s3();
        }

        private Clients clients() {
            return Objects.requireNonNull(clients);
        }

        @Override
        public KmsClient kms(AwsRegion region) {
            return clients().kms();
        }

        @Override
        public StsClient sts(String region) {
            return clients().sts();
        }
    }

    /** Has a session of the gateway role that lasts: the SDK would renew it on threads of its own. */
    private static final class Identity extends ServiceIdentity {
        Identity(RegionalClients clients) {
            super(AWS, CONFIG, clients);
        }

        @Override
        public AwsCredentialsProvider gatewaySession() {
            return OWN;
        }
    }

    /** How long a request to the API may run, by API Gateway and Lambda. */
    static final Duration LONGEST_REQUEST = Duration.ofSeconds(29);

    /** How long a sweep may run: Lambda's own limit. */
    static final Duration LONGEST_SWEEP = Duration.ofMinutes(15);
}
