package dev.sea.integrations.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sea.integrations.Pauses;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.schedule.Shard;
import dev.sea.integrations.schedule.Sweep;
import dev.sea.integrations.schedule.SweepReport;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.simulation.Scheduler.Group;
import dev.sea.integrations.table.DuePartition;
import dev.sea.integrations.table.TableKey;
import dev.sea.integrations.table.TypedItem;
import dev.sea.integrations.testing.StoredData;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The service with its real beans on models of AWS, for tests that make each call to AWS go wrong in turn, or let requests
 * meet. One request runs at a time unless some are started at once; time stands still between them.
 */
public final class SimulatedService implements AutoCloseable {
    private static final double STICKINESS = 0.5;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Simulated jvm = Simulated.begin();
    private final SimulatedClock clock = new SimulatedClock();
    private final AwsModels aws = new AwsModels(clock);
    private final SplittableRandom random;
    private final Scheduler scheduler;
    private final Disturbance disturbance;
    private final Service.Clients clients;
    private @Nullable Wiring process;

    private SimulatedService(long seed) {
        random = new SplittableRandom(seed);
        scheduler = new Scheduler(random.split(), STICKINESS);
        disturbance = new Disturbance(clock, aws, scheduler, random.split());
        clients = new Service.Clients(
                AwsCalls.client(DynamoDbClient.class, aws.dynamo, disturbance),
                AwsCalls.client(SecretsManagerClient.class, aws.secrets, disturbance),
                AwsCalls.client(EventBridgeClient.class, aws.events, disturbance),
                AwsCalls.client(StsClient.class, aws.sts, disturbance),
                AwsCalls.client(S3Client.class, aws.s3, disturbance),
                AwsCalls.client(KmsClient.class, aws.kms, disturbance));
    }

    /** Starts with nothing stored. */
    public static SimulatedService begin() {
        return begin(1);
    }

    /**
     * Starts with nothing stored.
     *
     * @param seed decides in which order threads go on that could go on at the same time
     */
    public static SimulatedService begin(long seed) {
        return new SimulatedService(seed);
    }

    /** A request or sweep, which finds its beans in the process that runs it. */
    @FunctionalInterface
    public interface Work<T> {
        T in(Wiring process) throws Exception;
    }

    /**
     * What came of a request or sweep.
     *
     * @param result null if it failed or died
     * @param failure null if it succeeded or died
     * @param died whether the process ended before the request
     * @param calls to AWS and what they are about, those that went wrong too, such as {@code DynamoDb.getItem
     *     TENANT#acme|COUNT}
     */
    public record Outcome<T>(@Nullable T result, @Nullable Throwable failure, boolean died, List<String> calls) {

        public boolean isDone() {
            return failure == null && !died;
        }
    }

    /** Makes a request, which may run for 29 s. What the process remembers it knows from earlier ones. */
    public <T> Outcome<T> request(CrashPoint point, Work<T> work) {
        return run(point, Service.LONGEST_REQUEST, work);
    }

    /** Does a part of a sweep, which may run for 15 minutes. */
    public <T> Outcome<T> sweep(CrashPoint point, Work<T> work) {
        return run(point, Service.LONGEST_SWEEP, work);
    }

    /** Makes a request that succeeds. */
    public <T> T done(Work<T> work) {
        Outcome<T> outcome = request(CrashPoint.NONE, work);
        if (outcome.result() == null) {
            throw new AssertionError("not done: " + outcome.calls(), outcome.failure());
        }
        return outcome.result();
    }

    /** Sweeps the partition that holds an integration. */
    public SweepReport swept(String integration) {
        aws.spreadAll();
        Shard shard = new Shard(DuePartition.of(integration), DuePartition.COUNT);
        return done(it -> it.bean(Sweep.class).run(shard, Service.LONGEST_SWEEP));
    }

    private <T> Outcome<T> run(CrashPoint point, Duration most, Work<T> work) {
        Wiring running = process == null ? newProcess() : process;
        process = running;
        disturbance.begin(point, most);
        Running<T> request = new Running<>(running, work);
        goOn();
        if (disturbance.isCrashed()) {
            process = null;
            return new Outcome<>(null, null, true, disturbance.calls());
        }
        return request.outcome(disturbance.calls());
    }

    private void goOn() {
        while (scheduler.isReady()) {
            scheduler.step();
        }
    }

    /** A request under way. */
    private final class Running<T> {
        private final AtomicReference<@Nullable T> result = new AtomicReference<>();
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        private final Group group;

