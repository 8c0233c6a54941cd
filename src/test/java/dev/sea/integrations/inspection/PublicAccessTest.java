package dev.sea.integrations.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.Deadline;
import dev.sea.integrations.aws.AwsRegion;
import dev.sea.integrations.aws.BucketName;
import dev.sea.integrations.aws.KeyPrefix;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.posture.AdviceCode;
import dev.sea.integrations.posture.Sightings.Sighting;
import dev.sea.integrations.probe.AnsweringServer;
import dev.sea.integrations.probe.AnsweringServer.Canned;
import dev.sea.integrations.probe.ParallelCalls;
import dev.sea.integrations.testing.RawServer;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** What S3 may answer to somebody without credentials, and what it tells. */
class PublicAccessTest {
    private static final Duration AMPLE = Duration.ofSeconds(30);
    private static final Target TARGET = new Target(
            new AwsRegion("us-east-1"),
            new BucketName("acme-sea-recordings"),
            KeyPrefix.NONE,
            Optional.empty(),
            Optional.empty());
    private static final String LIST =
            "<?xml version=\"1.0\"?><ListBucketResult><Name>acme-sea-recordings</Name>" + "</ListBucketResult>";

    private final AnsweringServer server = new AnsweringServer();
    private final ParallelCalls calls = new ParallelCalls(Deadline.in(AMPLE));
    private final S3Client s3 = client(server.address());

    private static S3Client client(URI address) {
        return S3Client.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(address)
                .forcePathStyle(true)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(all -> all.retryStrategy(retry -> retry.maxAttempts(1)))
                .build();
    }

    @AfterEach
    void stop() {
        calls.close();
        s3.close();
        server.close();
    }

    static Stream<Canned> refusals() {
        return Stream.of(
                Canned.s3Error(403, "AccessDenied", "Access Denied"),
                Canned.s3Error(
                        400,
                        "InvalidArgument",
                        "Requests specifying Server Side Encryption with AWS KMS managed keys require AWS Signature"
                                + " Version 4."));
    }

    static Stream<Canned> answersThatTellNothing() {
        return Stream.of(
                Canned.s3Error(404, "NoSuchKey", "The specified key does not exist."),
                Canned.s3Error(301, "PermanentRedirect", "Elsewhere."),
                Canned.s3Error(503, "SlowDown", "Please reduce your request rate."),
                Canned.of(403, Map.of("Content-Type", "text/html"), "<html>a proxy</html>"),
                Canned.of(200, Map.of("Content-Type", "text/html"), LIST));
    }

    /** S3 writes the names of its headers in small letters, which a server of the JDK does not. */
    @Test
    void whatIsGivenToAnybodyIsPublic() {
        String given = "HTTP/1.1 200 OK\r\nx-amz-request-id: REQ1\r\nConnection: close\r\nContent-Length: "
                + LIST.length() + "\r\n\r\n" + LIST;
        try (RawServer raw = new RawServer(given);
                S3Client anybodys = client(raw.address())) {
            PublicAccess anybody = PublicAccess.ask(calls, anybodys, TARGET, Optional.empty());

            anybody.awaitAll();

            assertThat(anybody.seen())
                    .containsOnly(
                            Map.entry(AdviceCode.PUBLIC_OBJECTS, Sighting.of(true)),
                            Map.entry(AdviceCode.PUBLIC_LISTING, Sighting.of(true)));
        }
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatIsRefusedIsNot(Canned refusal) {
        server.answer(refusal);

        assertThat(answered())
                .containsOnly(
                        Map.entry(AdviceCode.PUBLIC_OBJECTS, Sighting.NOT_THERE),
                        Map.entry(AdviceCode.PUBLIC_LISTING, Sighting.NOT_THERE));
    }

    @ParameterizedTest
    @MethodSource("answersThatTellNothing")
    void anyOtherAnswerTellsNothing(Canned answer) {
        server.answer(answer);
        PublicAccess anybody = PublicAccess.ask(calls, s3, TARGET, Optional.empty());

        anybody.awaitAll();

        assertThat(anybody.seen()).isEmpty();
    }

    @Test
    void whatHasNotBeenAnsweredIsNotWaitedFor() {
        server.answer(Canned.SILENCE);
        long start = System.nanoTime();

        assertThat(PublicAccess.ask(calls, s3, TARGET, Optional.empty()).seen()).isEmpty();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(AMPLE);
    }

    private Map<AdviceCode, Sighting> answered() {
        PublicAccess anybody = PublicAccess.ask(calls, s3, TARGET, Optional.empty());
        anybody.awaitAll();
        return anybody.seen();
    }
}
