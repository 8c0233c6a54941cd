package dev.sea.integrations.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.aws.AwsRegion;
import dev.sea.integrations.aws.BucketName;
import dev.sea.integrations.client.ObjectRequest.Method;
import dev.sea.integrations.testing.Configured;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.LocalAws;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/** What a presigned request holds, and that a client that knows nothing of AWS can send it. */
class PresignedUrlsTest {
    private static final AwsRegion REGION = new AwsRegion("us-east-1");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Instant NOW = Instant.parse("2013-05-24T00:00:00.900Z");

    @ParameterizedTest
    @ValueSource(strings = {"plain.mp4", "2026/11/28/a.mp4", "ä b+c=?#&%.mp4", "a//b", "a%2Fb", "(1)'~*!$,;:@.mp4"})
    void storeAndReadTheObjectOfTheirKey(String key) throws IOException, InterruptedException {
        Customer customer = new Customer().withBucket().withUser(Customer.PERMISSIONS);
        AwsCredentials credentials =
                AwsBasicCredentials.create(customer.name("accessKeyId"), customer.name("secretAccessKey"));
        BucketName bucket = new BucketName(customer.name("bucket"));
        PresignedUrls urls = urls(InstantSource.system(), Map.of("sea.local-aws.endpoint", address()));
        Map<String, String> create = Map.of("If-None-Match", "*", "Content-Type", "video/mp4");

        PresignedRequest put = urls.presign(of(Method.PUT, bucket, key, create), credentials, MINUTE);
        PresignedRequest get = urls.presign(of(Method.GET, bucket, key, Map.of()), credentials, MINUTE);

        assertThat(put.headers()).isEqualTo(Map.of("if-none-match", "*", "content-type", "video/mp4"));
        assertThat(send(put, "recording").statusCode()).isEqualTo(200);
        assertThat(send(put, "recording").statusCode()).isEqualTo(412);
        assertThat(send(get, "").body()).isEqualTo("recording");
    }

    @Test
    void haveTheSignatureOfAwssExample() {
        // The example of https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
        AwsCredentials example =
                AwsBasicCredentials.create("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");

        PresignedRequest request = urls(() -> NOW, Map.of())
                .presign(
                        of(Method.GET, new BucketName("examplebucket"), "test.txt", Map.of()),
                        example,
                        Duration.ofDays(1));

        assertThat(request.url())
                .hasScheme("https")
                .hasHost("examplebucket.s3.amazonaws.com")
                .hasPath("/test.txt")
                .hasParameter("X-Amz-Date", "20130524T000000Z")
                .hasParameter("X-Amz-Expires", "86400")
                .hasParameter("X-Amz-SignedHeaders", "host")
                .hasParameter("X-Amz-Signature", "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
        assertThat(request.expiresAt()).isEqualTo("2013-05-25T00:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "us-east-1, recordings, recordings.s3.amazonaws.com, /key",
        "eu-west-1, acme.recordings, s3.eu-west-1.amazonaws.com, /acme.recordings/key",
        "cn-north-1, recordings, recordings.s3.cn-north-1.amazonaws.com.cn, /key",
        "us-gov-west-1, recordings, recordings.s3.us-gov-west-1.amazonaws.com, /key"
    })
    void goWhereTheSdkFindsTheBucket(String region, String bucket, String host, String path) {
        ObjectRequest request =
                new ObjectRequest(Method.GET, new AwsRegion(region), new BucketName(bucket), "key", Map.of(), Map.of());

        URI url = urls(() -> NOW, Map.of()).presign(request, session(), MINUTE).url();

        assertThat(url).hasScheme("https").hasHost(host).hasPath(path);
        assertThat(url.getQuery()).contains("/" + region + "/s3/aws4_request");
    }

    @Test
    void signTheHeadersAndParametersGiven() {
        ObjectRequest request = new ObjectRequest(
                Method.GET,
                REGION,
                new BucketName("recordings"),
                "key",
                Map.of("X-Amz-Expected-Bucket-Owner", "222233334444"),
                Map.of("response-content-disposition", "attachment; filename=\"a b.mp4\""));

        PresignedRequest signed = urls(() -> NOW, Map.of()).presign(request, session(), MINUTE);

        assertThat(signed.headers()).isEqualTo(Map.of("x-amz-expected-bucket-owner", "222233334444"));
        assertThat(signed.url())
                .hasParameter("X-Amz-SignedHeaders", "host;x-amz-expected-bucket-owner")
                .hasParameter("X-Amz-Security-Token", "the-token")
                .hasParameter("response-content-disposition", "attachment; filename=\"a b.mp4\"");
    }

    @Test
    void showNoSignatureAsText() {
        PresignedRequest signed = urls(() -> NOW, Map.of())
                .presign(of(Method.GET, new BucketName("recordings"), "key", Map.of()), session(), MINUTE);

        assertThat(signed)
                .hasToString("PresignedRequest[GET recordings.s3.amazonaws.com/key, until" + " 2013-05-24T00:01:00Z]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT1.5S", "P7DT1S"})
    void lastAsLongAsS3AcceptsOnly(Duration lifetime) {
        PresignedUrls urls = urls(() -> NOW, Map.of());
        ObjectRequest request = of(Method.GET, new BucketName("recordings"), "key", Map.of());

        assertThatThrownBy(() -> urls.presign(request, session(), lifetime))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static ObjectRequest of(Method method, BucketName bucket, String key, Map<String, String> headers) {
        return new ObjectRequest(method, REGION, bucket, key, headers, Map.of());
    }

    private static AwsCredentials session() {
        return AwsSessionCredentials.create("ASIAEXAMPLE", "secret", "the-token");
    }

    private static HttpResponse<String> send(PresignedRequest presigned, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(presigned.url())
                .method(presigned.method().name(), HttpRequest.BodyPublishers.ofString(body));
        presigned.headers().forEach(request::header);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static String address() {
        return LocalAws.endpoint().toString();
    }

    private static PresignedUrls urls(InstantSource time, Map<String, String> more) {
        Map<String, String> all =
                new HashMap<>(Map.of("sea.local-aws.access-key-id", "id", "sea.local-aws.secret-access-key", "secret"));
        all.putAll(more);
        SeaConfig config = Configured.only(all).getConfigMapping(SeaConfig.class);
        return new PresignedUrls(new RegionalClients(config), time);
    }
}
