package dev.sea.integrations.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.aws.AccessKeyId;
import dev.sea.integrations.aws.AccountId;
import dev.sea.integrations.aws.AwsRegion;
import dev.sea.integrations.aws.BucketName;
import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.aws.KeyPrefix;
import dev.sea.integrations.aws.KmsKeyArn;
import dev.sea.integrations.aws.RoleArn;
import dev.sea.integrations.integration.Access;
import dev.sea.integrations.integration.Description;
import dev.sea.integrations.integration.Health;
import dev.sea.integrations.integration.Health.ObjectEncryption;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.integration.IntegrationName;
import dev.sea.integrations.integration.State;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.posture.AdviceCode;
import dev.sea.integrations.posture.Posture;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.table.DuePartition;
import dev.sea.integrations.table.TypedItem;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class IntegrationItemTest {
    private static final Instant THEN = Instant.parse("2026-11-25T10:00:00.123Z");
    private static final AccountId OWNER = new AccountId("222233334444");
    private static final Access ROLE = new Access.AssumedRole(
            new RoleArn("arn:aws:iam::222233334444:role/SEA_ext_access_recorder"), new ExternalId("sea-7"));
    private static final Access KEYS =
            new Access.StoredKeys(new AccessKeyId("AKIAIOSFODNN7EXAMPLE"), "local/sea/acme/int/1", THEN);

    @Test
    void aRecordComesBackAsItWasWritten() {
        for (Integration integration :
                new Integration[] {full(State.ACTIVE, ROLE), full(State.INACTIVE, KEYS), bare()}) {
            assertThat(IntegrationItem.integration(IntegrationItem.of(integration, "stamp")))
                    .isEqualTo(integration);
        }
    }

    @Test
    void aRecordFromBeforeTheTimeOfTheLastProofHasThatOfTheLastCheckUnlessItLearnedNothing() {
        assertThat(withoutProvedAt(Health.Status.HEALTHY).provedAt()).contains(THEN);
        assertThat(withoutProvedAt(Health.Status.DEGRADED).provedAt()).contains(THEN);
        assertThat(withoutProvedAt(Health.Status.UNKNOWN).provedAt()).isEmpty();
    }

    private static Health withoutProvedAt(Health.Status status) {
        Map<String, AttributeValue> item =
                new HashMap<>(HealthItem.of(full(State.ACTIVE, ROLE).health()));
        item.remove("provedAt");
        item.put("status", AttributeValue.fromS(status.name()));
        return HealthItem.health(new TypedItem(item));
    }

    @Test
    void aRecordFromBeforeThereWasAdviceHasNone() {
        Map<String, AttributeValue> item = new HashMap<>(IntegrationItem.of(bare(), "stamp"));
        item.remove("posture");

        assertThat(IntegrationItem.integration(item).posture()).isEqualTo(Posture.NONE);
    }

    @Test
    void adviceThatOnlyANewerVersionKnowsHidesNoOther() {
        Map<String, AttributeValue> advice = new HashMap<>(PostureItem.of(POSTURE)
                .getOrDefault("advice", AttributeValue.fromNul(true))
                .m());
        advice.put("NOT_SHINY", AttributeValue.fromM(Map.of()));
        Map<String, AttributeValue> item = new HashMap<>(PostureItem.of(POSTURE));
        item.put("advice", AttributeValue.fromM(advice));

        assertThat(PostureItem.posture(new TypedItem(item))).isEqualTo(POSTURE);
    }

    @Test
    void aRecordFromBeforeTheFailedChecksHasNone() {
        Map<String, AttributeValue> item =
                new HashMap<>(HealthItem.of(full(State.ACTIVE, ROLE).health()));
        item.remove("failedChecks");

        assertThat(HealthItem.health(new TypedItem(item)).failedChecks()).isEmpty();
    }

    @Test
    void onlyAnActiveOneIsDue() {
        assertThat(IntegrationItem.of(full(State.ACTIVE, ROLE), "stamp"))
                .hasEntrySatisfying("dueAt", at -> assertThat(at.n()).isEqualTo("" + THEN.toEpochMilli()))
                .containsKey("duePartition");
        assertThat(IntegrationItem.of(full(State.INACTIVE, ROLE), "stamp")).doesNotContainKeys("dueAt", "duePartition");
    }

    @Test
    void partitionsAreAllUsedAndNoOthers() {
        Set<Integer> used = new HashSet<>();
        for (int i = 0; i < 2000; i++) {
            used.add(DuePartition.of("int_01JD9Z0000000000000000" + i));
        }
        assertThat(used).hasSize(64).allMatch(partition -> partition >= 0 && partition < 64);
    }

    private static Integration full(State state, Access access) {
        return integration(
                state,
                access,
                new Target(
                        new AwsRegion("eu-west-1"),
                        new BucketName("acme"),
                        new KeyPrefix("plant-7/"),
                        Optional.of(OWNER),
                        Optional.of(new KmsKeyArn("arn:aws:kms:eu-west-1:222233334444:key/1234"))),
                new Health(
                        Health.Status.DEGRADED,
                        THEN,
                        Optional.of(THEN),
                        Optional.of(THEN.minusSeconds(60)),
                        Optional.of(THEN),
                        "7 of 9 checks passed",
                        List.of("put", "kms"),
                        2,
                        1,
                        Optional.of(OWNER),
                        Optional.of(new Health.FullPass(
                                3,
                                THEN,
                                true,
                                Optional.of(new ObjectEncryption(
                                        new KmsKeyArn("arn:aws:kms:eu-west-1:222233334444:key/5678"), true)),
                                Optional.of(THEN.plusSeconds(120)))),
                        Optional.of(THEN),
                        12));
    }

    private static final Posture POSTURE = new Posture(
            Map.of(
                    AdviceCode.EXPIRES, new Posture.Standing(THEN, Optional.empty(), "7 Delete after a week"),
                    AdviceCode.NOT_VERSIONED, new Posture.Standing(THEN, Optional.of(THEN.plusSeconds(60)), "")),
            Optional.of(THEN.plusSeconds(30)));

    private static Integration bare() {
        Target target = new Target(
                new AwsRegion("eu-west-1"), new BucketName("acme"), KeyPrefix.NONE, Optional.empty(), Optional.empty());
        return integration(State.INACTIVE, ROLE, target, Health.neverChecked(THEN));
    }

    private static Integration integration(State state, Access access, Target target, Health health) {
        return new Integration(
                new Tenant("acme"),
                new IntegrationId("int_01JD9Z00000000000000000000"),
                new IntegrationName("Plant 7"),
                Description.NONE,
                state,
                target,
                state == State.ACTIVE
                        ? List.of(new Target.Former(target, THEN), new Target.Former(target, THEN.plusSeconds(5)))
                        : List.of(),
                false,
                access,
                health,
                POSTURE,
                4,
                THEN,
                "ada",
                THEN.plusSeconds(1),
                "bob");
    }
}
