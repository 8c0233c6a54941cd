package dev.sea.integrations.bucket;

import dev.sea.integrations.RuleViolation;
import dev.sea.integrations.aws.AwsRegion;
import dev.sea.integrations.aws.BucketName;
import dev.sea.integrations.client.RegionalClients;
import dev.sea.integrations.client.ServiceIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Finds a bucket's Region by one HeadBucket that is not signed. S3 names the Region in the header {@code
 * x-amz-bucket-region}, whether it lets the caller in (200), refuses it (403), or has the bucket elsewhere: 301, or 400 for a
 * Region that AWS launched after March 2019. 404 means that the partition has no such bucket.
 *
 * <p>The call goes to the default Region of the service's own partition, since bucket names are shared by one partition only.
 * It follows no redirect, so it reaches no other host. It may take {@code sea.validation.call-timeout}.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html">HeadBucket</a>
 */
@ApplicationScoped
class BucketLookup {
    private static final String REGION = "x-amz-bucket-region";
    private static final int NOT_FOUND = 404;
    private static final int SERVER_ERROR = 500;

    private final RegionalClients clients;
    private final ServiceIdentity service;

    BucketLookup(RegionalClients clients, ServiceIdentity service) {
        this.clients = clients;
        this.service = service;
    }

    /**
     * The bucket's Region; empty if the partition has no such bucket.
     *
     * @throws NoAnswerFromS3 if S3 did not say
     */
    Optional<AwsRegion> region(BucketName bucket) {
        AwsRegion asked = new AwsRegion(service.partition().defaultRegion());
        try {
            return Optional.of(named(clients.s3(asked)
                    .headBucket(request -> request.bucket(bucket.value()))
                    .sdkHttpResponse()));
        } catch (AwsServiceException answer) {
            return ofError(answer);
        } catch (SdkClientException none) {
            throw new NoAnswerFromS3(none);
        }
    }

    private static Optional<AwsRegion> ofError(AwsServiceException answer) {
        AwsErrorDetails details = answer.awsErrorDetails();
        // All of AWS's answers have a request ID; what a proxy says of the bucket is no answer.
        if (details == null
                || answer.requestId() == null
                || answer.isThrottlingException()
                || answer.statusCode() >= SERVER_ERROR) {
            throw new NoAnswerFromS3(answer);
        }
        return answer.statusCode() == NOT_FOUND ? Optional.empty() : Optional.of(named(details.sdkHttpResponse()));
    }

    private static AwsRegion named(SdkHttpResponse answer) {
        try {
            return answer.firstMatchingHeader(REGION).map(AwsRegion::new).orElseThrow(NoAnswerFromS3::new);
        } catch (RuleViolation noRegion) {
            throw new NoAnswerFromS3(noRegion);
        }
    }
}
