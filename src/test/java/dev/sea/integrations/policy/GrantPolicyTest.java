package dev.sea.integrations.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sea.integrations.aws.AwsRegion;
import dev.sea.integrations.aws.BucketName;
import dev.sea.integrations.aws.KeyPrefix;
import dev.sea.integrations.aws.KmsKeyArn;
import dev.sea.integrations.integration.Target;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GrantPolicyTest {
    private static final String KEY = "arn:aws:kms:eu-west-1:222233334444:key/1234";

    @Test
    void aRecorderMayStoreBelowThePrefixAndUseTheTargetsKeyThroughS3() throws IOException {
        List<String> policies = GrantPolicy.toRecord(target("eu-west-1", "plant-7/", Optional.of(KEY)))
                .underPrefix();

        assertThat(json(policies.getFirst())).isEqualTo(json("""
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Action": ["s3:PutObject"], "Resource": ["arn:aws:s3:::acme/plant-7/*"]},
                  {"Effect": "Allow", "Action": ["kms:GenerateDataKey", "kms:Decrypt"],
                   "Resource": ["arn:aws:kms:eu-west-1:222233334444:key/1234"],
                   "Condition": {"StringLike": {"kms:ViaService": ["s3.eu-west-1.amazonaws.*"]}}}]}"""));
        assertThat(policies).hasSize(2);
        assertThat(policies.getLast()).contains("arn:aws:s3:::acme/*");
    }

    /** An object from before the target named its key has another one. */
    @Test
    void aPlayerMayReadWithWhicheverKeyThroughS3() throws IOException {
        List<String> policies =
                GrantPolicy.toPlay(target("cn-north-1", "", Optional.empty())).underPrefix();

        assertThat(policies).hasSize(1);
        assertThat(json(policies.getFirst())).isEqualTo(json("""
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": ["arn:aws-cn:s3:::acme/*"]},
                  {"Effect": "Allow", "Action": ["kms:Decrypt"], "Resource": ["*"],
                   "Condition": {"StringLike": {"kms:ViaService": ["s3.cn-north-1.amazonaws.*"]}}}]}"""));
    }

    @Test
    void whoListsMayListBelowThePrefixAndNothingElse() throws IOException {
        List<String> policies = GrantPolicy.toList(target("eu-west-1", "plant*7/", Optional.of(KEY)))
                .underPrefix();

        assertThat(policies).hasSize(2);
        assertThat(json(policies.getFirst())).isEqualTo(json("""
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Action": ["s3:ListBucket"], "Resource": ["arn:aws:s3:::acme"],
                   "Condition": {"StringLike": {"s3:prefix": ["plant${*}7/*"]}}}]}"""));
        assertThat(json(policies.getLast())).isEqualTo(json("""
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Action": ["s3:ListBucket"], "Resource": ["arn:aws:s3:::acme"]}]}"""));
    }

    @Test
    void whoDescribesMayReadObjectsAndTheirTagsIfTheyAreWanted() throws IOException {
        Target target = target("eu-west-1", "plant-7/", Optional.of(KEY));

        assertThat(json(GrantPolicy.toDescribe(target, true).underPrefix().getFirst()))
                .isEqualTo(json("""
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Action": ["s3:GetObject", "s3:GetObjectTagging"],
                   "Resource": ["arn:aws:s3:::acme/plant-7/*"]},
                  {"Effect": "Allow", "Action": ["kms:Decrypt"], "Resource": ["*"],
                   "Condition": {"StringLike": {"kms:ViaService": ["s3.eu-west-1.amazonaws.*"]}}}]}"""));
        assertThat(GrantPolicy.toDescribe(target, false).underPrefix().getFirst())
                .isEqualTo(GrantPolicy.toPlay(target).underPrefix().getFirst());
    }

    @Test
    void credentialsAreForOneObjectOnly() {
        GrantPolicy policy = GrantPolicy.toRecord(target("eu-west-1", "plant-7/", Optional.empty()));

        assertThat(policy.onObject("plant-7/a*b?.mp4").orElseThrow())
                .contains("\"arn:aws:s3:::acme/plant-7/a${*}b${?}.mp4\"");
        assertThat(policy.onObject("plant-7/ü.mp4").orElseThrow()).contains("\"arn:aws:s3:::acme/plant-7/ü.mp4\"");
    }

    @Test
    void aKeyThatOnlyAWildcardMatchesOrThatIsTooLongHasNoPolicyOfItsOwn() {
        GrantPolicy policy = GrantPolicy.toRecord(target("eu-west-1", "", Optional.empty()));

        assertThat(policy.onObject("ш.mp4")).isEmpty();
        assertThat(policy.onObject("*".repeat(500))).isEmpty();
    }

    /** STS refuses more than 2,048 characters. */
    @Test
    void aPrefixThatIsTooLongIsLeftOut() {
        List<String> policies = GrantPolicy.toPlay(target("eu-west-1", "$".repeat(700) + "/", Optional.empty()))
                .underPrefix();

        assertThat(policies).hasSize(1);
        assertThat(policies.getFirst()).contains("\"arn:aws:s3:::acme/*\"");
    }

    private static Target target(String region, String prefix, Optional<String> key) {
        return new Target(
                new AwsRegion(region),
                new BucketName("acme"),
                new KeyPrefix(prefix),
                Optional.empty(),
                key.map(KmsKeyArn::new));
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
