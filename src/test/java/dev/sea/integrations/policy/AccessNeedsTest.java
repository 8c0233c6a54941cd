package dev.sea.integrations.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.aws.AwsRegion;
import dev.sea.integrations.aws.BucketName;
import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.aws.KeyPrefix;
import dev.sea.integrations.aws.KmsKeyArn;
import dev.sea.integrations.aws.RoleArn;
import dev.sea.integrations.integration.Target;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessNeedsTest {
    private static AccessNeeds needs(String region, String prefix) {
        return new AccessNeeds(
                new Target(
                        new AwsRegion(region),
                        new BucketName("acme"),
                        new KeyPrefix(prefix),
                        Optional.empty(),
                        Optional.empty()),
                true);
    }

    @Test
    void theWholeBucketNeedsNoConditionOnThePrefix() {
        assertThat(PolicyDocument.of(needs("eu-west-1", "").statements()).json())
                .isEqualTo("{\"Version\":\"2012-10-17\",\"Statement\":["
                        + "{\"Sid\":\"SeaList\",\"Effect\":\"Allow\",\"Action\":[\"s3:ListBucket\"],"
                        + "\"Resource\":[\"arn:aws:s3:::acme\"]},"
                        + "{\"Sid\":\"SeaObjects\",\"Effect\":\"Allow\","
                        + "\"Action\":[\"s3:PutObject\",\"s3:GetObject\",\"s3:GetObjectTagging\"],"
                        + "\"Resource\":[\"arn:aws:s3:::acme/*\"]}]}");
    }

    @Test
    void aPrefixLimitsListingAndObjects() {
        assertThat(PolicyDocument.of(needs("eu-west-1", "plant-7/").statements())
                        .json())
                .contains("\"Condition\":{\"StringLike\":{\"s3:prefix\":[\"plant-7/*\"]}}")
                .contains("\"Resource\":[\"arn:aws:s3:::acme/plant-7/*\"]");
    }

    @Test
    void theKeyIsNamedWhereItIsKnown() {
        KmsKeyArn key = new KmsKeyArn("arn:aws:kms:eu-west-1:222233334444:key/1234abcd");
        Target target = new Target(
                new AwsRegion("eu-west-1"), new BucketName("acme"), KeyPrefix.NONE, Optional.empty(), Optional.of(key));

        assertThat(new AccessNeeds(target, false).statements().getLast().action())
                .containsExactly("kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey");
        assertThat(new AccessNeeds(target, false).statements().getLast().resource())
                .containsExactly(key.value());
    }

    @Test
    void taggingIsLeftOutWhereNoSessionMetadataIsNeeded() {
        AccessNeeds needs = new AccessNeeds(needs("eu-west-1", "").target(), false);

        assertThat(needs.statements().get(1).action()).containsExactly("s3:PutObject", "s3:GetObject");
    }

    @ParameterizedTest
    @CsvSource({
        "cn-north-1, arn:aws-cn:s3:::acme",
        "us-gov-west-1, arn:aws-us-gov:s3:::acme",
        "eusc-de-east-1, arn:aws-eusc:s3:::acme"
    })
    void arnsAreOfTheBucketsPartition(String region, String arn) {
        assertThat(needs(region, "").bucketArn()).isEqualTo(arn);
        assertThat(needs(region, "").statements().get(1).resource()).containsExactly(arn + "/*");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "what*ever/ | what${*}ever/",
                "why?/ | why${?}/",
                "${aws:username}/ | ${$}{aws:username}/",
                "S\u00fcd/ | S\u00fcd/",
                "\u6771\u4eac/ | ??/",
                "\ud83d\ude00/ | */",
            })
    void whatAPolicyWouldReadAsAPatternIsEscaped(String prefix, String pattern) {
        AccessNeeds needs = needs("eu-west-1", prefix);

        assertThat(needs.granting(NeededAction.PUT_OBJECT).resource())
                .containsExactly("arn:aws:s3:::acme/" + pattern + "*");
        assertThat(needs.granting(NeededAction.LIST_BUCKET).condition().toString())
                .contains("[" + pattern + "*]");
        assertThat(needs.objectArn(prefix + "x")).isEqualTo("arn:aws:s3:::acme/" + prefix + "x");
    }

    @Test
    void theTrustPolicyNamesTheGatewayAndTheExternalId() {
        Statement statement = TrustPolicy.statement(
                new RoleArn("arn:aws:iam::111122223333:role/sea-gateway"), new ExternalId("sea-1"));

        assertThat(PolicyDocument.of(List.of(statement)).json())
                .isEqualTo("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"SeaGateway\",\"Effect\":\"Allow\","
                        + "\"Principal\":{\"AWS\":\"arn:aws:iam::111122223333:role/sea-gateway\"},"
                        + "\"Action\":[\"sts:AssumeRole\"],"
                        + "\"Condition\":{\"StringEquals\":{\"sts:ExternalId\":[\"sea-1\"]}}}]}");
    }
}
