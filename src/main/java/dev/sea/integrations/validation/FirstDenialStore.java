package dev.sea.integrations.validation;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.Sha256;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.probe.Subject;
import dev.sea.integrations.report.CheckId;
import dev.sea.integrations.table.TableKey;
import dev.sea.integrations.table.TypedItem;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Remembers when a role or policy first denied a call, for drafts too. It keeps one item for each tenant and what the tenant
 * presented (never the secret), until nobody has asked about it for two days. It only helps to tell IAM's delay from a
 * mistake, so a validation goes on if DynamoDB cannot read or write the item.
 */
@ApplicationScoped
class FirstDenialStore {
    /** Longer than the pauses of somebody who asks daily. A longer propagation window makes it longer. */
    private static final Duration KEPT = Duration.ofDays(2);

    private static final String DENIED = "denied";
    private static final String SINCE = "since";
    /**
     * Epoch seconds. DynamoDB removes items up to days later, so this is compared when the item is read.
     *
     * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html">Time to live</a>
     */
    private static final String TTL = "ttl";

    private static final Logger LOG = Logger.getLogger(FirstDenialStore.class);

    private final DynamoDbClient dynamoDb;
    private final SeaConfig config;
    private final InstantSource time;

    FirstDenialStore(DynamoDbClient dynamoDb, SeaConfig config, InstantSource time) {
        this.dynamoDb = dynamoDb;
        this.config = config;
        this.time = time;
    }

    /** Which checks were denied, and since when exactly these were. */
    record FirstDenial(Set<CheckId> denied, Instant since) {}

    Optional<FirstDenial> read(Subject subject) {
        try {
            Map<String, AttributeValue> item = dynamoDb.getItem(
                            r -> r.tableName(config.table()).key(key(subject)).consistentRead(true))
                    .item();
            return item.isEmpty() ? Optional.empty() : denial(item);
        } catch (SdkException e) {
            LOG.warn("The first denial could not be read", e);
            return Optional.empty();
        }
    }

    /** Keeps it from now on, whether it is new or was asked about again. */
    void write(Subject subject, FirstDenial denial) {
        Map<String, AttributeValue> item = new HashMap<>(key(subject));
        item.put(
                DENIED,
                AttributeValue.fromSs(
                        denial.denied().stream().map(CheckId::name).toList()));
        new TypedItem(item)
                .time(SINCE, denial.since())
                .number(TTL, time.instant().plus(kept()).getEpochSecond());
        try {
            dynamoDb.putItem(r -> r.tableName(config.table()).item(item));
        } catch (SdkException e) {
            LOG.warn("The first denial could not be written", e);
        }
    }

    void delete(Subject subject) {
        try {
            dynamoDb.deleteItem(r -> r.tableName(config.table()).key(key(subject)));
        } catch (SdkException e) {
            LOG.warn("The first denial could not be deleted", e);
        }
    }

    private Optional<FirstDenial> denial(Map<String, AttributeValue> item) {
        TypedItem typed = new TypedItem(item);
        if (!Instant.ofEpochSecond(typed.number(TTL)).isAfter(time.instant())) {
            return Optional.empty();
        }
        EnumSet<CheckId> denied = EnumSet.noneOf(CheckId.class);
        item.getOrDefault(DENIED, AttributeValue.fromSs(List.of())).ss().forEach(id -> denied.add(CheckId.valueOf(id)));
        return Optional.of(new FirstDenial(denied, typed.time(SINCE)));
    }

    private Duration kept() {
        Duration window = config.validation().propagationWindow();
        return window.compareTo(KEPT) > 0 ? window : KEPT;
    }

    private static Map<String, AttributeValue> key(Subject subject) {
        return TableKey.of(subject.tenant(), "SEEN#" + hash(subject));
    }

    private static String hash(Subject subject) {
        Target target = subject.target();
        String who = switch (subject.access()) {
            case PresentedAccess.Role(var role, var externalId) -> role + "\n" + externalId;
            case PresentedAccess.Keys keys -> keys.accessKeyId().value();
        };
        String presented = String.join(
                "\n",
                who,
                target.region().id(),
                target.bucket().value(),
                target.prefix().value(),
                target.expectedBucketOwner().map(Object::toString).orElse(""),
                target.kmsKey().map(Object::toString).orElse(""));
        return Sha256.hex(presented);
    }
}
