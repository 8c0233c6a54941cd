package dev.sea.bench;

import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Credentials;

/** The service's checks as one would write them down, each when the one before is through. */
final class Checks {
    private static final String SOME_OTHER = "sea-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    private final StsClient sts;
    private final S3Client s3;
    private final KmsClient kms;

    Checks(SdkHttpClient http, URI endpoint, AwsCredentialsProvider own) {
        Region region = Region.US_EAST_1;
        sts = StsClient.builder()
                .httpClient(http)
                .region(region)
                .endpointOverride(endpoint)
                .credentialsProvider(own)
                .build();
        s3 = S3Client.builder()
                .httpClient(http)
                .region(region)
                .endpointOverride(endpoint)
                .credentialsProvider(own)
                .forcePathStyle(true)
                .overrideConfiguration(o -> o.addExecutionInterceptor(new NoExpectContinue()))
                .build();
        kms = KmsClient.builder()
                .httpClient(http)
                .region(region)
                .endpointOverride(endpoint)
                .credentialsProvider(own)
                .build();
    }

    /** As in the service: an upload that asks first and waits for the answer would make the comparison too easy. */
    private static final class NoExpectContinue implements ExecutionInterceptor {
        @Override
        public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
            return context.httpRequest().toBuilder().removeHeader("Expect").build();
        }
    }

    /**
     * What is checked.
     *
     * @param role to be assumed with the external ID; without one, the keys are the customer's
     */
    record Subject(
            String bucket, Optional<String> role, String externalId, String accessKeyId, String secretAccessKey) {}

    /** Of a role with its external ID: what a light validation leaves out is the two tries to get in without. */
    void check(Subject subject, boolean light) {
        AwsCredentialsProvider session = subject.role().isPresent() ? assumed(subject) : keys(subject);
        AwsRequestOverrideConfiguration as = AwsRequestOverrideConfiguration.builder()
                .credentialsProvider(session)
                .build();
        if (subject.role().isPresent() && !light) {
            refused(() -> sts.assumeRole(role(subject).externalId(null).build()));
            refused(() -> sts.assumeRole(role(subject).externalId(SOME_OTHER).build()));
        }
        String bucket = subject.bucket();
        s3.headBucket(r -> r.bucket(bucket).overrideConfiguration(as));
        s3.listObjectsV2(r -> r.bucket(bucket).prefix("").maxKeys(1).overrideConfiguration(as));
        Optional<String> key = put(bucket, as, light);
        s3.getObjectAsBytes(r -> r.bucket(bucket).key(".peer").overrideConfiguration(as));
        s3.getObjectTagging(r -> r.bucket(bucket).key(".peer").overrideConfiguration(as));
        key.ifPresent(id -> {
            refused(() -> kms.encrypt(r -> r.keyId(id)
                    .plaintext(SdkBytes.fromUtf8String("x"))
                    .dryRun(true)
                    .overrideConfiguration(as)));
            refused(() -> kms.generateDataKey(
                    r -> r.keyId(id).keySpec(DataKeySpec.AES_256).dryRun(true).overrideConfiguration(as)));
        });
        if (subject.role().isEmpty() && !light) {
            refused(() -> s3.listBuckets(r -> r.overrideConfiguration(as)));
        }
    }

    private Optional<String> put(String bucket, AwsRequestOverrideConfiguration as, boolean onlyIfAbsent) {
        try {
            PutObjectResponse stored = s3.putObject(
                    r -> r.bucket(bucket)
                            .key(".peer")
                            .ifNoneMatch(onlyIfAbsent ? "*" : null)
                            .overrideConfiguration(as),
                    RequestBody.fromString("The peer writes and reads this object to prove its access.\n"));
            return Optional.ofNullable(stored.ssekmsKeyId());
        } catch (SdkServiceException isThere) {
            return Optional.empty();
        }
    }

    private AwsCredentialsProvider assumed(Subject subject) {
        Credentials given = sts.assumeRole(role(subject).build()).credentials();
        return StaticCredentialsProvider.create(
                AwsSessionCredentials.create(given.accessKeyId(), given.secretAccessKey(), given.sessionToken()));
    }

    private static AssumeRoleRequest.Builder role(Subject subject) {
        return AssumeRoleRequest.builder()
                .roleArn(subject.role().orElseThrow())
                .roleSessionName("peer")
                .externalId(subject.externalId());
    }

    private AwsCredentialsProvider keys(Subject subject) {
        AwsCredentialsProvider keys = StaticCredentialsProvider.create(
                AwsBasicCredentials.create(subject.accessKeyId(), subject.secretAccessKey()));
        sts.getCallerIdentity(r -> r.overrideConfiguration(o -> o.credentialsProvider(keys)));
        return keys;
    }

    private static void refused(Runnable call) {
        try {
            call.run();
        } catch (SdkServiceException expected) {
            return;
        }
    }
}
