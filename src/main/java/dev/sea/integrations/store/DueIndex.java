package dev.sea.integrations.store;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.client.Availability;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.table.DuePartition;
import dev.sea.integrations.table.TableKey;
import dev.sea.integrations.table.TypedItem;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;

/**
 * What is due, by the sparse index {@code due}. Only active integrations are in it, and grants whose outcome is not known,
 * ordered by time within each partition; an integration and its grants lie in one partition. The index is a moment behind
 * the table, so a lease checks the table again.
 */
@ApplicationScoped
public class DueIndex {
    private static final String INDEX = "due";
    private static final Logger LOG = Logger.getLogger(DueIndex.class);

    private final DynamoDbClient dynamo;
    private final String table;

    DueIndex(DynamoDbClient dynamo, SeaConfig config) {
        this.dynamo = dynamo;
        this.table = config.table();
    }

    /** What was due at a time. */
    public sealed interface Due {
        Tenant tenant();

        Instant at();

        /** An integration, to be validated. */
        record Validation(Tenant tenant, IntegrationId id, Instant at) implements Due {}

        /** A grant that ran out without an outcome, which is to be looked for. */
        record Grant(Tenant tenant, GrantKey key, Instant at) implements Due {}

        /** An integration whose use fails, which is to be validated for that. */
        record FailingUse(Tenant tenant, IntegrationId id, Instant at) implements Due {}

        /** Empty for a key that is nobody's. Nothing else of its partition may wait for it. */
        static Optional<Due> of(Map<String, AttributeValue> item) {
            TypedItem attributes = new TypedItem(item);
            String sortKey = attributes.text(TableKey.SK);
            try {
                Tenant tenant = TableKey.tenant(attributes.text(TableKey.PK));
                Instant at = attributes.time(IntegrationItem.DUE_AT);
                if (sortKey.startsWith(GrantKey.START)) {
                    return Optional.of(new Grant(tenant, GrantKey.of(sortKey), at));
                }
                if (sortKey.startsWith(UseKey.START)) {
                    return Optional.of(new FailingUse(tenant, UseKey.integration(sortKey), at));
                }
                return Optional.of(new Validation(tenant, IntegrationItem.id(item), at));
            } catch (RuntimeException broken) {
                LOG.errorf(broken, "the index has %s, which is nothing that can be due", sortKey);
                return Optional.empty();
            }
        }
    }

    /**
     * The sort key of a grant, {@code GRANT#<integration>#<grant>}.
     *
     * @param grant its ID, as it is stored
     */
    public record GrantKey(IntegrationId integration, String grant) {
        private static final String START = "GRANT#";
        private static final Pattern PARTS = Pattern.compile(START + "([^#]+)#([^#]+)");

        /**
         * Of a stored item.
         *
         * @throws IllegalArgumentException where the text is no such key
         */
        public static GrantKey of(String sortKey) {
            Matcher parts = PARTS.matcher(sortKey);
            if (!parts.matches()) {
                throw new IllegalArgumentException(sortKey);
            }
            return new GrantKey(new IntegrationId(parts.group(1)), parts.group(2));
        }

        /** What the sort keys of an integration's grants start with. */
        public static String start(IntegrationId integration) {
            return START + integration.value() + "#";
        }

        public String sortKey() {
            return start(integration) + grant;
        }
    }

    /** The sort key of how an integration's use goes, {@code USE#<integration>}. */
    public static final class UseKey {
        private static final String START = "USE#";

        private UseKey() {}

        public static String sortKey(IntegrationId integration) {
            return START + integration.value();
        }

        static IntegrationId integration(String sortKey) {
            return new IntegrationId(sortKey.substring(START.length()));
        }
    }

    /** The attributes that put an integration, or something of it, into the index. */
    public static void add(TypedItem item, IntegrationId integration, Instant at) {
        item.number(IntegrationItem.DUE_PARTITION, DuePartition.of(integration.value()))
                .time(IntegrationItem.DUE_AT, at);
    }

    /** A place in a partition. */
    public record Place(int partition, Map<String, AttributeValue> after) {

        public static Place start(int partition) {
            return new Place(partition, Map.of());
        }
    }

    /**
     * What one query found.
     *
     * @param next where the next page starts; empty on the last one
     */
    public record Page(List<Due> due, Optional<Place> next) {}

    /** The most overdue first. */
    public Page page(Place place, Instant now, int limit) {
        QueryRequest.Builder request = due(place.partition(), now).limit(limit);
        if (!place.after().isEmpty()) {
            request.exclusiveStartKey(place.after());
        }
        QueryResponse answer = query(request.build());
        return new Page(
                answer.items().stream().flatMap(item -> Due.of(item).stream()).toList(),
                answer.hasLastEvaluatedKey()
                        ? Optional.of(new Place(place.partition(), answer.lastEvaluatedKey()))
                        : Optional.empty());
    }

    /** How many are due, up to one page of DynamoDB's (1 MB, some 8,000 keys). */
    public int count(int partition, Instant now) {
        return query(due(partition, now).select(Select.COUNT).build()).count();
    }

    private QueryRequest.Builder due(int partition, Instant now) {
        return QueryRequest.builder()
                .tableName(table)
                .indexName(INDEX)
                .keyConditionExpression("duePartition = :partition AND dueAt <= :now")
                .expressionAttributeValues(Map.of(
                        ":partition", TypedItem.number(partition),
                        ":now", TypedItem.number(now.toEpochMilli())));
    }

    private QueryResponse query(QueryRequest request) {
        return Availability.required(() -> dynamo.query(request));
    }
}
