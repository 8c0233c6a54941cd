package dev.sea.integrations.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.aws.AwsRegion;
import dev.sea.integrations.aws.BucketName;
import dev.sea.integrations.aws.KeyPrefix;
import dev.sea.integrations.integration.Target;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionPolicyTest {
    private static AccessNeeds needs(String prefix) {
        return new AccessNeeds(
                new Target(
                        new AwsRegion("eu-west-1"),
                        new BucketName("acme"),
                        new KeyPrefix(prefix),
                        Optional.empty(),
                        Optional.empty()),
                false);
    }

    @Test
    void allowsTheBucketThePrefixAndWhateverKeyTheBucketHas() {
        assertThat(SessionPolicy.of(needs("plant-7/")))
                .isEqualTo("{\"Version\":\"2012-10-17\",\"Statement\":["
                        + "{\"Effect\":\"Allow\",\"Action\":[\"s3:ListBucket\"],\"Resource\":[\"arn:aws:s3:::acme\"]},"
                        + "{\"Effect\":\"Allow\",\"Action\":[\"s3:PutObject\",\"s3:GetObject\",\"s3:GetObjectTagging\"],"
                        + "\"Resource\":[\"arn:aws:s3:::acme/plant-7/*\"]},"
                        + "{\"Effect\":\"Allow\",\"Action\":[\"kms:Encrypt\",\"kms:Decrypt\",\"kms:GenerateDataKey\"],"
                        + "\"Resource\":[\"*\"]}]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\u6771\u4eac/",
                "\"quoted\"\\and\\escaped/",
                "***************************/",
                "\u00a0\u00ff/",
                "\ud83d\ude00\ud83d\ude00/"
            })
    void isTextThatStsTakes(String prefix) {
        assertThat(SessionPolicy.of(needs(prefix)))
                .hasSizeLessThanOrEqualTo(2048)
                .matches("[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+");
    }

    @Test
    void aPrefixWhoseEscapesAreTooLongIsLeftOut() {
        String longest = "a".repeat(799) + "/";
        String escaped = "*".repeat(799) + "/";

        assertThat(SessionPolicy.of(needs(longest))).contains(longest);
        assertThat(SessionPolicy.of(needs(escaped)))
                .isEqualTo(SessionPolicy.wholeBucket(needs(escaped)))
                .contains("\"arn:aws:s3:::acme/*\"");
    }
}
