package dev.sea.integrations.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.report.ValidationReport;
import dev.sea.integrations.report.ValidationReport.Scope;
import dev.sea.integrations.report.ValidationReport.Status;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.store.IntegrationStore;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Drafts;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.LocalAws;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/**
 * How long validations take beside the calls that must wait for each other, the first of an integration and later ones: a
 * measurement, run by {@code bench/run}.
 */
@QuarkusTest
class PathsOfValidations {
    private static final int WARM_UP = 25;
    private static final int RUNS = Integer.getInteger("bench.runs", 11);
    private static final List<Integer> LATENCIES_MS = List.of(0, 20, 100);
    private static final Set<String> FOR_CREDENTIALS = Set.of("AssumeRole", "GetCallerIdentity");
    private static final Set<String> OF_OBJECT =
            Set.of("GetObject", "GetObjectTagging", "Encrypt", "GenerateDataKey", "Decrypt");

    @Inject
    IntegrationStore store;

    @Inject
    Proving proving;

    @Inject
    HealthRecords records;

    private final String tenant = Gateway.freshTenant();
    private final Gateway admin = Gateway.admin(tenant);
    private final List<String> table = new ArrayList<>(List.of(
            "| latency of a call | access | validation | calls | ms | credentials, put and the slowest call on its object, ms |"
                    + " times these | credentials and the slowest other call, ms | times these |",
            "|---|---|---|---|---|---|---|---|---|"));

    /** One customer's integration as it was before its first proof, and as it is after it. */
    private record Subject(String name, Integration fresh, Integration proved) {}

    private enum Kind {
        FIRST("first", Scope.FULL),
        FULL("again, FULL", Scope.FULL),
        LIGHT("again, LIGHT", Scope.LIGHT);

        private final String label;
        private final Scope scope;

        Kind(String label, Scope scope) {
            this.label = label;
            this.scope = scope;
        }
    }

    /** Of one validation: milliseconds. */
    private record Measured(int calls, double took, double three, double two) {}

    @Test
    void measure() throws IOException {
        List<Subject> subjects = new ArrayList<>();
        for (boolean encrypted : new boolean[] {false, true}) {
            Customer customer = customer(encrypted);
            String suffix = encrypted ? ", SSE-KMS" : "";
            subjects.add(subject("role" + suffix, Drafts.of(customer, "role" + suffix)));
            subjects.add(subject("access key" + suffix, Drafts.keysOf(customer, "key" + suffix)));
        }
        for (int warm = 0; warm < WARM_UP; warm++) {
            for (Subject subject : subjects) {
                for (Kind kind : Kind.values()) {
                    validate(subject, kind);
                }
            }
        }
        for (int latency : LATENCIES_MS) {
            try (var _ = LocalAws.latency(latency)) {
                subjects.forEach(subject -> measure(latency, subject));
            }
        }
        Path report = Path.of("target", "bench", "path.md");
        Files.createDirectories(report.getParent());
        Files.writeString(
                report,
                RUNS + " validations each, the kinds of one integration in turns.\n\n" + String.join("\n", table)
                        + "\n");
    }

    private void measure(int latency, Subject subject) {
        Map<Kind, List<Measured>> of = new EnumMap<>(Kind.class);
        for (int run = 0; run < RUNS; run++) {
            for (Kind kind : Kind.values()) {
                of.computeIfAbsent(kind, _ -> new ArrayList<>()).add(validate(subject, kind));
            }
        }
        of.forEach((kind, measured) -> table.add("| %d ms | %s | %s | %d | %s | %s | %s | %s | %s |"
                .formatted(
                        latency,
                        subject.name(),
                        kind.label,
                        measured.stream().mapToInt(Measured::calls).max().orElseThrow(),
                        spread(measured, Measured::took, 0),
                        spread(measured, Measured::three, 0),
                        spread(measured, it -> it.took() / it.three(), 2),
                        spread(measured, Measured::two, 0),
                        spread(measured, it -> it.took() / it.two(), 2))));
    }

    private Measured validate(Subject subject, Kind kind) {
        Integration integration = kind == Kind.FIRST ? subject.fresh() : subject.proved();
        long since = System.currentTimeMillis();
        ValidationReport report =
                proving.stored(integration, kind.scope).proof().report();
        assertThat(report.status()).as("%s", report).isEqualTo(Status.HEALTHY);
        List<LocalAws.Call> calls = LocalAws.calls(since, Map.of());
        double credentials = slowest(calls, call -> FOR_CREDENTIALS.contains(call.operation()) && call.status() == 200);
        double put = slowest(calls, call -> call.operation().equals("PutObject"));
        return new Measured(
                calls.size(),
                report.duration().toNanos() / 1e6,
                credentials + put + slowest(calls, call -> OF_OBJECT.contains(call.operation())),
                credentials + slowest(calls, call -> Set.of("s3", "kms").contains(call.service())));
    }

    private static double slowest(List<LocalAws.Call> calls, Predicate<LocalAws.Call> which) {
        return calls.stream()
                .filter(which)
                .mapToDouble(call -> call.end() - call.start())
                .max()
                .orElseThrow();
    }

    private Subject subject(String name, Drafts draft) {
        Gateway.Answer created = admin.post("/v1/integrations?validate=false", draft.toString());
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        IntegrationId id = new IntegrationId(created.json().path("id").asText());
        Integration fresh = store.get(new Tenant(tenant), id);
        records.record(fresh, proving.stored(fresh, Scope.FULL).proof());
        Gateway.Answer activated = admin.post("/v1/integrations/" + id + "/activate", null);
        assertThat(activated.status()).as(activated.text()).isEqualTo(200);
        return new Subject(name, fresh, store.get(new Tenant(tenant), id));
    }

    private static Customer customer(boolean encrypted) {
        if (!encrypted) {
            return Customer.healthy().withUser(Customer.PERMISSIONS);
        }
        return new Customer()
                .withKey()
                .withBucket()
                .withEncryptedBucket()
                .withRole(Customer.TRUST, Customer.PERMISSIONS_WITH_KMS)
                .withUser(Customer.PERMISSIONS_WITH_KMS);
    }

    /** The median, and the quartiles in brackets. */
    private static String spread(List<Measured> measured, ToDoubleFunction<Measured> of, int digits) {
        double[] sorted = measured.stream().mapToDouble(of).sorted().toArray();
        String format = "%,." + digits + "f";
        return String.format(
                Locale.ROOT,
                format + " (" + format + " to " + format + ")",
                sorted[sorted.length / 2],
                sorted[sorted.length / 4],
                sorted[sorted.length * 3 / 4]);
    }
}
