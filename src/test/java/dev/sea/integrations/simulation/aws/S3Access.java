package dev.sea.integrations.simulation.aws;

import dev.sea.integrations.simulation.aws.S3Bucket.StoredObject;
import dev.sea.integrations.simulation.aws.StsModel.Identity;
import dev.sea.integrations.simulation.aws.StsModel.Principal;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Request;

/** Who may do what in {@link S3Model}, and S3's words for what it refuses. */
final class S3Access {
    static final String REGION = "us-east-1";

    /** For a HEAD, whose answers have no body, the SDK takes HTTP's words for the status, except for 404. */
    private static final Map<Integer, String> HEAD_MESSAGES = Map.of(400, "Bad Request", 403, "Forbidden");

    private final StsModel sts;
    private final KmsModel kms;
    private final Map<String, S3Bucket> buckets;
    private final Set<Right> rights = new HashSet<>();

    S3Access(StsModel sts, KmsModel kms, Map<String, S3Bucket> buckets) {
        this.sts = sts;
        this.kms = kms;
        this.buckets = buckets;
    }

    /** @param bucket empty for a right that is about no bucket */
    private record Right(String owner, String bucket, String action) {}

    void give(String owner, String bucket, String action) {
        rights.add(new Right(owner, bucket, action));
    }

    void take(String owner, String bucket, String action) {
        rights.remove(new Right(owner, bucket, action));
    }

    boolean has(Principal principal, String bucket, String action) {
        return rights.contains(new Right(principal.owner(), bucket, action));
    }

    /**
     * A call about a bucket that exists.
     *
     * @param principal null for a call without credentials
     * @param head whether its errors have no body
     */
    record Call(S3Access access, @Nullable Principal principal, S3Bucket bucket, boolean head) {

        /** @param key empty for an action on the bucket */
        void demand(String action, String key) {
            if (!isAllowed(action)) {
                String resource = "arn:aws:s3:::" + bucket.name() + (key.isEmpty() ? "" : "/" + key);
                String sentence = principal != null && principal.account().equals(bucket.account())
                        ? denial(principal, action, resource)
                        : "Access Denied";
                throw refused(403, "AccessDenied", sentence, head);
            }
        }

        private boolean isAllowed(String action) {
            return principal == null
                    ? bucket.isPublic() && (action.equals(S3Model.GET) || action.equals(S3Model.LIST))
                    : access.has(principal, bucket.name(), action);
        }

        /** That an object does not exist, S3 tells only to those who may list. */
        StoredObject object(String key, String action) {
            demand(action, key);
            StoredObject object = bucket.objects().get(key);
            if (object == null) {
                demand(S3Model.LIST, "");
                throw AwsErrors.with(
                                NoSuchKeyException.builder(),
                                withRegion(404),
                                "NoSuchKey",
                                "The specified key does not exist.")
                        .build();
            }
            return object;
        }

        void demandKey(String keyArn, String action) {
            if (principal != null && !access.kms.isAllowed(principal, keyArn, action)) {
                throw refused(403, "AccessDenied", access.kms.denial(principal, keyArn, action), head);
            }
            if (access.kms.isDisabled(keyArn)) {
                throw refused(400, "KMS.DisabledException", keyArn + " is disabled.", head);
            }
        }
    }

    Call call(S3Request request, String name, @Nullable String expectedOwner, boolean head) {
        Principal principal = principal(request, head);
        S3Bucket bucket = buckets.get(name);
        if (bucket == null) {
            throw AwsErrors.with(
                            NoSuchBucketException.builder(), 404, "NoSuchBucket", "The specified bucket does not exist")
                    .build();
        }
        if (expectedOwner != null && !expectedOwner.equals(bucket.account())) {
            throw refused(403, "AccessDenied", "Access Denied", head);
        }
        return new Call(this, principal, bucket, head);
    }

    /** Null for a call without credentials. */
    @Nullable
    Principal principal(S3Request request, boolean head) {
        return switch (sts.identity(request)) {
            case Identity.Valid(Principal principal) -> principal;
            case Identity.Anonymous _ -> null;
            case Identity.Expired _ -> throw refused(400, "ExpiredToken", "The provided token has expired.", head);
            case Identity.WrongSecret _ ->
                throw refused(
                        403,
                        "SignatureDoesNotMatch",
                        "The request signature we calculated does not match the signature you provided. Check your key and"
                                + " signing method.",
                        head);
            case Identity.Unknown _ ->
                throw refused(
                        403,
                        "InvalidAccessKeyId",
                        "The AWS Access Key Id you provided does not exist in our records.",
                        head);
        };
    }

    static String denial(Principal principal, String action, String resource) {
        return "User: " + principal.arn() + " is not authorized to perform: " + action
                + (resource.isEmpty() ? "" : " on resource: \"" + resource + "\"")
                + " because no identity-based policy allows the " + action + " action";
    }

    static RuntimeException refused(int status, String code, String message, boolean head) {
        return AwsErrors.with(
                        S3Exception.builder(),
                        withRegion(status),
                        head ? null : code,
                        head ? HEAD_MESSAGES.get(status) : message)
                .build();
    }

    static SdkHttpResponse withRegion(int status) {
        return SdkHttpResponse.builder()
                .statusCode(status)
                .putHeader("x-amz-bucket-region", REGION)
                .build();
    }
}
