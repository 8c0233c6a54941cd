package dev.sea.integrations.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;

/** What such a call sends to AWS itself, over TLS. */
class PresignedCallsTest {
    private static final DateTimeFormatter SIGNED_AT =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Keeps the request that would be sent, and sends none. */
    private static final class Caught implements ExecutionInterceptor {
        private final AtomicReference<SdkHttpRequest> request = new AtomicReference<>();

        @Override
        public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
            request.set(context.httpRequest());
            throw SdkClientException.create("caught");
        }
    }

    @Test
    void carryTheirSignatureInTheUrlAndSignAllThatS3WantsSigned() {
        Caught caught = new Caught();
        Duration age = Duration.ofMinutes(5);
        Instant before = Instant.now().minus(age).minusSeconds(1);
        try (S3Client s3 = S3Client.builder()
                .region(Region.EU_WEST_1)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsSessionCredentials.create("ASIAEXAMPLE", "secret", "the-token")))
                .overrideConfiguration(o -> o.addExecutionInterceptor(caught))
                .build()) {
            assertThatThrownBy(() -> s3.getObjectAsBytes(request -> request.bucket("recordings")
                            .key("a b")
                            .expectedBucketOwner("222233334444")
                            .overrideConfiguration(o -> o.addPlugin(new PresignedCalls(age)))))
                    .hasMessageContaining("caught");
        }
        SdkHttpRequest sent = Objects.requireNonNull(caught.request.get());

        assertThat(sent.headers()).doesNotContainKeys("Authorization", "X-Amz-Date", "X-Amz-Security-Token");
        assertThat(sent.getUri())
                .hasScheme("https")
                .hasHost("recordings.s3.eu-west-1.amazonaws.com")
                .hasParameter("X-Amz-Security-Token", "the-token")
                .hasParameter(
                        "X-Amz-Expires", Long.toString(Duration.ofMinutes(20).toSeconds()));
        assertThat(sent.firstMatchingRawQueryParameter("X-Amz-Date"))
                .hasValueSatisfying(date -> assertThat(Instant.from(SIGNED_AT.parse(date)))
                        .isBetween(before, Instant.now().minus(age)));
        List<String> signed = List.of(sent.firstMatchingRawQueryParameter("X-Amz-SignedHeaders")
                .orElseThrow()
                .split(";"));
        assertThat(signed).contains("host", "x-amz-expected-bucket-owner");
        assertThat(sent.headers().keySet().stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .filter(name -> name.startsWith("x-amz-")))
                .isSubsetOf(signed)
                .doesNotContain("x-amz-content-sha256");
    }

    @Test
    void areCallsOfS3() {
        try (KmsClient kms = KmsClient.builder()
                .region(Region.EU_WEST_1)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsSessionCredentials.create("ASIAEXAMPLE", "secret", "the-token")))
                .build()) {
            assertThatThrownBy(() -> kms.listKeys(request ->
                            request.overrideConfiguration(o -> o.addPlugin(new PresignedCalls(Duration.ZERO)))))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
