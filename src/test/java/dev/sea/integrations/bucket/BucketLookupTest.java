package dev.sea.integrations.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.aws.AwsRegion;
import dev.sea.integrations.aws.BucketName;
import dev.sea.integrations.client.AwsConfig;
import dev.sea.integrations.client.RegionalClients;
import dev.sea.integrations.client.ServiceIdentity;
import dev.sea.integrations.probe.AnsweringServer;
import dev.sea.integrations.probe.AnsweringServer.Canned;
import dev.sea.integrations.testing.Configured;
import dev.sea.integrations.testing.HostsAsked;
import dev.sea.integrations.testing.RawServer;
import io.smallrye.config.SmallRyeConfig;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each answer that S3 may give to an unsigned HeadBucket, as the SDK reads it. */
class BucketLookupTest {
    private static final BucketName BUCKET = new BucketName("acme-sea-recordings");
    private static final String FUNCTIONS_REGION = "eu-west-1";

    private final AnsweringServer s3 = new AnsweringServer();

    @AfterEach
    void stop() {
        s3.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 301, 307, 400, 403})
    void whateverTheStatusTheHeaderNamesTheRegion(int status) {
        s3.answer(ofS3(status).with("x-amz-bucket-region", "me-south-1"));

        assertThat(lookup(s3.address()).region(BUCKET)).contains(new AwsRegion("me-south-1"));
    }

    @Test
    void notFoundMeansThatThereIsNone() {
        s3.answer(ofS3(404));

        assertThat(lookup(s3.address()).region(BUCKET)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 301, 400, 403})
    void withoutTheHeaderNothingIsKnown(int status) {
        s3.answer(ofS3(status));

        assertThatNothingIsLearned(s3.address());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "EU", "evil.example.com", "us-east-1a"})
    void aHeaderThatIsNoRegionIsNotPassedOn(String region) {
        s3.answer(ofS3(403).with("x-amz-bucket-region", region));

        assertThatNothingIsLearned(s3.address());
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void anOutageIsNoAnswerEvenIfItNamesARegion(int status) {
        s3.answer(ofS3(status).with("x-amz-bucket-region", FUNCTIONS_REGION));

        assertThatNothingIsLearned(s3.address());
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void aProxysAnswerSaysNothingOfTheBucket(int status) {
        s3.answer(Canned.of(status, Map.of("Content-Type", "text/html"), ""));

        assertThatNothingIsLearned(s3.address());
    }

    @Test
    void anAnswerThatIsNoHttpSaysNothing() {
        try (RawServer server = new RawServer("HELO\r\n\r\n")) {
            assertThatNothingIsLearned(server.address());
        }
    }

    @Test
    void aRedirectIsNotFollowed() {
        try (HostsAsked asked = new HostsAsked()) {
            s3.answer(
                    ofS3(301).with("x-amz-bucket-region", "eu-central-1").with("Location", "http://evil.example.com/"));

            assertThat(lookup(s3.address()).region(BUCKET)).contains(new AwsRegion("eu-central-1"));
            assertThat(asked.hosts()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "eu-west-1,      acme-sea-recordings.s3.amazonaws.com",
        "ap-east-1,      acme-sea-recordings.s3.amazonaws.com",
        "cn-northwest-1, acme-sea-recordings.s3.cn-north-1.amazonaws.com.cn",
        "us-gov-east-1,  acme-sea-recordings.s3.us-gov-west-1.amazonaws.com",
        "eusc-de-east-1, acme-sea-recordings.s3.eusc-de-east-1.amazonaws.eu",
    })
    void itAsksInTheServicesOwnPartition(String serviceIsIn, String host) {
        try (HostsAsked asked = new HostsAsked()) {
            assertThatExceptionOfType(NoAnswerFromS3.class)
                    .isThrownBy(() -> lookup(Map.of("sea.region", serviceIsIn)).region(BUCKET));

            assertThat(asked.hosts()).isNotEmpty().containsOnly(host);
        }
    }

    /** Its dots make names that no certificate of S3's has, so the name goes into the path. */
    @Test
    void aNameWithDotsIsNoHost() {
        try (HostsAsked asked = new HostsAsked()) {
            assertThatExceptionOfType(NoAnswerFromS3.class)
                    .isThrownBy(() -> lookup(Map.of("sea.region", FUNCTIONS_REGION))
                            .region(new BucketName("acme.recordings.example.com")));

            assertThat(asked.hosts()).isNotEmpty().containsOnly("s3.amazonaws.com");
        }
    }

    private static void assertThatNothingIsLearned(URI address) {
        assertThatExceptionOfType(NoAnswerFromS3.class)
                .isThrownBy(() -> lookup(address).region(BUCKET))
                .satisfies(problem -> {
                    assertThat(problem.type().status()).isEqualTo(503);
                    assertThat(problem.retryAfter()).contains(Duration.ofSeconds(5));
                });
    }

    private static Canned ofS3(int status) {
        return Canned.s3(status, "");
    }

    private static BucketLookup lookup(URI address) {
        return lookup(Map.of("sea.local-aws.endpoint", address.toString(), "sea.region", FUNCTIONS_REGION));
    }

    private static BucketLookup lookup(Map<String, String> values) {
        Map<String, String> all = new HashMap<>(values);
        all.put("sea.validation.call-timeout", "2s");
        SmallRyeConfig configured = Configured.only(all);
        SeaConfig config = configured.getConfigMapping(SeaConfig.class);
        RegionalClients clients = new RegionalClients(config);
        return new BucketLookup(
                clients, new ServiceIdentity(configured.getConfigMapping(AwsConfig.class), config, clients));
    }
}
