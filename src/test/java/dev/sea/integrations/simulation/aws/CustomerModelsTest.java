package dev.sea.integrations.simulation.aws;

import dev.sea.integrations.simulation.aws.CustomerWorld.Who;
import dev.sea.integrations.simulation.aws.Differential.Difference;
import dev.sea.integrations.testing.Customer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.kms.model.EncryptResponse;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** The models of STS, S3 and KMS answer as the local AWS does, while the customer gives rights and takes them. */
class CustomerModelsTest {
    /** AWS's own choice, and what the service does not look at. */
    private static final Answers ANSWERS = new Answers(
            Set.of(
                    "AcceptRanges",
                    "AssumedRoleId",
                    "BucketArn",
                    "Buckets",
                    "ChecksumAlgorithm",
                    "ChecksumCRC32",
                    "ChecksumType",
                    "CiphertextBlob",
                    "ContinuationToken",
                    "Credentials",
                    "ETag",
                    "EncryptionAlgorithm",
                    "KeyMaterialId",
                    "LastModified",
                    "Metadata",
                    "NextContinuationToken",
                    "Owner",
                    "PackedPolicySize",
                    "Plaintext",
                    "UserId",
                    "VersionId"),
            true);

    private static final List<String> RIGHTS = List.of(
            S3Model.LIST,
            S3Model.GET,
            S3Model.PUT,
            S3Model.TAGGING,
            S3Model.LIST_BUCKETS,
            "kms:Encrypt",
            "kms:Decrypt",
            "kms:GenerateDataKey");
    private static final List<String> KEYS = List.of("a.txt", "b.txt", "c/d.txt");

    /** What the customer or the service does. */
    private enum Action {
        TRUST,
        DISTRUST,
        ALLOW,
        REFUSE,
        ASSUME,
        ASSUME_WITH_ANOTHER_ID,
        END_SESSIONS,
        DISABLE_KEY,
        ENABLE_KEY,
        WHO_AM_I,
        HEAD_BUCKET,
        LIST,
        LIST_NEXT,
        LIST_ANOTHER_BUCKET,
        PUT,
        CREATE,
        PUT_WITH_KEY,
        PUT_WITH_SHA256,
        GET,
        HEAD,
        TAGS,
        LIST_BUCKETS,
        ENCRYPT,
        GENERATE,
        DECRYPT
    }

    /**
     * One step.
     *
     * @param owner the account that is expected to own the bucket; null for none
     */
    private record Step(
            Action action,
            Who who,
            String right,
            String key,
            @Nullable String owner) {}

    @Test
    void answerRandomCallsAsTheLocalAwsDoes() {
        new Differential<>(CustomerModelsTest::sequence, CustomerModelsTest::difference)
                .check(Long.getLong("models.seed", 1), Integer.getInteger("models.seeds", 5));
    }

    private static List<Step> sequence(RandomGenerator random) {
        return IntStream.range(0, 40)
                .mapToObj(at -> new Step(
                        // Most of it needs a session and rights.
                        at == 0 ? Action.ASSUME : at < 6 ? Action.ALLOW : oneOf(List.of(Action.values()), random),
                        oneOf(
                                List.of(Who.ROLE, Who.ROLE, Who.ROLE, Who.USER, Who.USER, Who.STRANGER, Who.NOBODY),
                                random),
                        oneOf(RIGHTS, random),
                        oneOf(KEYS, random),
                        oneOf(
                                        List.of(
                                                Optional.of(CustomerWorld.ACCOUNT),
                                                Optional.of(CustomerWorld.ACCOUNT),
                                                Optional.<String>empty(),
                                                Optional.of("999999999999")),
                                        random)
                                .orElse(null)))
                .toList();
    }

    private static <T> T oneOf(List<T> choices, RandomGenerator random) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static Optional<Difference> difference(List<Step> steps) {
        Customer customer = new Customer()
                .withBucket()
                .withRole(Customer.TRUST, CustomerWorld.policy(Set.of()))
                .withUser(CustomerWorld.policy(Set.of()))
                .withKey();
        CustomerWorld model = CustomerWorld.modelled(customer);
        CustomerWorld aws = CustomerWorld.inLocalAws(customer);
        for (int at = 0; at < steps.size(); at++) {
            Step step = steps.get(at);
            String ofModel = ANSWERS.of(() -> perform(step, model));
            String ofAws = ANSWERS.of(() -> perform(step, aws));
            if (!ofModel.equals(ofAws)) {
                return Optional.of(new Difference(at, ofModel, ofAws));
            }
        }
        return Optional.empty();
    }

