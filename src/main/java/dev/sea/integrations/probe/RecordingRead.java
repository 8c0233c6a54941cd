package dev.sea.integrations.probe;

import dev.sea.integrations.call.Answer;
import dev.sea.integrations.call.AwsFailure;
import dev.sea.integrations.client.RegionalClients;
import dev.sea.integrations.integration.PresentedAccess;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Reads one byte of a recording, in a session of its own, to learn whether an access may read it. A HEAD would do less: its
 * denial has no body, so nothing would say which policy denied it.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html">GetObject</a>
 */
public final class RecordingRead {
    private static final String ONE_BYTE = "bytes=0-0";

    private final CredentialBroker broker;
    private final RegionalClients clients;
    private final Subject subject;
    private final String key;

    /**
     * @param subject whose target is where the recording lies
     * @param key the object's whole key, with the prefix
     */
    public RecordingRead(CredentialBroker broker, RegionalClients clients, Subject subject, String key) {
        this.broker = broker;
        this.clients = clients;
        this.subject = subject;
        this.key = key;
    }

    /**
     * What was learned.
     *
     * @param read unasked without a session
     */
    public record Seen(Answer<Session> session, Answer<GetObjectResponse> read) {}

    /** Two calls, one after the other. */
    public Answer<Seen> ask() {
        long start = System.nanoTime();
        Answer<Session> session = session();
        Answer<GetObjectResponse> read = session.given().map(this::read).orElseGet(Answer.Unasked::new);
        return new Answer.Given<>(
                new Seen(session, read), read.requestId(), Duration.ofNanos(System.nanoTime() - start));
    }

    private Answer<Session> session() {
        Optional<AwsFailure> refused = broker.refusedUnasked(subject.access());
        if (refused.isPresent()) {
            return new Answer.Refused<>(refused.get(), Duration.ZERO);
        }
        return switch (subject.access()) {
            case PresentedAccess.Keys keys -> broker.identify(subject, keys);
            case PresentedAccess.Role role ->
                switch (broker.gateway()) {
                    case Answer.Given<AwsCredentials> gateway -> broker.assume(gateway.value(), subject, role);
                    case Answer.Refused<AwsCredentials>(AwsFailure failure, Duration took) ->
                        new Answer.Refused<>(failure, took);
                    case Answer.Unasked<AwsCredentials> _ -> new Answer.Unasked<>();
                };
        };
    }

    private Answer<GetObjectResponse> read(Session session) {
        return BucketOwner.of(subject, session).ask(owner -> read(session, owner));
    }

    private Answer<GetObjectResponse> read(Session session, @Nullable String owner) {
        return Answer.to(
                () -> clients.s3(subject.target().region())
                        .getObject(
                                request -> request.bucket(
                                                subject.target().bucket().value())
                                        .key(key)
                                        .range(ONE_BYTE)
                                        .expectedBucketOwner(owner)
                                        .overrideConfiguration(
                                                signing -> signing.credentialsProvider(session.credentials())),
                                (response, _) -> response),
                Function.identity(),
                response -> response.eTag() != null,
                AwsFailure::of);
    }
}
