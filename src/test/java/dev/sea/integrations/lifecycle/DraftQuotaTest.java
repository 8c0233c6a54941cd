package dev.sea.integrations.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.StoredData;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@QuarkusTest
class DraftQuotaTest {
    private final Tenant tenant = new Tenant(Gateway.freshTenant());
    private Instant now = Instant.parse("2026-05-01T10:00:42.200Z");
    private final InstantSource time = () -> now;

    @Inject
    DynamoDbClient dynamo;

    @Test
    void aTenantHasItsNumberOfDraftsInEachMinute() {
        DraftQuotaStore quota = quota(2);
        quota.take(tenant);
        quota.take(tenant);

        assertThatExceptionOfType(TooManyValidations.class)
                .isThrownBy(() -> quota.take(tenant))
                .satisfies(problem -> {
                    assertThat(problem.type().status()).isEqualTo(429);
                    assertThat(problem.retryAfter()).contains(Duration.ofSeconds(18));
                    assertThat(problem.detail()).contains("2 drafts");
                });
        quota.take(new Tenant(Gateway.freshTenant()));
        now = now.plusSeconds(18);
        assertThatNoException().isThrownBy(() -> quota.take(tenant));
        assertThat(new StoredData(tenant.id()).items("DRAFTS#")).hasSize(2).allMatch(item -> item.containsKey("ttl"));
    }

    @Test
    void zeroIsNoLimit() {
        quota(0).take(tenant);
        assertThat(new StoredData(tenant.id()).items("DRAFTS#")).isEmpty();
    }

    private DraftQuotaStore quota(int limit) {
        Map<String, String> values = new HashMap<>();
        SmallRyeConfig running = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
        running.getPropertyNames().forEach(name -> {
            if (name.startsWith("sea.")) {
                running.getOptionalValue(name, String.class).ifPresent(value -> values.put(name, value));
            }
        });
        values.put("sea.limits.draft-validations-per-minute", Integer.toString(limit));
        SeaConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(SeaConfig.class)
                .withDefaultValues(values)
                .build()
                .getConfigMapping(SeaConfig.class);
        return new DraftQuotaStore(dynamo, config, time);
    }
}
