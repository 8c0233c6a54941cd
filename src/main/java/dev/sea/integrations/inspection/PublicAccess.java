package dev.sea.integrations.inspection;

import dev.sea.integrations.call.Answer;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.posture.AdviceCode;
import dev.sea.integrations.posture.Sightings.Sighting;
import dev.sea.integrations.probe.ParallelCalls;
import dev.sea.integrations.probe.Pending;
import dev.sea.integrations.probe.S3Calls;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * Asks S3 by requests without credentials what anybody may do: read the object that validations leave in the bucket, and list.
 * Both are about the integration's own prefix, since a bucket may be public elsewhere on purpose. Where it is known which page
 * plays recordings, it asks as that page's browser would, too. S3 does not charge the bucket's owner for requests that it
 * refuses.
 *
 * <p>Nothing waits for the answers. One that has not come when the validation ends is not learned.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/ErrorCodeBilling.html">Billing for Amazon S3 error
 *     responses</a>
 */
public final class PublicAccess {
    private static final int FORBIDDEN = 403;
    private static final int BAD_REQUEST = 400;
    private static final int MOST_READ = 100;

    /** For an object under a KMS key: only a signed request may read it. */
    private static final String NEEDS_SIGNATURE = "InvalidArgument";

    private final Map<AdviceCode, Sighting> seen = new ConcurrentHashMap<>();
    private final List<Pending<?>> pending = new ArrayList<>();

    private PublicAccess() {}

    /**
     * Starts the requests.
     *
     * @param s3 a client without credentials
     * @param playback the question of the page that plays recordings; empty if no page is known
     */
    public static PublicAccess ask(ParallelCalls calls, S3Client s3, Target target, Optional<Preflight> playback) {
        PublicAccess asked = new PublicAccess();
        asked.start(
                calls,
                AdviceCode.PUBLIC_OBJECTS,
                () -> isAllowed(() -> read(s3, target)).map(Sighting::of));
        asked.start(
                calls,
                AdviceCode.PUBLIC_LISTING,
                () -> isAllowed(() -> list(s3, target)).map(Sighting::of));
        playback.ifPresent(page -> asked.start(
                calls,
                AdviceCode.PLAYBACK_CORS_MISSING,
                () -> page.isAllowed(s3, target)
                        .map(allowed -> allowed ? Sighting.NOT_THERE : new Sighting(true, page.origin()))));
        return asked;
    }

    private static S3Response read(S3Client s3, Target target) {
        return s3.getObject(
                request -> request.bucket(target.bucket().value()).key(S3Calls.key(target)), (response, body) -> {
                    body.readNBytes(MOST_READ);
                    return response;
                });
    }

    private static S3Response list(S3Client s3, Target target) {
        return s3.listObjectsV2(request -> request.bucket(target.bucket().value())
                .prefix(target.prefix().value())
                .maxKeys(1));
    }

    /** What has been answered by now. */
    public Map<AdviceCode, Sighting> seen() {
        return Map.copyOf(seen);
    }

    /** For tests. A validation waits for nothing. */
    void awaitAll() {
        pending.forEach(Pending::await);
    }

    /** @param question its answer is empty if S3 did not say */
    private void start(ParallelCalls calls, AdviceCode code, Supplier<Optional<Sighting>> question) {
        pending.add(calls.ask(() -> {
            question.get().ifPresent(sighting -> seen.put(code, sighting));
            return new Answer.Unasked<Boolean>();
        }));
    }

    /** Empty if S3 did not say. */
    private static Optional<Boolean> isAllowed(Supplier<? extends S3Response> call) {
        try {
            // All of AWS's answers have a request ID.
            boolean genuine = !call.get().responseMetadata().requestId().equals(Answer.NO_REQUEST_ID);
            return genuine ? Optional.of(true) : Optional.empty();
        } catch (AwsServiceException refused) {
            return isRefusal(refused) ? Optional.of(false) : Optional.empty();
        } catch (SdkException nothingLearned) {
            return Optional.empty();
        }
    }

    private static boolean isRefusal(AwsServiceException answer) {
        return answer.requestId() != null
                && (answer.statusCode() == FORBIDDEN
                        || (answer.statusCode() == BAD_REQUEST
                                && NEEDS_SIGNATURE.equals(
                                        answer.awsErrorDetails().errorCode())));
    }
}
