package dev.sea.integrations.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.aws.AwsRegion;
import dev.sea.integrations.aws.BucketName;
import dev.sea.integrations.aws.KeyPrefix;
import dev.sea.integrations.integration.Target;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LookPolicyTest {
    private static final Target TARGET = new Target(
            new AwsRegion("eu-west-1"), new BucketName("acme"), KeyPrefix.NONE, Optional.empty(), Optional.empty());

    @Test
    void itFindsAndReadsOneObjectAndNothingElse() {
        assertThat(LookPolicy.of(TARGET, "plant-7/9f2c.mp4")).first().isEqualTo("""
                {"Version":"2012-10-17","Statement":[\
                {"Effect":"Allow","Action":["s3:ListBucket"],"Resource":["arn:aws:s3:::acme"]},\
                {"Effect":"Allow","Action":["s3:GetObject"],"Resource":["arn:aws:s3:::acme/plant-7/9f2c.mp4"]},\
                {"Effect":"Allow","Action":["kms:Decrypt"],"Resource":["*"],\
                "Condition":{"StringLike":{"kms:ViaService":["s3.eu-west-1.*"]}}}]}""");
    }

    @Test
    void aKeyIsNoPattern() {
        assertThat(LookPolicy.of(TARGET, "a*b?").getFirst()).contains("acme/a${*}b${?}");
    }

    @Test
    void aKeyThatIsTooLongForAPolicyLeavesTheWholeBucket() {
        assertThat(LookPolicy.of(TARGET, "*".repeat(1024)))
                .singleElement()
                .asString()
                .contains("arn:aws:s3:::acme/*");
    }
}
