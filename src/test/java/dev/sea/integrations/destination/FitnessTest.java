package dev.sea.integrations.destination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.aws.AwsRegion;
import dev.sea.integrations.aws.BucketName;
import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.aws.KeyPrefix;
import dev.sea.integrations.aws.RoleArn;
import dev.sea.integrations.destination.ReadinessRules.Fitness;
import dev.sea.integrations.integration.Access;
import dev.sea.integrations.integration.Description;
import dev.sea.integrations.integration.Health;
import dev.sea.integrations.integration.Health.Status;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.integration.IntegrationName;
import dev.sea.integrations.integration.State;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.posture.Posture;
import dev.sea.integrations.security.Tenant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether one integration can take recordings: state, health, whether its proof speaks against recording, and the proof's age. */
class FitnessTest {
    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        // state, health, its proof refuses recordings, minutes since the proof
        "ACTIVE, HEALTHY, false, 0, ready",
        "ACTIVE, HEALTHY, false, 359, ready",
        "ACTIVE, HEALTHY, false, 360, STALE",
        "ACTIVE, DEGRADED, false, 1, ready",
        "ACTIVE, PROPAGATING, false, 1, ready",
        "ACTIVE, UNHEALTHY, false, 1, ready",
        "ACTIVE, UNHEALTHY, true, 1, UNHEALTHY",
        "ACTIVE, UNHEALTHY, true, 400, UNHEALTHY",
        "ACTIVE, STALE, false, 1, STALE",
        "ACTIVE, UNKNOWN, false, -1, NEVER_PROVED",
        "INACTIVE, HEALTHY, false, 0, NOT_ACTIVE",
        "INACTIVE, UNHEALTHY, true, 0, NOT_ACTIVE",
    })
    void itIsReadyOrNot(State state, Status status, boolean refuses, int minutes, String expected) {
        Optional<Instant> provedAt =
                minutes < 0 ? Optional.empty() : Optional.of(NOON.minus(Duration.ofMinutes(minutes)));

        Fitness fitness = rules(refuses).fitness(Optional.of(integration(state, status, provedAt)), NOON);

        assertThat(told(fitness)).isEqualTo(expected);
        assertThat(fitness.checkedAt()).isEqualTo(provedAt);
    }

    @Test
    void oneThatIsGoneIsNotReady() {
        assertThat(told(rules(false).fitness(Optional.empty(), NOON))).isEqualTo("GONE");
    }

    @Test
    void itIsReadyUntilItsProofIsTooOld() {
        Fitness fitness =
                rules(false).fitness(Optional.of(integration(State.ACTIVE, Status.HEALTHY, Optional.of(NOON))), NOON);

        assertThat(fitness).isEqualTo(new Fitness.Ready(NOON, NOON.plus(Duration.ofHours(6))));
    }

    @ParameterizedTest
    @EnumSource
    void thePageHasWordsForEachReason(ReadinessRules.Reason reason) throws IOException {
        assertThat(Files.readString(Path.of("src/main/resources/META-INF/resources/page/words.js")))
                .contains("\n  " + reason + ": '");
    }

    private static ReadinessRules rules(boolean refuses) {
        return new ReadinessRules(Duration.ofHours(6), _ -> refuses);
    }

    private static String told(Fitness fitness) {
        return switch (fitness) {
            case Fitness.Ready _ -> "ready";
            case Fitness.NotReady(ReadinessRules.Reason reason, var _) -> reason.name();
        };
    }

    private static Integration integration(State state, Status status, Optional<Instant> provedAt) {
        Health never = Health.neverChecked(NOON);
        Health health = new Health(
                status,
                NOON,
                provedAt,
                provedAt,
                Optional.empty(),
                "",
                List.of(),
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                never.sequence());
        return new Integration(
                new Tenant("tenant"),
                new IntegrationId("int_01JD9Z3V5K8M2N4P6Q7R8S9T0V"),
                new IntegrationName("Plant 7"),
                Description.NONE,
                state,
                new Target(
                        new AwsRegion("us-east-1"),
                        new BucketName("bucket"),
                        KeyPrefix.NONE,
                        Optional.empty(),
                        Optional.empty()),
                List.of(),
                true,
                new Access.AssumedRole(
                        new RoleArn("arn:aws:iam::444455556666:role/sea-plant"), new ExternalId("external-id-1")),
                health,
                Posture.NONE,
                1,
                NOON,
                "ada",
                NOON,
                "ada");
    }
}
