package dev.sea.integrations.probe;

import dev.sea.integrations.aws.AccountId;
import dev.sea.integrations.probe.S3Calls.Read;
import dev.sea.integrations.probe.S3Calls.Stored;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;

/**
 * All that AWS answered; the checks are judged from it and nothing else.
 *
 * @param tellsMoreWithoutOwner asked only where everything was refused to the expected owner: whether S3 lets it in, or says
 *     why not, once none is expected
 * @param owner the bucket's owner, where S3 let a call through that named it
 */
public record Findings(
        Answer<Session> credentials,
        Answer<AssumeRoleResponse> withoutExternalId,
        Answer<AssumeRoleResponse> withOtherExternalId,
        Answer<HeadBucketResponse> head,
        Answer<ListObjectsV2Response> list,
        Answer<Stored> put,
        Answer<Read> get,
        Answer<GetObjectTaggingResponse> tagging,
        Answer<KeyFindings> key,
        Answer<ListBucketsResponse> listBuckets,
        Answer<Boolean> tellsMoreWithoutOwner,
        Optional<AccountId> owner) {

    /** The answers of the bucket, HEAD's first. */
    public Stream<Answer<?>> ofBucket() {
        return Stream.of(head, list, put, get, tagging);
    }

    /** Something was written just now, or found to be there. */
    public boolean isObjectThere() {
        return put.isGiven();
    }
}
