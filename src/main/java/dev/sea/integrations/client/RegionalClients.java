package dev.sea.integrations.client;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.aws.AwsRegion;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The clients for customers' accounts: one for each service and region, over one HTTP client. They hold no credentials. Every
 * request brings its own, so that one tenant's cannot be used for another.
 *
 * <p>A call may take {@code sea.validation.call-timeout} in all. It has two attempts of half of that; the second is made
 * only if the pause before it leaves time. {@link BoundedAnswers} limits how much of an answer is read.
 */
@ApplicationScoped
public class RegionalClients {
    private static final int ATTEMPTS = 2;

    private final SeaConfig config;
    private final SdkHttpClient http;
    private final ConcurrentMap<String, S3Client> s3 = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, KmsClient> kms = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, StsClient> sts = new ConcurrentHashMap<>();

    public RegionalClients(SeaConfig config) {
        this.config = config;
        this.http = JdkConnections.limited(config.validation().callTimeout().dividedBy(ATTEMPTS));
    }

    /** Never follows a bucket to another region, since a validation must report a wrong one. */
    public S3Client s3(AwsRegion region) {
        return s3.computeIfAbsent(
                region.id(),
                id -> S3Client.builder()
                        .applyMutation(builder -> common(builder, id, new BoundedAnswers(), new S3Headers()))
                        .httpClient(http)
                        .crossRegionAccessEnabled(false)
                        .disableMultiRegionAccessPoints(true)
                        .useArnRegion(false)
                        .forcePathStyle(config.localAws().endpoint().isPresent())
                        .build());
    }

    /** For keys of this region. */
    public KmsClient kms(AwsRegion region) {
        return kms.computeIfAbsent(
                region.id(),
                id -> KmsClient.builder()
                        .applyMutation(builder -> common(builder, id, new BoundedAnswers()))
                        .httpClient(http)
                        .build());
    }

    /**
     * For roles and access keys.
     *
     * @param region the service's own for roles, and a partition's default region for access keys
     */
    public StsClient sts(String region) {
        return sts.computeIfAbsent(
                region,
                id -> StsClient.builder()
                        .applyMutation(builder -> common(builder, id, new BoundedAnswers()))
                        .httpClient(http)
                        .build());
    }

    private void common(AwsClientBuilder<?, ?> builder, String region, ExecutionInterceptor... interceptors) {
        builder.region(Region.of(region))
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .apiCallTimeout(config.validation().callTimeout())
                        .apiCallAttemptTimeout(config.validation().callTimeout().dividedBy(ATTEMPTS))
                        .executionInterceptors(List.of(interceptors))
                        .retryStrategy(new TimelyRetries(
                                AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                        .maxAttempts(ATTEMPTS)
                                        .build(),
                                config.validation().callTimeout()))
                        .build());
        config.localAws().endpoint().ifPresent(builder::endpointOverride);
    }

    @PreDestroy
    void close() {
        s3.values().forEach(S3Client::close);
        kms.values().forEach(KmsClient::close);
        sts.values().forEach(StsClient::close);
        http.close();
    }

    /**
     * Uploads without {@code Expect: 100-continue}, which the S3 client always sends. Waiting for the answer costs a round
     * trip, and saves nothing for a body of a few bytes.
     *
     * <p>Every call but an upload closes its connection, and what follows an upload takes its connection. In AWS each bucket is
     * a host of its own, which is called again only after an hour. The JDK would keep its idle connections for 5 to 10 seconds,
     * and it has no limit for all hosts together. A sweep over many buckets would so use up the 1,024 file descriptors that
     * Lambda allows (docs/adr/0014).
     *
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Lambda quotas</a>
     */
    private static final class S3Headers implements ExecutionInterceptor {

        @Override
        public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
            SdkHttpRequest.Builder request = context.httpRequest().toBuilder().removeHeader("Expect");
            if (context.httpRequest().method() != SdkHttpMethod.PUT) {
                request.putHeader("Connection", "close");
            }
            return request.build();
        }
    }
}
