package dev.sea.integrations.call;

import dev.sea.integrations.report.FailureCode;
import dev.sea.integrations.report.FailureCode.Nature;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.sts.model.StsException;

/**
 * An error that AWS answered, and what it means.
 *
 * @param code AWS's own; empty where the answer has no body
 * @param sentence AWS's own message; empty likewise
 * @param region where S3 says that the bucket is
 * @param head whether it answers a HEAD request, and so has no body
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">S3's error responses</a>
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html">STS's common errors</a>
 * @see <a href="https://docs.aws.amazon.com/kms/latest/APIReference/CommonErrors.html">KMS's common errors</a>
 */
record ErrorAnswer(AwsServiceException thrown, String code, String sentence, Optional<String> region, boolean head) {
    private static final Set<String> THROTTLES = Set.of(
            "SlowDown",
            "RequestLimitExceeded",
            "BandwidthLimitExceeded",
            "TooManyRequestsException",
            "TooManyRequests",
            "PriorRequestNotComplete");
    /** A presigned URL out of its time, so the clocks differ: S3 calls this AccessDenied, but no policy denies it. */
    private static final Set<String> UNTIMELY = Set.of("Request has expired", "Request is not yet valid");

    private static final Set<String> DENIALS = Set.of("AccessDenied", "AccessDeniedException");
    /** Error codes that mean the same whichever service sends them. */
    private static final Map<String, FailureCode> MEANINGS = Map.ofEntries(
            Map.entry("InvalidClientTokenId", FailureCode.INVALID_ACCESS_KEY),
            Map.entry("InvalidAccessKeyId", FailureCode.INVALID_ACCESS_KEY),
            Map.entry("UnrecognizedClientException", FailureCode.INVALID_ACCESS_KEY),
            Map.entry("SignatureDoesNotMatch", FailureCode.SIGNATURE_MISMATCH),
            Map.entry("InvalidSignatureException", FailureCode.SIGNATURE_MISMATCH),
            Map.entry("RegionDisabledException", FailureCode.STS_REGION_DISABLED),
            Map.entry("NoSuchBucket", FailureCode.NO_SUCH_BUCKET),
            Map.entry("RequestTimeout", FailureCode.TIMED_OUT));
    /** KMS's codes for a key that cannot be used. S3 puts "KMS." before them and answers with status 400. */
    private static final Set<String> UNUSABLE_KEY = Set.of(
            "DisabledException",
            "KMSInvalidStateException",
            "NotFoundException",
            "InvalidKeyUsageException",
            "InvalidArnException");

    private static final String VIA_S3 = "KMS.";
    private static final Set<String> ELSEWHERE = Set.of(
            "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException", "Redirect");
    private static final Pattern REGION_IN_SENTENCE =
            Pattern.compile("expecting '([a-z0-9-]{5,30})'|The ([a-z0-9-]{5,30}) location constraint is incompatible");

    static ErrorAnswer of(AwsServiceException thrown, boolean head) {
        AwsErrorDetails details = thrown.awsErrorDetails();
        if (details == null) {
            return new ErrorAnswer(thrown, "", "", Optional.empty(), head);
        }
        String code = details.errorCode() == null ? "" : details.errorCode();
        String sentence = details.errorMessage() == null ? "" : details.errorMessage();
        SdkHttpResponse http = details.sdkHttpResponse();
        Optional<String> region = http == null ? Optional.empty() : http.firstMatchingHeader("x-amz-bucket-region");
        return new ErrorAnswer(thrown, code, sentence, region.or(() -> regionIn(sentence)), head);
    }

    AwsFailure failure() {
        Optional<Denial> denial = isDenial() ? Optional.of(Denial.read(sentence)) : Optional.empty();
        FailureCode meaning = denial.map(this::meaning).orElseGet(this::meaning);
        return new AwsFailure(
                meaning,
                code,
                denial.filter(_ -> meaning.nature() == Nature.DENIAL),
                region,
                Optional.ofNullable(thrown.requestId()));
    }

    /** All of AWS's answers have a request ID. */
    private boolean isFromAws() {
        return thrown.requestId() != null;
    }

    private boolean isDenial() {
        boolean named = DENIALS.contains(code) && !UNTIMELY.contains(sentence);
        return isFromAws() && (named || (head && thrown.statusCode() == 403));
    }

    private FailureCode meaning() {
        boolean viaS3 = code.startsWith(VIA_S3);
        String plain = viaS3 ? code.substring(VIA_S3.length()) : code;
        if (sentence.equals("Slow Down")
                || thrown.isThrottlingException()
                || THROTTLES.contains(plain)
                || plain.startsWith("Throttl")) {
            return FailureCode.THROTTLED;
        }
        if (thrown.statusCode() >= 500) {
            return FailureCode.AWS_UNAVAILABLE;
        }
        if (!isFromAws()) {
            return FailureCode.UNEXPECTED_ANSWER;
        }
        if ((viaS3 || thrown instanceof KmsException) && UNUSABLE_KEY.contains(plain)) {
            return FailureCode.KMS_KEY_UNUSABLE;
        }
        // "Signature expired" or "Signature not yet current": the clocks differ, not the keys.
        if (plain.equals("SignatureDoesNotMatch") && sentence.startsWith("Signature ")) {
            return FailureCode.UNEXPECTED_ANSWER;
        }
        if (ELSEWHERE.contains(plain) || (head && thrown.statusCode() == 301)) {
            return plain.equals("AuthorizationHeaderMalformed") && region.isEmpty()
                    ? FailureCode.UNEXPECTED_ANSWER
                    : FailureCode.WRONG_REGION;
        }
        return MEANINGS.getOrDefault(plain, FailureCode.UNEXPECTED_ANSWER);
    }

    private FailureCode meaning(Denial denial) {
        if (thrown instanceof StsException) {
            return denial.names("sts:AssumeRole") || denial.isBare()
                    ? FailureCode.TRUST_POLICY_DENIED
                    : FailureCode.ACCESS_DENIED;
        }
        boolean kms = thrown instanceof KmsException || denial.byKms();
        return switch (denial.by()) {
            case IDENTITY_POLICY ->
                kms
                        ? FailureCode.KMS_DENIED
                        : denial.explicit() ? FailureCode.EXPLICIT_DENY : FailureCode.IDENTITY_POLICY_MISSING;
            case RESOURCE_POLICY -> kms ? FailureCode.KMS_KEY_POLICY_DENIED : FailureCode.BUCKET_POLICY_DENIED;
            case SESSION_POLICY -> FailureCode.SESSION_POLICY_DENIED;
            case BOUNDARY -> FailureCode.PERMISSIONS_BOUNDARY_DENIED;
            case SERVICE_CONTROL_POLICY, RESOURCE_CONTROL_POLICY -> FailureCode.SERVICE_CONTROL_POLICY_DENIED;
            case TRUST_POLICY -> FailureCode.ACCESS_DENIED;
            // The endpoint can only be SEA's own.
            case VPC_ENDPOINT_POLICY -> FailureCode.SERVICE_FAULT;
            case UNTOLD -> kms ? FailureCode.KMS_DENIED : FailureCode.ACCESS_DENIED;
        };
    }

    private static Optional<String> regionIn(String sentence) {
        Matcher matcher = REGION_IN_SENTENCE.matcher(sentence);
        return matcher.find()
                ? Optional.ofNullable(matcher.group(1)).or(() -> Optional.ofNullable(matcher.group(2)))
                : Optional.empty();
    }
}
