package dev.sea.integrations.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.aws.AwsRegion;
import dev.sea.integrations.aws.BucketName;
import dev.sea.integrations.aws.KeyPrefix;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.probe.AnsweringServer;
import dev.sea.integrations.probe.AnsweringServer.Canned;
import dev.sea.integrations.testing.HostsAsked;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** What S3 may answer to a browser that asks before it plays, and what it tells. */
class PreflightTest {
    private static final Duration AMPLE = Duration.ofSeconds(30);
    private static final String ORIGIN = "https://sea.example.com";
    private static final Target TARGET = new Target(
            new AwsRegion("eu-central-1"),
            new BucketName("acme-sea-recordings"),
            KeyPrefix.NONE,
            Optional.empty(),
            Optional.empty());
    private static final Canned ENOUGH = allowing(ORIGIN, "GET, HEAD", "range");

    private final AnsweringServer server = new AnsweringServer();
    private final S3Client s3 =
            builder().endpointOverride(server.address()).forcePathStyle(true).build();

    private static S3ClientBuilder builder() {
        return S3Client.builder()
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClient(UrlConnectionHttpClient.create());
    }

    private static Canned allowing(String origins, String methods, String headers) {
        return Canned.s3(200, "")
                .with("Access-Control-Allow-Origin", origins)
                .with("Access-Control-Allow-Methods", methods)
                .with("Access-Control-Allow-Headers", headers);
    }

    @AfterEach
    void stop() {
        s3.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://sea.example.com | GET, HEAD | range",
                "*                       | GET       | Range, if-match",
                "https://sea.example.com | PUT, GET  | x-amz-date, range"
            })
    void whatABrowserWouldAcceptIsEnough(String origins, String methods, String headers) {
        server.answer(allowing(origins, methods, headers));

        assertThat(answered()).contains(true);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://sea.example.org | GET | range",
                "https://sea.example.com | PUT | range",
                "https://sea.example.com | GET | ''"
            })
    void whatABrowserWouldRefuseIsNot(String origins, String methods, String headers) {
        server.answer(allowing(origins, methods, headers));

        assertThat(answered()).contains(false);
    }

    @Test
    void aRefusalIsOne() {
        server.answer(Canned.s3Error(403, "AccessForbidden", "CORSResponse: CORS is not enabled for this bucket."));

        assertThat(answered()).contains(false);
    }

    static Stream<Canned> answersThatTellNothing() {
        return Stream.of(
                Canned.s3Error(301, "PermanentRedirect", "Elsewhere."),
                Canned.s3Error(307, "TemporaryRedirect", "Please re-send this request.")
                        .with("Location", "http://127.0.0.1:1/elsewhere"),
                Canned.s3Error(403, "AllAccessDisabled", "All access to this object has been disabled."),
                Canned.s3Error(503, "SlowDown", "Please reduce your request rate."),
                Canned.s3(403, "AccessForbidden ".repeat(1000) + "<Code>AccessForbidden</Code>"),
                Canned.of(403, Map.of("Content-Type", "text/html"), "<Code>AccessForbidden</Code>"),
                Canned.of(200, Map.of("Access-Control-Allow-Origin", "*"), ""),
                Canned.s3(200, "<ListBucketResult/>"),
                Canned.s3(403, "<Error><Code>AccessForbidden</Code></Error>").truncated());
    }

    @ParameterizedTest
    @MethodSource("answersThatTellNothing")
    void anyOtherAnswerTellsNothing(Canned answer) {
        server.answer(answer);

        assertThat(answered()).isEmpty();
    }

    @Test
    void silenceTellsNothingAndEndsInTime() {
        server.answer(Canned.SILENCE);

        assertThat(new Preflight(ORIGIN, Duration.ofMillis(100)).isAllowed(s3, TARGET))
                .isEmpty();
    }

    @Test
    void nothingIsToldWhereNobodyAnswers() {
        server.close();

        assertThat(answered()).isEmpty();
    }

    @Test
    void whoeverIsStoppedStopsAtOnce() {
        server.answer(ENOUGH);
        Thread.currentThread().interrupt();

        assertThat(answered()).isEmpty();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void theBucketsOwnHostIsAskedAndNoOther() {
        try (HostsAsked asked = new HostsAsked();
                S3Client aws = builder().build()) {
            assertThat(new Preflight(ORIGIN, AMPLE).isAllowed(aws, TARGET)).isEmpty();

            assertThat(asked.hosts()).containsExactly("acme-sea-recordings.s3.eu-central-1.amazonaws.com");
        }
    }

    private Optional<Boolean> answered() {
        return new Preflight(ORIGIN, AMPLE).isAllowed(s3, TARGET);
    }
}
