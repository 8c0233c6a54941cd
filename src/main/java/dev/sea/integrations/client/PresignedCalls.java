package dev.sea.integrations.client;

import java.time.Clock;
import java.time.Duration;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.SdkServiceClientConfiguration;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.scheme.AuthSchemeOption;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;
import software.amazon.awssdk.services.s3.auth.scheme.S3AuthSchemeProvider;

/**
 * Makes a call of an S3 client the way that somebody with a presigned URL does: with the signature in the URL. Its time limits,
 * second attempt and errors are those of any other call.
 *
 * @param age how long ago the URL is to have been signed, up to 15 minutes
 * @see PresignedUrls
 */
public record PresignedCalls(Duration age) implements SdkPlugin {
    /** So that the URL is valid after that age as well, even if the clocks differ by minutes. */
    private static final Duration MORE = Duration.ofMinutes(15);

    @Override
    public void configureClient(SdkServiceClientConfiguration.Builder client) {
        if (!(client instanceof S3ServiceClientConfiguration.Builder s3)) {
            throw new IllegalArgumentException("only S3 accepts presigned URLs: " + client.getClass());
        }
        S3AuthSchemeProvider usual = s3.authSchemeProvider();
        s3.authSchemeProvider(request ->
                usual.resolveAuthScheme(request).stream().map(this::inTheUrl).toList());
    }

    private AuthSchemeOption inTheUrl(AuthSchemeOption option) {
        return option.toBuilder()
                .putSignerProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                .putSignerProperty(AwsV4HttpSigner.EXPIRATION_DURATION, age.plus(MORE))
                .putSignerProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, false)
                .putSignerProperty(AwsV4HttpSigner.SIGNING_CLOCK, Clock.offset(Clock.systemUTC(), age.negated()))
                .build();
    }
}
