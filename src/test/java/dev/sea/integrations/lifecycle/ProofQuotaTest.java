package dev.sea.integrations.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.Tokens;
import dev.sea.integrations.externalid.ExternalIdTries;
import dev.sea.integrations.lifecycle.ProofQuotaStore.Place;
import dev.sea.integrations.security.Actor;
import dev.sea.integrations.security.AuditLog;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.testing.Configured;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.StoredData;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@QuarkusTest
class ProofQuotaTest {
    private static final int THREADS = 16;

    private final Tenant tenant = new Tenant(Gateway.freshTenant());
    private Instant now = Instant.parse("2026-05-01T10:00:42.200Z");
    private final InstantSource time = () -> now;

    @Inject
    DynamoDbClient dynamo;

    @Inject
    ExternalIdTries tries;

    @Test
    void aTenantHasItsNumberOfProofsInEachMinute() {
        ProofQuotaStore quota = quota(2, 0);
        quota.take(tenant);
        quota.take(tenant);

        assertThatExceptionOfType(TooManyValidations.class)
                .isThrownBy(() -> quota.take(tenant))
                .satisfies(problem -> {
                    assertThat(problem.type().status()).isEqualTo(429);
                    assertThat(problem.retryAfter()).contains(Duration.ofSeconds(18));
                    assertThat(problem.detail()).contains("2 validations a minute");
                });
        assertThat(quota.take(new Tenant(Gateway.freshTenant()))).isPresent();
        now = now.plusSeconds(18);
        assertThat(quota.take(tenant)).isPresent();
        assertThat(quota.take(tenant)).isPresent();
        assertThatExceptionOfType(TooManyValidations.class).isThrownBy(() -> quota.take(tenant));
        assertThat(new StoredData(tenant.id()).items("PROOFS"))
                .singleElement()
                .satisfies(item -> assertThat(item).containsKey("ttl"));
    }

    @Test
    void aTenantHasItsNumberOfProofsAtATime() {
        ProofQuotaStore quota = quota(0, 2);
        Place first = quota.take(tenant).orElseThrow();
        quota.take(tenant);

        assertThatExceptionOfType(TooManyValidations.class)
                .isThrownBy(() -> quota.take(tenant))
                .satisfies(problem -> {
                    assertThat(problem.detail()).contains("2 validations at a time");
                    assertThat(problem.retryAfter()).contains(Duration.ofSeconds(5));
                });
        assertThat(quota.take(new Tenant(Gateway.freshTenant()))).isPresent();
        quota.giveBack(first);
        assertThat(quota.take(tenant)).isPresent();
    }

    @Test
    void aCrashedProofKeepsItsPlaceForAMinuteOnly() {
        ProofQuotaStore quota = quota(0, 1);
        quota.take(tenant);

        now = now.plusMillis(59_999);
        assertThatExceptionOfType(TooManyValidations.class).isThrownBy(() -> quota.take(tenant));
        now = now.plusMillis(1);
        assertThat(quota.take(tenant)).isPresent();
    }

    @Test
    void whoeverAsksAtOnceTakesNoMoreThanThereIs() throws Exception {
        assertThat(takenAtOnce(quota(0, 3))).isEqualTo(3);
        now = now.plusSeconds(120);
        assertThat(takenAtOnce(quota(5, 0))).isEqualTo(5);
    }

    private long takenAtOnce(ProofQuotaStore quota) throws Exception {
        Callable<Optional<Place>> take = () -> {
            try {
                return quota.take(tenant);
            } catch (TooManyValidations refused) {
                return Optional.empty();
            }
        };
        List<Place> taken = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (Future<Optional<Place>> each : threads.invokeAll(Collections.nCopies(THREADS, take))) {
                each.get().ifPresent(taken::add);
            }
        }
        return taken.size();
    }

    @Test
    void zeroIsNoLimit() {
        assertThat(quota(0, 0).take(tenant)).isEmpty();
        assertThat(new StoredData(tenant.id()).items("PROOFS")).isEmpty();
    }

    @Test
    void aQuestionTakesAPlaceWhateverIsAsked() {
        LiveProofs proofs = new LiveProofs(quota(1, 0), tries, new AuditLog());
        Actor actor = new Actor(tenant, "ada", "198.51.100.7", "request");

        assertThat(proofs.during(actor, "look-up-bucket", "acme", () -> "there"))
                .isEqualTo("there");
        assertThatExceptionOfType(TooManyValidations.class)
                .isThrownBy(() -> proofs.during(actor, "look-up-bucket", "acme", Assertions::fail));
        assertThatExceptionOfType(TooManyValidations.class)
                .isThrownBy(() -> proofs.during(actor, "int_1", Assertions::fail));
    }

    private ProofQuotaStore quota(int perMinute, int atATime) {
        SeaConfig config = Configured.with(Map.of(
                "sea.limits.validations-per-minute", Integer.toString(perMinute),
                "sea.limits.validations-at-a-time", Integer.toString(atATime)));
        return new ProofQuotaStore(dynamo, config, new Tokens(new SecureRandom()), time);
    }
}
