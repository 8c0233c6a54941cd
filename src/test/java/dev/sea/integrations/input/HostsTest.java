package dev.sea.integrations.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.aws.RoleArn;
import dev.sea.integrations.client.RegionalClients;
import dev.sea.integrations.integration.Draft;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.problem.InvalidInput;
import dev.sea.integrations.testing.Configured;
import dev.sea.integrations.testing.Drafts;
import dev.sea.integrations.testing.HostsAsked;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Whatever somebody enters: it is refused, or AWS is asked. */
@QuarkusTest
class HostsTest {
    private static final Pattern OF_AWS =
            Pattern.compile("([a-z0-9.-]+\\.)?(s3|sts|kms)\\.[a-z]{2}(-[a-z]+)+-[0-9]{1,2}\\.amazonaws\\.com");
    private static final AwsCredentialsProvider KEYS = StaticCredentialsProvider.create(
            AwsBasicCredentials.create("AKIAIOSFODNN7EXAMPLE", "not-a-secret-of-anybody"));

    @Inject
    DraftReader reader;

    private static final RegionalClients CLIENTS =
            new RegionalClients(Configured.only(Map.of()).getConfigMapping(SeaConfig.class));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example.com",
                "metadata.google.internal",
                "bucket.s3.evil.example.com",
                "2130706433",
                "localhost",
                "s3.amazonaws.com",
                "evil.example.com/",
                "evil.example.com#",
                "evil.example.com?x=",
                "evil.example.com:443",
                "user@evil.example.com",
                "bucket%2eevil.example.com",
                "evil.example.com\\",
                "bucket/../../evil",
                "..",
                "127.0.0.1",
                "169.254.169.254",
                "[::1]",
                "0x7f.1",
                "bucket\r\nHost: evil.example.com",
                "bucket\u3002evil",
                "arn:aws:s3:us-west-2:123456789012:accesspoint/evil",
                "arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-1/accesspoint/evil",
                "arn:aws:s3::123456789012:accesspoint/mfzwi23gnjvgw.mrap",
                "mfzwi23gnjvgw.mrap",
                "evil--use1-az4--x-s3"
            })
    void aBucketIsRefusedOrAskedOfAws(String bucket) {
        assertThatOnlyAwsIsAsked(Drafts.role().setText("/target/bucket", bucket));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "us-west-2",
                "evil-example-1",
                "us-east-1.evil.example.com",
                "us-east-1.evil.example.com#",
                "us-east-1/../evil",
                "us-east-1@evil.example.com",
                "us-east-1\r\nHost: evil.example.com",
                "evil.example.com/us-east-1",
                "aws-global",
                "fips-us-east-1",
                "us-east-1-fips",
                "us-iso-east-1",
                "cn-north-1",
                "..",
                "*"
            })
    void aRegionIsRefusedOrAskedOfAws(String region) {
        assertThatOnlyAwsIsAsked(Drafts.role().setText("/target/region", region));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:iam::222233334444:role/@evil.example.com/SEA_ext_access_recorder",
                "arn:aws:iam::222233334444:role/evil.example.com:443/#/?/SEA_ext_access_recorder",
                "arn:aws:iam:evil.example.com:222233334444:role/SEA_ext_access_recorder",
                "arn:evil.example.com:iam::222233334444:role/SEA_ext_access_recorder",
                "arn:aws-cn:iam::222233334444:role/SEA_ext_access_recorder",
                "https://evil.example.com/role/SEA_ext_access_recorder"
            })
    void aRoleIsRefusedOrAskedOfAws(String role) {
        assertThatOnlyAwsIsAsked(Drafts.role().setText("/access/roleArn", role));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:kms:eu-west-1:222233334444:key/1234abcd-12ab-34cd-56ef-1234567890ab",
                "arn:aws:kms:evil.example.com:222233334444:key/1234",
                "arn:aws:kms:eu-west-1@evil:222233334444:key/1234",
                "arn:aws:kms:eu-west-1:222233334444:key/../../evil"
            })
    void aKeyIsRefusedOrAskedOfAws(String key) {
        assertThatOnlyAwsIsAsked(Drafts.role().setText("/target/kmsKeyArn", key));
    }

    /** A test that watches nobody would pass as well. */
    @Test
    void whatIsRightIsAskedOfTheBucketsHostTheServicesStsAndTheKeysRegion() {
        assertThat(hostsAskedFor(
                        Drafts.role().setText("/target/kmsKeyArn", "arn:aws:kms:eu-west-1:222233334444:key/1234")))
                .contains(
                        "acme-sea-recordings.s3.eu-west-1.amazonaws.com",
                        "sts.us-east-1.amazonaws.com",
                        "kms.eu-west-1.amazonaws.com");
    }

    private void assertThatOnlyAwsIsAsked(Drafts draft) {
        if (catchThrowable(() -> reader.draft(draft.stream())) instanceof InvalidInput) {
            return;
        }
        assertThat(hostsAskedFor(draft))
                .isNotEmpty()
                .allMatch(host -> OF_AWS.matcher(host).matches());
    }

    private List<String> hostsAskedFor(Drafts body) {
        Draft draft = reader.draft(body.stream());
        Target target = draft.target();
        try (HostsAsked asked = new HostsAsked()) {
            fails(() -> CLIENTS.s3(target.region())
                    .headBucket(request -> request.bucket(target.bucket().value())
                            .overrideConfiguration(o -> o.credentialsProvider(KEYS))));
            if (draft.access() instanceof PresentedAccess.Role(RoleArn role, var _)) {
                fails(() -> CLIENTS.sts("us-east-1")
                        .assumeRole(request -> request.roleArn(role.value())
                                .roleSessionName("test")
                                .overrideConfiguration(o -> o.credentialsProvider(KEYS))));
            }
            target.kmsKey()
                    .ifPresent(key -> fails(() -> CLIENTS.kms(target.region())
                            .describeKey(request -> request.keyId(key.value())
                                    .overrideConfiguration(o -> o.credentialsProvider(KEYS)))));
            return asked.hosts();
        }
    }

    private static void fails(Runnable call) {
        assertThatThrownBy(call::run).isNotNull();
    }
}
