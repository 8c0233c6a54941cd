package dev.sea.integrations.client;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.services.s3.S3Utilities;

/**
 * Presigns requests for objects in customers' buckets. Signs without a call to AWS, so nothing is known of what S3 will answer.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html">Authenticating requests: using query
 *     parameters</a>
 */
@ApplicationScoped
public class PresignedUrls {
    /** How long a URL is valid unless somebody asks for another time. */
    public static final Duration USUAL = Duration.ofMinutes(5);

    /** S3 accepts no longer {@code X-Amz-Expires}. */
    private static final Duration LONGEST = Duration.ofDays(7);

    private static final String HOST = "host";

    private final RegionalClients clients;
    private final InstantSource time;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

    public PresignedUrls(RegionalClients clients, InstantSource time) {
        this.clients = clients;
        this.time = time;
    }

    /**
     * Signs the method, the URL, and all headers given. The body is not signed: to bind it, sign a checksum header such as {@code
     * x-amz-checksum-sha256}.
     *
     * @param credentials a session's token becomes part of the URL
     * @param lifetime whole seconds, 1 to 604,800 (7 days)
     * @throws IllegalArgumentException if S3 would never accept the lifetime
     */
    public PresignedRequest presign(ObjectRequest request, AwsCredentials credentials, Duration lifetime) {
        boolean whole = lifetime.equals(lifetime.truncatedTo(ChronoUnit.SECONDS));
        if (!whole || !lifetime.isPositive() || lifetime.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("S3 accepts no presigned URL for " + lifetime);
        }
        // The signature has whole seconds.
        Instant now = time.instant().truncatedTo(ChronoUnit.SECONDS);
        SdkHttpRequest signed = signer.sign(signing -> signing.identity(credentials)
                        .request(unsigned(request))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(
                                AwsV4HttpSigner.REGION_NAME, request.region().id())
                        .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, lifetime)
                        .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, false)
                        // S3 signs keys as they are sent.
                        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                        .putProperty(AwsV4HttpSigner.SIGNING_CLOCK, Clock.fixed(now, ZoneOffset.UTC)))
                .request();
        return new PresignedRequest(request.method(), signed.getUri(), headers(signed), now.plus(lifetime));
    }

    private SdkHttpRequest unsigned(ObjectRequest request) {
        SdkHttpRequest.Builder unsigned = SdkHttpRequest.builder()
                .uri(url(request))
                .method(SdkHttpMethod.fromValue(request.method().name()));
        request.headers().forEach(unsigned::putHeader);
        request.parameters().forEach(unsigned::putRawQueryParameter);
        return unsigned.build();
    }

    /** As the SDK's own calls address the bucket. */
    private URI url(ObjectRequest request) {
        S3Utilities utilities = clients.s3(request.region()).utilities();
        return URI.create(utilities
                .getUrl(object -> object.bucket(request.bucket().value()).key(request.key()))
                .toString());
    }

    private static Map<String, String> headers(SdkHttpRequest signed) {
        Map<String, String> headers = new HashMap<>();
        signed.forEachHeader((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
        headers.remove(HOST);
        return headers;
    }
}
