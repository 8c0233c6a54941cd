package dev.sea.integrations.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.client.Availability;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.problem.Unavailable;
import dev.sea.integrations.report.ReportView;
import dev.sea.integrations.report.ValidationReport;
import dev.sea.integrations.report.ValidationReport.Scope;
import dev.sea.integrations.report.ValidationReport.Status;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.table.QueryPage;
import dev.sea.integrations.table.TableKey;
import dev.sea.integrations.table.TypedItem;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** The reports on stored integrations, as the API shows them, for 90 days. A report holds no secret. */
@ApplicationScoped
public class ValidationHistory {
    /** The form of a report's position in its history. */
    public static final Pattern POSITION = Pattern.compile("[0-9]{13}-[0-9a-f]{8}");

    private static final Duration KEPT = Duration.ofDays(90);
    private static final String REPORT = "report";
    private static final Logger LOG = Logger.getLogger(ValidationHistory.class);

    private final DynamoDbClient dynamo;
    private final String table;
    private final ObjectMapper json;
    private final InstantSource time;
    private final RandomGenerator random;

    ValidationHistory(
            DynamoDbClient dynamo, SeaConfig config, ObjectMapper json, InstantSource time, RandomGenerator random) {
        this.dynamo = dynamo;
        this.table = config.table();
        this.json = json;
        this.time = time;
        this.random = random;
    }

    /** Adds a report. The validation is done and its health written, so a failure here is logged and goes no further. */
    public void keep(Tenant tenant, IntegrationId id, ValidationReport report) {
        Instant now = time.instant();
        // The random end tells two reports of one millisecond apart.
        String position =
                "%013d-%s".formatted(now.toEpochMilli(), HexFormat.of().toHexDigits(random.nextInt()));
        Map<String, AttributeValue> item = new HashMap<>(key(tenant, id, position));
        new TypedItem(item)
                .text(REPORT, write(report))
                .number("ttl", now.plus(KEPT).getEpochSecond());
        try {
            Availability.required(
                    () -> dynamo.putItem(request -> request.tableName(table).item(item)));
        } catch (Unavailable lost) {
            LOG.warnf(lost, "a report on %s is not in its history", id);
        }
    }

    /**
     * A page.
     *
     * @param reports as JSON objects, see {@link ReportView}
     * @param next position of the last one; empty on the last page
     */
    public record Page(List<JsonNode> reports, Optional<String> next) {}

    /** One Query, newest first. Leaves out expired reports, which DynamoDB may take days to remove. */
    public Page page(Tenant tenant, IntegrationId id, Optional<String> after, int limit) {
        QueryRequest.Builder query = QueryRequest.builder()
                .tableName(table)
                .keyConditionExpression("PK = :tenant AND begins_with(SK, :reports)")
                .filterExpression("#ttl > :now")
                .expressionAttributeNames(Map.of("#ttl", "ttl"))
                .expressionAttributeValues(Map.of(
                        ":tenant", AttributeValue.fromS(TableKey.ofTenant(tenant)),
                        ":reports", AttributeValue.fromS(prefix(id)),
                        ":now", TypedItem.number(time.instant().getEpochSecond())))
                .scanIndexForward(false)
                .consistentRead(true)
                // One more than asked for shows whether there is a next page.
                .limit(limit + 1);
        after.ifPresent(position -> query.exclusiveStartKey(key(tenant, id, position)));
        QueryPage page = QueryPage.of(Availability.required(() -> dynamo.query(query.build())), limit);
        return new Page(
                page.items().stream().flatMap(item -> report(item).stream()).toList(),
                page.last()
                        .map(item -> new TypedItem(item)
                                .text(TableKey.SK)
                                .substring(prefix(id).length())));
    }

    /** Empty if it cannot be read: the others can. */
    private Optional<JsonNode> report(Map<String, AttributeValue> item) {
        try {
            return Optional.of(json.readTree(new TypedItem(item).text(REPORT)));
        } catch (JsonProcessingException | RuntimeException broken) {
            LOG.errorf(broken, "the report %s cannot be read", new TypedItem(item).text(TableKey.SK));
            return Optional.empty();
        }
    }

    /** A light pass comes once an hour, so only a summary of it is stored. */
    private String write(ValidationReport report) {
        ObjectNode view = json.valueToTree(ReportView.of(report));
        if (report.scope() == Scope.LIGHT && report.status() == Status.HEALTHY) {
            view.putArray("checks");
            view.remove("advice");
            view.put("summary", report.summary());
        }
        return view.toString();
    }

    private static Map<String, AttributeValue> key(Tenant tenant, IntegrationId id, String position) {
        return TableKey.of(tenant, prefix(id) + position);
    }

    private static String prefix(IntegrationId id) {
        return "VAL#" + id.value() + "#";
    }
}
