package dev.sea.integrations.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.aws.AwsRegion;
import dev.sea.integrations.aws.BucketName;
import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.aws.KeyPrefix;
import dev.sea.integrations.integration.Target;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProposedRoleNameTest {
    private static final String PREFIX = "SEA_ext_access_";
    private static final ExternalId EXTERNAL_ID = new ExternalId("sea-a5tkrdls4mdl44zghiugd36ulxfnwlbl");

    @Test
    void itShowsTheDeploymentsPrefixAndTheBucket() {
        assertThat(proposed(PREFIX, "acme-recordings", "")).matches("SEA_ext_access_acme-recordings-[0-9a-f]{8}");
    }

    @Test
    void theSameRoleIsProposedForTheSameInput() {
        assertThat(proposed(PREFIX, "acme", "a/")).isEqualTo(proposed(PREFIX, "acme", "a"));
    }

    @Test
    void anotherPrefixInTheBucketOrAnotherExternalIdIsAnotherRole() {
        assertThat(proposed(PREFIX, "acme", "a/")).isNotEqualTo(proposed(PREFIX, "acme", "b/"));
        assertThat(proposed(PREFIX, "acme", "a/"))
                .isNotEqualTo(ProposedRoleName.of(PREFIX, target("acme", "a/"), new ExternalId("another"))
                        .value());
    }

    @Test
    void itFitsIntoARoleNameHoweverLongBucketAndPrefixAre() {
        String bucket = "b".repeat(63);
        for (int length = 1; length <= 63; length++) {
            String prefix = "P".repeat(length);

            assertThat(proposed(prefix, bucket, "")).startsWith(prefix).hasSizeBetween(length + 1, 64);
            assertThat(proposed(prefix, "abc", "")).startsWith(prefix).hasSizeBetween(length + 1, 64);
        }
    }

    private static String proposed(String prefix, String bucket, String keyPrefix) {
        return ProposedRoleName.of(prefix, target(bucket, keyPrefix), EXTERNAL_ID)
                .value();
    }

    private static Target target(String bucket, String keyPrefix) {
        return new Target(
                new AwsRegion("eu-west-1"),
                new BucketName(bucket),
                new KeyPrefix(keyPrefix),
                Optional.empty(),
                Optional.empty());
    }
}