        Running(Wiring in, Work<T> work) {
            group = scheduler.start("request", () -> {
                try {
                    result.set(work.in(in));
                } catch (Scheduler.Over over) {
                    throw over;
                } catch (Throwable thrown) {
                    failure.set(thrown);
                }
            });
        }

        Outcome<T> outcome(List<String> calls) {
            if (!group.isOver()) {
                throw new AssertionError("waits for ever: " + calls);
            }
            return new Outcome<>(result.get(), failure.get(), false, calls);
        }
    }

    /**
     * Makes requests at the same time, in an order that the seed decides.
     *
     * @param shared whether one process runs them all, or each has its own
     */
    public <T> List<Outcome<T>> atOnce(boolean shared, List<Work<T>> all) {
        disturbance.begin(CrashPoint.NONE, Service.LONGEST_REQUEST);
        Wiring first = newProcess();
        List<Running<T>> running = new ArrayList<>();
        for (Work<T> work : all) {
            running.add(new Running<>(shared ? first : newProcess(), work));
        }
        goOn();
        return running.stream().map(it -> it.outcome(disturbance.calls())).toList();
    }

    private Wiring newProcess() {
        return Service.process(clients, clock, random.split(), new InstantPauses());
    }

    private final class InstantPauses extends Pauses {
        @Override
        public void pause(Duration time) {
            scheduler.letOthersGoOn();
            clock.advance(time);
        }
    }

    public Instant now() {
        return clock.instant();
    }

    /** Lets time pass. Calls that are on their way arrive before, and indexes know of all changes. */
    public void advance(Duration by) {
        disturbance.landAll();
        aws.spreadAll();
        clock.advance(by);
    }

    /** What is stored for a tenant. */
    public StoredData stored(String tenant) {
        return new StoredData(tenant, new Source());
    }

    private final class Source implements StoredData.Source {
        @Override
        public Stream<Map<String, AttributeValue>> items(String partition, String start) {
            return items(partition::equals, start);
        }

        @Override
        public Stream<Map<String, AttributeValue>> itemsOfAll(String partitions, String start) {
            return items(partition -> partition.startsWith(partitions), start);
        }

        private Stream<Map<String, AttributeValue>> items(Predicate<String> isWanted, String start) {
            return aws.dynamo.items().stream()
                    .map(Stored.Item::new)
                    .filter(item -> isWanted.test(item.pk()) && item.sk().startsWith(start))
                    .map(Stored.Item::attributes);
        }

        @Override
        public Stream<StoredData.Secret> secrets(String start) {
            return aws.secrets.secrets().values().stream()
                    .filter(secret -> secret.name().startsWith(start))
                    .map(secret -> new StoredData.Secret(
                            secret.name(), secret.deletion().isPresent()));
        }

        @Override
        public String secretsPrefix() {
            return Service.SECRETS;
        }
    }

    /** As if the role were one that IAM spread long ago, so that STS need not be asked about it once more. */
    public void validatedIn(Tenant tenant, IntegrationId integration, Duration wait) {
        aws.dynamo.updateItem(request -> request.tableName(Service.TABLE)
                .key(TableKey.of(tenant, "INT#" + integration))
                .updateExpression("SET dueAt = :due, health.nextCheckAt = :due REMOVE health.guardAgainAt")
                .expressionAttributeValues(
                        Map.of(":due", TypedItem.number(now().plus(wait).toEpochMilli()))));
    }

    /** Changes what is stored behind the service's back. */
    public DynamoDbClient table() {
        return aws.dynamo;
    }

    /** The name of {@link #table()}. */
    public String tableName() {
        return Service.TABLE;
    }

    /** The details of the events of one type that the bus has taken, oldest first. */
    public List<JsonNode> events(String detailType) {
        return aws.events.sent().stream()
                .filter(entry -> entry.detailType().equals(detailType))
                .map(PutEventsRequestEntry::detail)
                .map(SimulatedService::parsed)
                .toList();
    }

    private static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException broken) {
            throw new AssertionError(broken);
        }
    }

    /** Stores an object in the bucket of {@link SimulatedCustomer#TARGET}. */
    public void store(String key, String content) {
        AwsModels.store(aws.bucket(SimulatedCustomer.TARGET.bucket().value()), key, content, now());
    }

    @Override
    public void close() {
        scheduler.bury();
        jvm.close();
    }
}
