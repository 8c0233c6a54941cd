package dev.sea.integrations.probe;

import dev.sea.integrations.client.Attempts;
import dev.sea.integrations.report.FailureCode;
import dev.sea.integrations.report.FailureCode.Nature;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.sts.model.StsException;

/**
 * What a call to AWS that did not succeed teaches. The one place that reads the SDK's exceptions; nothing of a body is
 * passed on but AWS's own codes, actions, ARNs and regions.
 *
 * @param code the verdict, where the call was not made to fail
 * @param awsCode AWS's own error code; empty for HEAD, whose answers have no body, and where none arrived
 * @param denial who refused, for a code of nature DENIAL
 * @param bucketRegion where S3 says that the bucket lies
 */
public record AwsFailure(
        FailureCode code,
        String awsCode,
        Optional<Denial> denial,
        Optional<String> bucketRegion,
        Optional<String> requestId) {
    private static final Set<String> THROTTLES = Set.of(
            "SlowDown",
            "RequestLimitExceeded",
            "BandwidthLimitExceeded",
            "TooManyRequestsException",
            "TooManyRequests",
            "PriorRequestNotComplete");
    private static final Set<String> DENIALS = Set.of("AccessDenied", "AccessDeniedException");
    /** AWS's error codes that mean one thing whichever service sends them. */
    private static final Map<String, FailureCode> MEANINGS = Map.ofEntries(
            Map.entry("InvalidClientTokenId", FailureCode.INVALID_ACCESS_KEY),
            Map.entry("InvalidAccessKeyId", FailureCode.INVALID_ACCESS_KEY),
            Map.entry("UnrecognizedClientException", FailureCode.INVALID_ACCESS_KEY),
            Map.entry("SignatureDoesNotMatch", FailureCode.SIGNATURE_MISMATCH),
            Map.entry("InvalidSignatureException", FailureCode.SIGNATURE_MISMATCH),
            Map.entry("RegionDisabledException", FailureCode.STS_REGION_DISABLED),
            Map.entry("NoSuchBucket", FailureCode.NO_SUCH_BUCKET),
            Map.entry("RequestTimeout", FailureCode.TIMED_OUT));
    /** Of a key, said by KMS; by S3 with "KMS." before it and status 400. */
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

    static final AwsFailure CUT_OFF = own(FailureCode.TIMED_OUT);
    public static final AwsFailure UNEXPECTED = own(FailureCode.UNEXPECTED_ANSWER);

    /** Of a call that was cut: what AWS answered last, or {@link #CUT_OFF} where it never did. */
    static AwsFailure cutOff(Attempts attempts) {
        return attempts.lastAnswer().map(AwsFailure::of).orElse(CUT_OFF);
    }

    static AwsFailure of(RuntimeException thrown) {
        return of(thrown, false);
    }

    /** Of a HEAD request: its answers have no body, so the status alone speaks. */
    static AwsFailure ofHead(RuntimeException thrown) {
        return of(thrown, true);
    }

    /** A verdict of ours, before or beside AWS's. */
    static AwsFailure own(FailureCode code) {
        return new AwsFailure(code, "", Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static AwsFailure of(RuntimeException thrown, boolean head) {
        return thrown instanceof AwsServiceException answer
                ? ofAnswer(answer, Answered.read(answer, head))
                : own(ofTransport(thrown));
    }

    public boolean isDenial() {
        return denial.isPresent();
    }

    public boolean isUnlearned() {
        return code.nature() == Nature.UNKNOWN;
    }

    /** A denial of which AWS tells nothing: neither action nor policy. */
    boolean isBareDenial() {
        return denial.filter(Denial::isBare).isPresent();
    }

    /** A missing object: to be told so, one must be allowed to read it. */
    public boolean isNoSuchKey() {
        return awsCode.equals("NoSuchKey");
    }

    /** Archived, as by a lifecycle rule: to be told so, one must be allowed to read it. */
    public boolean isArchived() {
        return awsCode.equals("InvalidObjectState");
    }

    /** KMS's way to say that a dry run may be done. */
    boolean isDryRunSuccess() {
        return awsCode.equals("DryRunOperationException");
    }

    /** S3's answer to a conditional write of what is there: the write itself is allowed. */
    boolean isPreconditionFailed() {
        return awsCode.equals("PreconditionFailed");
    }

    /** STS takes no session policy like this one; a simpler one may do. */
    boolean isPolicyRefused() {
        return awsCode.startsWith("PackedPolicyTooLarge") || awsCode.startsWith("MalformedPolicyDocument");
    }

    /** Whether waiting may mend it, since IAM takes its time to spread a change. */
    boolean mayBePropagation() {
        return code.nature() == Nature.DENIAL;
    }

    private static AwsFailure ofAnswer(AwsServiceException thrown, Answered answer) {
        Optional<Denial> denial = answer.isDenial() ? Optional.of(Denial.read(answer.sentence())) : Optional.empty();
        FailureCode code = denial.map(it -> code(it, thrown)).orElseGet(() -> code(answer, thrown));
        return new AwsFailure(code, answer.code(), denial, answer.region(), Optional.ofNullable(thrown.requestId()));
    }

    private static FailureCode code(Answered answer, AwsServiceException thrown) {
        String code = answer.code().startsWith(VIA_S3) ? answer.code().substring(VIA_S3.length()) : answer.code();
        boolean aboutKey = thrown instanceof KmsException || answer.code().startsWith(VIA_S3);
        boolean slowDown = answer.sentence().equals("Slow Down");
        if (slowDown || thrown.isThrottlingException() || THROTTLES.contains(code) || code.startsWith("Throttl")) {
            return FailureCode.THROTTLED;
        }
        if (answer.status() >= 500) {
            return FailureCode.AWS_UNAVAILABLE;
        }
        if (!answer.fromAws()) {
            return FailureCode.UNEXPECTED_ANSWER;
        }
        if (aboutKey && UNUSABLE_KEY.contains(code)) {
            return FailureCode.KMS_KEY_UNUSABLE;
        }
        // Clocks, not keys, differ.
        if (code.equals("SignatureDoesNotMatch") && answer.sentence().startsWith("Signature ")) {
            return FailureCode.UNEXPECTED_ANSWER;
        }
        if (ELSEWHERE.contains(code) || (answer.head() && answer.status() == 301)) {
            return code.equals("AuthorizationHeaderMalformed")
                            && answer.region().isEmpty()
                    ? FailureCode.UNEXPECTED_ANSWER
                    : FailureCode.WRONG_REGION;
        }
        return MEANINGS.getOrDefault(code, FailureCode.UNEXPECTED_ANSWER);
    }

    private static FailureCode code(Denial denial, AwsServiceException thrown) {
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
            case TRUST_POLICY, VPC_ENDPOINT_POLICY -> FailureCode.ACCESS_DENIED;
            case UNTOLD -> kms ? FailureCode.KMS_DENIED : FailureCode.ACCESS_DENIED;
        };
    }

    /** Nothing that AWS said arrived, or not all of it. */
    private static FailureCode ofTransport(RuntimeException thrown) {
        if (thrown instanceof ApiCallTimeoutException
                || thrown instanceof ApiCallAttemptTimeoutException
                || thrown instanceof AbortedException) {
            return FailureCode.TIMED_OUT;
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case java.net.SocketTimeoutException _ -> {
                    return FailureCode.TIMED_OUT;
                }
                case java.io.EOFException _ -> {
                    return FailureCode.UNEXPECTED_ANSWER;
                }
                case java.net.SocketException _, java.net.UnknownHostException _, javax.net.ssl.SSLException _ -> {
                    return FailureCode.AWS_UNAVAILABLE;
                }
                default -> {}
            }
        }
        return FailureCode.UNEXPECTED_ANSWER;
    }

    /**
     * The parts of an error answer that count.
     *
     * @param fromAws whether it has a request ID, as all of AWS's answers have
     */
    private record Answered(
            int status, String code, String sentence, Optional<String> region, boolean head, boolean fromAws) {

        static Answered read(AwsServiceException thrown, boolean head) {
            boolean fromAws = thrown.requestId() != null;
            AwsErrorDetails details = thrown.awsErrorDetails();
            if (details == null) {
                return new Answered(thrown.statusCode(), "", "", Optional.empty(), head, fromAws);
            }
            String code = details.errorCode() == null ? "" : details.errorCode();
            String sentence = details.errorMessage() == null ? "" : details.errorMessage();
            SdkHttpResponse http = details.sdkHttpResponse();
            Optional<String> region = http == null ? Optional.empty() : http.firstMatchingHeader("x-amz-bucket-region");
            return new Answered(
                    thrown.statusCode(), code, sentence, region.or(() -> regionIn(sentence)), head, fromAws);
        }

        boolean isDenial() {
            return fromAws && (DENIALS.contains(code) || (head && status == 403));
        }

        private static Optional<String> regionIn(String sentence) {
            Matcher matcher = REGION_IN_SENTENCE.matcher(sentence);
            return matcher.find()
                    ? Optional.ofNullable(matcher.group(1)).or(() -> Optional.ofNullable(matcher.group(2)))
                    : Optional.empty();
        }
    }
}
