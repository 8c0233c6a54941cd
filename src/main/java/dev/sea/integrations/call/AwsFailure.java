package dev.sea.integrations.call;

import dev.sea.integrations.client.Attempts;
import dev.sea.integrations.policy.NeededAction;
import dev.sea.integrations.report.FailureCode;
import dev.sea.integrations.report.FailureCode.Nature;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/**
 * Why a call to AWS failed. Of an answer's body it keeps only AWS's own codes, actions, ARNs and regions.
 *
 * @param code what the failure means, unless the call was made to fail
 * @param awsCode AWS's own error code; empty for HEAD, whose answers have no body, and if no answer arrived
 * @param denial which policy denied what; present if AWS denied the call
 * @param bucketRegion the region that S3 says the bucket is in
 * @param requestId AWS's; absent if no answer of AWS's arrived
 */
public record AwsFailure(
        FailureCode code,
        String awsCode,
        Optional<Denial> denial,
        Optional<String> bucketRegion,
        Optional<String> requestId) {
    private static final int NOT_FOUND = 404;
    private static final String NO_SUCH_KEY = "NoSuchKey";

    private static final Set<String> CALLERS_CREDENTIALS = Set.of(
            "ExpiredToken",
            "ExpiredTokenException",
            "InvalidToken",
            "InvalidClientTokenId",
            "InvalidAccessKeyId",
            "UnrecognizedClientException",
            "SignatureDoesNotMatch",
            "InvalidSignatureException",
            "IncompleteSignature",
            "MissingAuthenticationToken",
            "RequestExpired");

    private static final Set<String> SESSION_ENDED = Set.of(
            "ExpiredToken",
            "ExpiredTokenException",
            "InvalidToken",
            "InvalidClientTokenId",
            "UnrecognizedClientException");

    public static final AwsFailure CUT_OFF = own(FailureCode.TIMED_OUT);
    public static final AwsFailure UNEXPECTED = own(FailureCode.UNEXPECTED_ANSWER);

    /** For a call that was cut off: AWS's last answer, or {@link #CUT_OFF} if there was none. */
    public static AwsFailure cutOff(Attempts attempts) {
        return attempts.lastAnswer().map(AwsFailure::of).orElse(CUT_OFF);
    }

    public static AwsFailure of(RuntimeException thrown) {
        return of(thrown, false);
    }

    /** For a HEAD request, whose answers have no body: only the status says something. */
    public static AwsFailure ofHead(RuntimeException thrown) {
        return of(thrown, true);
    }

    /** Of a HEAD of an object. With AWS's request ID, the status alone says that there is no object: its code is NoSuchKey. */
    public static AwsFailure ofObjectHead(RuntimeException thrown) {
        return thrown instanceof AwsServiceException answer
                        && answer.statusCode() == NOT_FOUND
                        && answer.requestId() != null
                ? new AwsFailure(
                        FailureCode.UNEXPECTED_ANSWER,
                        NO_SUCH_KEY,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(answer.requestId()))
                : ofHead(thrown);
    }

    /** A failure that SEA itself states, not AWS. */
    public static AwsFailure own(FailureCode code) {
        return new AwsFailure(code, "", Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Of a call that the service makes for itself. Whatever does not pass by itself is our fault. */
    public static AwsFailure ofOurOwn(RuntimeException thrown) {
        AwsFailure failure = of(thrown);
        return switch (failure.code()) {
            case THROTTLED, TIMED_OUT, AWS_UNAVAILABLE -> failure;
            default -> failure.asServiceFault();
        };
    }

    /** The same as a fault of ours, which is no denial by the customer. */
    public AwsFailure asServiceFault() {
        return new AwsFailure(FailureCode.SERVICE_FAULT, awsCode, Optional.empty(), Optional.empty(), requestId);
    }

    private static AwsFailure of(RuntimeException thrown, boolean head) {
        return thrown instanceof AwsServiceException answer
                ? ErrorAnswer.of(answer, head).failure()
                : own(ofTransport(thrown));
    }

    public boolean isDenial() {
        return denial.isPresent();
    }

    /** Whether the failure says nothing about the customer's set-up: throttled, timed out, unavailable or unexpected. */
    public boolean isUnlearned() {
        return code.nature() == Nature.UNKNOWN;
    }

    /** Whether AWS does not know the caller's access key: it is wrong, inactive, or so new that this Region lacks it. */
    public boolean isUnknownKey() {
        return code == FailureCode.INVALID_ACCESS_KEY;
    }

    /** A denial that AWS says nothing about: neither action nor policy. */
    public boolean isBareDenial() {
        return denial.filter(Denial::isBare).isPresent();
    }

    /** The object does not exist. S3 says so only to callers who may read it. */
    public boolean isNoSuchKey() {
        return awsCode.equals(NO_SUCH_KEY);
    }

    /** The object is archived, for example by a lifecycle rule. S3 says so only to callers who may read it. */
    public boolean isArchived() {
        return awsCode.equals("InvalidObjectState");
    }

    /**
     * Whether the failure may only hide that the object is missing: S3 says so only to callers with s3:ListBucket.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html">GetObject, Permissions</a>
     */
    public boolean mayHideMissingObject() {
        return denial.filter(it -> it.isBare() || it.names(NeededAction.LIST_BUCKET.id()))
                .isPresent();
    }

    /** How KMS says that the dry run would have been allowed. */
    public boolean isDryRunSuccess() {
        return awsCode.equals("DryRunOperationException");
    }

    /** S3's answer to a conditional write if the object is there already: the write itself is allowed. */
    public boolean isPreconditionFailed() {
        return awsCode.equals("PreconditionFailed");
    }

    /** S3's answer to a conditional write if the object was deleted meanwhile. */
    public boolean isConditionalConflict() {
        return awsCode.equals("ConditionalRequestConflict");
    }

    /**
     * Whether AWS denied the caller rather than the request: it does not accept the caller's credentials, or a policy on the
     * caller's own side denies the call.
     */
    public boolean isOfCaller() {
        return CALLERS_CREDENTIALS.contains(awsCode)
                || denial.filter(it -> it.by().isOfCaller()).isPresent();
    }

    /** Whether AWS does not accept the caller's session: it expired, or its role is gone. */
    public boolean isOfEndedSession() {
        return SESSION_ENDED.contains(awsCode);
    }

    /** Also an answer of AWS's that names no error, as to a HEAD: nothing tells it from that of an ended session. */
    public boolean mayBeOfEndedSession() {
        return isOfEndedSession()
                || (code == FailureCode.UNEXPECTED_ANSWER && awsCode.isEmpty() && requestId.isPresent());
    }

    /** STS does not accept this session policy. It may accept a simpler one. */
    public boolean isPolicyRefused() {
        return awsCode.startsWith("PackedPolicyTooLarge") || awsCode.startsWith("MalformedPolicyDocument");
    }

    /** For an answer of which nothing arrived, or not all. */
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
}
