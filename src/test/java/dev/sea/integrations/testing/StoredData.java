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
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;

/** What the service has stored for a tenant, read directly from AWS, and whether it is consistent. */
public final class StoredData {
    public static final String TABLE = "local-sea-external-integrations";
    private final String tenant;

    public StoredData(String tenant) {
        this.tenant = tenant;
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
        return allSecrets()
                .filter(secret -> secret.deletedDate() == null)
                .map(SecretListEntry::name)
                .toList();
    }

    public List<String> recoverableSecrets() {
        return allSecrets()
                .filter(secret -> secret.deletedDate() != null)
                .map(SecretListEntry::name)
                .toList();
    }

    /** Names of the tenant's secrets that have a marker. */
    public List<String> markers() {
        return Account.SERVICE
                .dynamoDb()
                .scanPaginator(request -> request.tableName(TABLE)
                        .filterExpression("begins_with(PK, :orphan) AND begins_with(SK, :prefix)")
                        .expressionAttributeValues(Map.of(
                                ":orphan", AttributeValue.fromS("ORPHAN#"), ":prefix", AttributeValue.fromS(prefix())))
                        .consistentRead(true))
                .items()
                .stream()
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
            return query("EXTID#" + hash, "CLAIM").stream()
                    .filter(claim -> text(claim, "tenant").equals(tenant))
                    .findAny()
                    .orElse(Map.of());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The tenant's items whose sort key starts with a text. */
    public List<Map<String, AttributeValue>> items(String start) {
        return query("TENANT#" + tenant, start);
    }

    private String prefix() {
        return "local/sea-external-integrations/" + tenant + "/";
    }

    private Stream<SecretListEntry> allSecrets() {
        return Account.SERVICE
                .secretsManager()
                .listSecretsPaginator(request -> request.includePlannedDeletion(true)
                        .filters(filter -> filter.key(FilterNameStringType.NAME).values(prefix())))
                .stream()
                .flatMap(page -> page.secretList().stream())
                .filter(secret -> secret.name().startsWith(prefix()));
    }

    private static List<Map<String, AttributeValue>> query(String partition, String start) {
        return Account.SERVICE
                .dynamoDb()
                .queryPaginator(request -> request.tableName(TABLE)
                        .keyConditionExpression("PK = :pk AND begins_with(SK, :sk)")
                        .expressionAttributeValues(
                                Map.of(":pk", AttributeValue.fromS(partition), ":sk", AttributeValue.fromS(start)))
                        .consistentRead(true))
                .items()
                .stream()
                .toList();
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
