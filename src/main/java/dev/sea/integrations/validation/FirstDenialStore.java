package dev.sea.integrations.validation;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.Sha256;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.probe.Subject;
import dev.sea.integrations.report.CheckId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Remembers when a role or policy was first seen to refuse, for drafts too: an item for a tenant and what was presented
 * (never the secret). It is a help for telling IAM's delay from a mistake: that it cannot be read or written never stops a
 * validation.
 */
@ApplicationScoped
class FirstDenialStore {
    private static final Duration KEPT = Duration.ofMinutes(15);
    private static final String DENIED = "denied";
    private static final String SINCE = "since";
    /** Epoch seconds; DynamoDB removes late, so it is compared when read. */
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

    /** Which checks were denied, and since when the very same. */
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

    void write(Subject subject, FirstDenial denial) {
        Map<String, AttributeValue> key = key(subject);
        try {
            dynamoDb.putItem(r -> r.tableName(config.table())
                    .item(Map.of(
                            "PK",
                            key.get("PK"),
                            "SK",
                            key.get("SK"),
                            DENIED,
                            AttributeValue.fromSs(
                                    denial.denied().stream().map(CheckId::name).toList()),
                            SINCE,
                            number(denial.since().toEpochMilli()),
                            TTL,
                            number(denial.since().plus(KEPT).getEpochSecond()))));
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
        Instant gone = Instant.ofEpochSecond(
                Long.parseLong(item.getOrDefault(TTL, number(0)).n()));
        if (!gone.isAfter(time.instant())) {
            return Optional.empty();
        }
        EnumSet<CheckId> denied = EnumSet.noneOf(CheckId.class);
        item.getOrDefault(DENIED, AttributeValue.fromSs(List.of())).ss().forEach(id -> denied.add(CheckId.valueOf(id)));
        return Optional.of(new FirstDenial(
                denied,
                Instant.ofEpochMilli(
                        Long.parseLong(item.getOrDefault(SINCE, number(0)).n()))));
    }

    private static Map<String, AttributeValue> key(Subject subject) {
        return Map.of(
                "PK", AttributeValue.fromS("TENANT#" + subject.tenant().id()),
                "SK", AttributeValue.fromS("SEEN#" + hash(subject)));
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

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }
}
