package dev.sea.integrations.testing;

import dev.sea.integrations.integration.IntegrationName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.secretsmanager.model.FilterNameStringType;

/** What the service has stored for a tenant, read directly from AWS, and whether it is consistent. */
public final class StoredData {
    public static final String TABLE = "local-sea-external-integrations";
    private final String tenant;
    private final Source source;

    /** In the local AWS. */
    public StoredData(String tenant) {
        this(tenant, new InLocalAws());
    }

    public StoredData(String tenant, Source source) {
        this.tenant = tenant;
        this.source = source;
    }

    /** Where the service stores. */
    public interface Source {
        /** Those items of one partition whose sort keys start with a text. */
        Stream<Map<String, AttributeValue>> items(String partition, String start);

        /** Those items of the partitions that start with a text whose sort keys start with another. */
        Stream<Map<String, AttributeValue>> itemsOfAll(String partitions, String start);

        /** The secrets whose names start with a text. */
        Stream<Secret> secrets(String start);

        /** The start of the names of all tenants' secrets. */
        String secretsPrefix();
    }

    /**
     * A secret that is there.
     *
     * @param leaving whether it is scheduled for deletion
     */
    public record Secret(String name, boolean leaving) {}

    /** The key of an integration's record. */
    public static Map<String, AttributeValue> key(String tenant, String integration) {
        return Map.of("PK", AttributeValue.fromS("TENANT#" + tenant), "SK", AttributeValue.fromS("INT#" + integration));
    }

    /** Makes an integration look as after three validations whose put failed. */
    public void makeUnhealthy(String integration) {
        Account.SERVICE
                .dynamoDb()
                .updateItem(request -> request.tableName(TABLE)
                        .key(key(tenant, integration))
                        .updateExpression("SET #health.#status = :status, #health.#failed = :put")
                        .expressionAttributeNames(
                                Map.of("#health", "health", "#status", "status", "#failed", "failedChecks"))
                        .expressionAttributeValues(Map.of(
                                ":status", AttributeValue.fromS("UNHEALTHY"), ":put", AttributeValue.fromS("put"))));
    }

    /** Each broken invariant, as a sentence. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        List<Map<String, AttributeValue>> records = items("INT#");
        List<String> needed = texts(records, "secretName");
        List<String> there = secrets();
        List<String> marked = markers();
        needed.stream().filter(name -> !there.contains(name)).forEach(name -> problems.add("record without " + name));
        there.stream()
                .filter(name -> !needed.contains(name) && !marked.contains(name))
                .forEach(name -> problems.add("nothing points to " + name));
        Map<String, String> names = new HashMap<>();
        items("NAME#").forEach(claim -> names.put(text(claim, "SK"), text(claim, "integration")));
        for (Map<String, AttributeValue> record : records) {
            String claim = "NAME#" + new IntegrationName(text(record, "name")).claim();
            if (!text(record, "SK").equals("INT#" + names.remove(claim))) {
                problems.add(text(record, "SK") + " has no claim of its name");
            }
        }
        names.forEach((claim, owner) -> problems.add(claim + " belongs to " + owner + ", which is gone or renamed"));
        Map<String, Long> uses = new HashMap<>();
        texts(records, "externalId").forEach(id -> uses.merge(id, 1L, Long::sum));
        uses.forEach((id, number) -> {
            if (uses(id) != number) {
                problems.add(id + " counts " + uses(id) + " uses of " + number);
            }
        });
        if (count() != records.size()) {
            problems.add("counted " + count() + " of " + records.size());
        }
        return problems;
    }

    /** Names of the secrets that are not scheduled for deletion. */
    public List<String> secrets() {
        return secrets(false);
    }

    public List<String> recoverableSecrets() {
        return secrets(true);
    }

    private List<String> secrets(boolean leaving) {
        return source.secrets(prefix())
                .filter(secret -> secret.leaving() == leaving)
                .map(Secret::name)
                .toList();
    }

    /** Names of the tenant's secrets that have a marker. */
    public List<String> markers() {
        return source.itemsOfAll("ORPHAN#", prefix())
                .map(item -> text(item, "SK"))
                .toList();
    }

    public long count() {
        return items("COUNT").stream()
                .mapToLong(item -> number(item, "integrations"))
                .sum();
    }

    /** How many uses of an external ID the tenant's claim counts; -1 if the claim is not the tenant's. */
    public long uses(String externalId) {
        Map<String, AttributeValue> claim = claim(externalId);
        return claim.isEmpty() ? -1 : number(claim, "uses");
    }

    /** The tenant's claim of an external ID; empty if there is none, or another tenant has it. */
    public Map<String, AttributeValue> claim(String externalId) {
        try {
            String hash = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(externalId.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8)));
            return source.items("EXTID#" + hash, "CLAIM")
                    .filter(claim -> text(claim, "tenant").equals(tenant))
                    .findAny()
                    .orElse(Map.of());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The tenant's items whose sort key starts with a text. */
    public List<Map<String, AttributeValue>> items(String start) {
        return source.items("TENANT#" + tenant, start).toList();
    }

    private String prefix() {
        return source.secretsPrefix() + "/" + tenant + "/";
    }

    private static final class InLocalAws implements Source {
        @Override
        public Stream<Map<String, AttributeValue>> items(String partition, String start) {
            return Account.SERVICE
                    .dynamoDb()
                    .queryPaginator(request -> request.tableName(TABLE)
                            .keyConditionExpression("PK = :pk AND begins_with(SK, :sk)")
                            .expressionAttributeValues(
                                    Map.of(":pk", AttributeValue.fromS(partition), ":sk", AttributeValue.fromS(start)))
                            .consistentRead(true))
                    .items()
                    .stream();
        }

        @Override
        public Stream<Map<String, AttributeValue>> itemsOfAll(String partitions, String start) {
            return Account.SERVICE
                    .dynamoDb()
                    .scanPaginator(request -> request.tableName(TABLE)
                            .filterExpression("begins_with(PK, :partitions) AND begins_with(SK, :start)")
                            .expressionAttributeValues(Map.of(
                                    ":partitions", AttributeValue.fromS(partitions),
                                    ":start", AttributeValue.fromS(start)))
                            .consistentRead(true))
                    .items()
                    .stream();
        }

        @Override
        public Stream<Secret> secrets(String start) {
            return Account.SERVICE
                    .secretsManager()
                    .listSecretsPaginator(request -> request.includePlannedDeletion(true)
                            .filters(filter ->
                                    filter.key(FilterNameStringType.NAME).values(start)))
                    .stream()
                    .flatMap(page -> page.secretList().stream())
                    .filter(secret -> secret.name().startsWith(start))
                    .map(secret -> new Secret(secret.name(), secret.deletedDate() != null));
        }

        @Override
        public String secretsPrefix() {
            return "local/sea-external-integrations";
        }
    }

    private static List<String> texts(List<Map<String, AttributeValue>> items, String name) {
        return items.stream()
                .filter(item -> item.containsKey(name))
                .map(item -> text(item, name))
                .toList();
    }

    private static String text(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null ? "" : value.s();
    }

    private static long number(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null ? 0 : Long.parseLong(value.n());
    }
}