    private static Object perform(Step step, CustomerWorld world) {
        return switch (step.action()) {
            case TRUST -> world.trust(true);
            case DISTRUST -> world.trust(false);
            case ALLOW -> world.allow(step.right());
            case REFUSE -> world.refuse(step.right());
            case ASSUME -> world.assume(true);
            case ASSUME_WITH_ANOTHER_ID -> world.assume(false);
            case END_SESSIONS -> world.endSessions();
            case DISABLE_KEY -> world.enableKey(false);
            case ENABLE_KEY -> world.enableKey(true);
            case WHO_AM_I ->
                world.sts().getCallerIdentity(request -> request.overrideConfiguration(world.as(step.who())));
            case ENCRYPT, GENERATE, DECRYPT -> askKms(step, world);
            default -> askS3(step, world);
        };
    }

    private static Object askKms(Step step, CustomerWorld world) {
        SdkBytes text = SdkBytes.fromUtf8String("text");
        return switch (step.action()) {
            case ENCRYPT ->
                world.kms()
                        .encrypt(request -> request.keyId(world.keyArn())
                                .plaintext(text)
                                .dryRun(true)
                                .overrideConfiguration(world.as(step.who())));
            case GENERATE ->
                world.kms()
                        .generateDataKey(request -> request.keyId(world.keyArn())
                                .keySpec("AES_256")
                                .dryRun(true)
                                .overrideConfiguration(world.as(step.who())));
            default -> {
                EncryptResponse encrypted = world.kms()
                        .encrypt(request -> request.keyId(world.keyArn())
                                .plaintext(text)
                                .overrideConfiguration(world.as(step.who())));
                yield world.kms()
                        .decrypt(request -> request.keyId(world.keyArn())
                                .ciphertextBlob(encrypted.ciphertextBlob())
                                .dryRun(true)
                                .overrideConfiguration(world.as(step.who())));
            }
        };
    }

    private static Object askS3(Step step, CustomerWorld world) {
        return switch (step.action()) {
            case HEAD_BUCKET ->
                world.s3()
                        .headBucket(request -> request.bucket(world.bucket())
                                .expectedBucketOwner(step.owner())
                                .overrideConfiguration(world.as(step.who())));
            case LIST -> list(step, world, null);
            case LIST_ANOTHER_BUCKET ->
                world.s3()
                        .listObjectsV2(request -> request.bucket(world.bucket() + "-another")
                                .expectedBucketOwner(step.owner())
                                .overrideConfiguration(world.as(step.who())));
            case LIST_NEXT -> list(step, world, world.token());
            case LIST_BUCKETS ->
                world.s3().listBuckets(request -> request.maxBuckets(1).overrideConfiguration(world.as(step.who())));
            case TAGS ->
                world.s3()
                        .getObjectTagging(request -> request.bucket(world.bucket())
                                .key(step.key())
                                .expectedBucketOwner(step.owner())
                                .overrideConfiguration(world.as(step.who())));
            case GET ->
                world.s3()
                        .getObject(
                                request -> request.bucket(world.bucket())
                                        .key(step.key())
                                        .expectedBucketOwner(step.owner())
                                        .overrideConfiguration(world.as(step.who())),
                                ResponseTransformer.toBytes())
                        .response();
            case HEAD ->
                world.s3()
                        .headObject(request -> request.bucket(world.bucket())
                                .key(step.key())
                                .checksumMode(ChecksumMode.ENABLED)
                                .expectedBucketOwner(step.owner())
                                .overrideConfiguration(world.as(step.who())));
            default -> put(step, world);
        };
    }

    private static Object list(Step step, CustomerWorld world, @Nullable String token) {
        ListObjectsV2Response page = world.s3()
                .listObjectsV2(request -> request.bucket(world.bucket())
                        .prefix("")
                        .maxKeys(1)
                        .continuationToken(token)
                        .expectedBucketOwner(step.owner())
                        .overrideConfiguration(world.as(step.who())));
        world.token(page.nextContinuationToken());
        return page;
    }

    private static Object put(Step step, CustomerWorld world) {
        String content = step.key() + " " + step.action();
        return world.s3()
                .putObject(
                        request -> {
                            request.bucket(world.bucket())
                                    .key(step.key())
                                    .contentType("text/plain")
                                    .expectedBucketOwner(step.owner())
                                    .overrideConfiguration(world.as(step.who()));
                            if (step.action() == Action.CREATE) {
                                request.ifNoneMatch("*");
                            } else if (step.action() == Action.PUT_WITH_KEY) {
                                request.serverSideEncryption("aws:kms").ssekmsKeyId(world.keyArn());
                            } else if (step.action() == Action.PUT_WITH_SHA256) {
                                request.checksumSHA256(S3Bucket.sha256(content.getBytes(StandardCharsets.UTF_8)));
                            }
                        },
                        RequestBody.fromString(content));
    }
}
