package dev.sea.integrations.probe;

import dev.sea.integrations.aws.AccountId;
import dev.sea.integrations.probe.Answer.Unasked;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;

/**
 * All that AWS answered. The judges read this and nothing else.
 *
 * @param ofObjects the answer to each call that proves one permission
 * @param tellsMoreWithoutOwner whether S3 allows a call, or says more about why not, once the call names no expected owner;
 *     asked only where S3 denied every call that named one
 * @param owner the bucket's owner, where S3 allowed a call that named it
 */
public record Findings(
        Answer<Session> credentials,
        Answer<AssumeRoleResponse> withoutExternalId,
        Answer<AssumeRoleResponse> withOtherExternalId,
        Answer<HeadBucketResponse> head,
        Map<ObjectProbe, Answer<ObjectFindings>> ofObjects,
        Answer<KeyFindings> key,
        Answer<ListBucketsResponse> listBuckets,
        Answer<Boolean> tellsMoreWithoutOwner,
        Optional<AccountId> owner) {

    /** What is known before AWS is asked anything. */
    public static final Findings NOTHING_ASKED = new Findings(
            new Unasked<>(),
            new Unasked<>(),
            new Unasked<>(),
            new Unasked<>(),
            Map.of(),
            new Unasked<>(),
            new Unasked<>(),
            new Unasked<>(),
            Optional.empty());

    public Findings {
        ofObjects = Map.copyOf(ofObjects);
    }

    /** The answer to one of the calls; {@link Unasked} where it was not made. */
    public Answer<ObjectFindings> of(ObjectProbe probe) {
        return ofObjects.getOrDefault(probe, new Unasked<>());
    }

    /** The answers that tell something of the bucket, HEAD's first. */
    public Stream<Answer<?>> ofBucket() {
        return Stream.concat(Stream.of(head), Stream.of(ObjectProbe.values()).map(this::of));
    }
}
