package dev.sea.integrations.probe;

import dev.sea.integrations.client.Attempts;
import dev.sea.integrations.report.FailureCode;
import dev.sea.integrations.report.FailureCode.Nature;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

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
                ? ErrorAnswer.of(answer, head).failure()
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
}
