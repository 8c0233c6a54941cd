package dev.sea.integrations.recording;

import dev.sea.integrations.aws.AccountId;
import dev.sea.integrations.call.Answer;
import dev.sea.integrations.call.AwsFailure;
import dev.sea.integrations.client.RegionalClients;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** The calls to S3 that list and describe recordings. Each names the bucket's expected owner. */
@ApplicationScoped
class RecordingCalls {

    private final RegionalClients clients;

    RecordingCalls(RegionalClients clients) {
        this.clients = clients;
    }

    /**
     * ListObjectsV2, with keys encoded on the way: XML cannot hold all of their characters.
     *
     * @param start of the whole keys
     * @param token of the page before; empty for the first
     * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html">ListObjectsV2</a>
     */
    Answer<ListObjectsV2Response> list(Place place, String start, Optional<String> token, int limit) {
        String bucket = place.target().bucket().value();
        return Answer.to(
                () -> s3(place)
                        .listObjectsV2(r -> r.bucket(bucket)
                                .prefix(start)
                                .maxKeys(limit)
                                .encodingType(EncodingType.URL)
                                .continuationToken(token.orElse(null))
                                .expectedBucketOwner(owner(place))
                                .overrideConfiguration(credentials(place))),
                page -> bucket.equals(page.name()) && isPage(page, start, limit));
    }

    private static boolean isPage(ListObjectsV2Response page, String start, int limit) {
        boolean goesOn = Boolean.TRUE.equals(page.isTruncated());
        return page.contents().size() <= limit
                && goesOn == (page.nextContinuationToken() != null)
                && page.contents().stream()
                        .allMatch(object -> object.key() != null
                                && object.key().startsWith(start)
                                && object.size() != null
                                && object.lastModified() != null);
    }

    /**
     * HeadObject, with the checksum.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html">HeadObject</a>
     */
    Answer<HeadObjectResponse> head(Place place, String wholeKey) {
        return Answer.to(
                () -> s3(place)
                        .headObject(r -> r.bucket(place.target().bucket().value())
                                .key(wholeKey)
                                .checksumMode(ChecksumMode.ENABLED)
                                .expectedBucketOwner(owner(place))
                                .overrideConfiguration(credentials(place))),
                Function.identity(),
                object -> object.eTag() != null && object.contentLength() != null && object.lastModified() != null,
                AwsFailure::ofObjectHead);
    }

    /**
     * GetObjectTagging.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectTagging.html">GetObjectTagging</a>
     */
    Answer<GetObjectTaggingResponse> tags(Place place, String wholeKey) {
        return Answer.to(
                () -> s3(place)
                        .getObjectTagging(r -> r.bucket(place.target().bucket().value())
                                .key(wholeKey)
                                .expectedBucketOwner(owner(place))
                                .overrideConfiguration(credentials(place))),
                GetObjectTaggingResponse::hasTagSet);
    }

    private S3Client s3(Place place) {
        return clients.s3(place.target().region());
    }

    private static @Nullable String owner(Place place) {
        return place.owner().map(AccountId::value).orElse(null);
    }

    private static AwsRequestOverrideConfiguration credentials(Place place) {
        return AwsRequestOverrideConfiguration.builder()
                .credentialsProvider(
                        StaticCredentialsProvider.create(place.session().credentials()))
                .build();
    }
}
