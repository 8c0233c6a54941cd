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
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The clients for customers' accounts: one a region, over one HTTP client. They hold no credentials, which every request
 * brings with it, so that no tenant's can be used for another.
 *
 * <p>A call has {@code sea.validation.call-timeout} in all, and two attempts of half of it, the second only where the
 * pause before it leaves time; of an answer no more is read than any that AWS gives.
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
        this.http = UrlConnectionHttpClient.builder()
                .connectionTimeout(config.validation().callTimeout().dividedBy(ATTEMPTS))
                .socketTimeout(config.validation().callTimeout().dividedBy(ATTEMPTS))
                .build();
    }

    /** Never follows a bucket to another region: the wrong one is a finding. */
    public S3Client s3(AwsRegion region) {
        return s3.computeIfAbsent(
                region.id(),
                id -> S3Client.builder()
                        .applyMutation(builder -> common(builder, id, new BoundedAnswers(), new NoExpectContinue()))
                        .httpClient(http)
                        .crossRegionAccessEnabled(false)
                        .disableMultiRegionAccessPoints(true)
                        .useArnRegion(false)
                        .forcePathStyle(config.localAws().endpoint().isPresent())
                        .build());
    }

    public KmsClient kms(AwsRegion region) {
        return kms.computeIfAbsent(
                region.id(),
                id -> KmsClient.builder()
                        .applyMutation(builder -> common(builder, id, new BoundedAnswers()))
                        .httpClient(http)
                        .build());
    }

    /** Of the service's own region for roles; of a partition's default region for access keys. */
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
     * Uploads without {@code Expect: 100-continue}, which the S3 client always sends: the wait for the answer costs a round
     * trip, and saves nothing for a body of a few bytes.
     */
    private static final class NoExpectContinue implements ExecutionInterceptor {

        @Override
        public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
            return context.httpRequest().toBuilder().removeHeader("Expect").build();
        }
    }
}
