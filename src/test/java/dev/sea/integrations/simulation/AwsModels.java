package dev.sea.integrations.simulation;

import dev.sea.integrations.simulation.aws.EventBridgeModel;
import dev.sea.integrations.simulation.aws.KmsModel;
import dev.sea.integrations.simulation.aws.S3Bucket;
import dev.sea.integrations.simulation.aws.S3Model;
import dev.sea.integrations.simulation.aws.SecretsModel;
import dev.sea.integrations.simulation.aws.StsModel;
import dev.sea.integrations.simulation.dynamo.DynamoModel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** AWS in memory: the service's own account, and the customers'. */
final class AwsModels {
    private static final String[] ALL_RIGHTS = {S3Model.LIST, S3Model.GET, S3Model.PUT, S3Model.TAGGING};

    final DynamoModel dynamo;
    final SecretsModel secrets;
    final EventBridgeModel events = new EventBridgeModel();
    final StsModel sts;
    final KmsModel kms;
    final S3Model s3;
    private final List<S3Bucket> buckets = new ArrayList<>();

    AwsModels(SimulatedClock clock) {
        dynamo = new DynamoModel(clock, Service.TABLE);
        secrets = new SecretsModel(clock);
        sts = new StsModel(clock);
        kms = new KmsModel(sts);
        s3 = new S3Model(clock, sts, kms);
        sts.addKey(Service.KEY, Service.SECRET, Service.GATEWAY);
        Customers.BUCKETS.forEach(name -> buckets.add(s3.addBucket(name, Customers.ACCOUNT)));
        mendAll();
        Customers.principals().forEach(arn -> s3.allow(arn, Customers.BAD_BUCKET, S3Model.LIST, S3Model.GET));
    }

    /** The customer takes something away. */
    void breaks(int choice) {
        int which = choice / 4;
        switch (choice % 4) {
            case 0 -> Customers.principals().forEach(arn -> s3.refuse(arn, goodBucket(which), S3Model.PUT));
            case 1 -> Customers.principals().forEach(arn -> s3.refuse(arn, goodBucket(which), ALL_RIGHTS));
            case 2 ->
                sts.distrust(Customers.ROLES.get(which % Customers.ROLES.size()).arn());
            default ->
                sts.removeKey(Customers.KEYS.get(which % Customers.KEYS.size()).id());
        }
    }

    S3Bucket bucket(String name) {
        return buckets.stream()
                .filter(bucket -> bucket.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String goodBucket(int which) {
        return Customers.GOOD_BUCKETS.get(which % Customers.GOOD_BUCKETS.size());
    }

    /** The customer gives all back. */
    void mendAll() {
        Customers.principals()
                .forEach(arn -> Customers.GOOD_BUCKETS.forEach(bucket -> s3.allow(arn, bucket, ALL_RIGHTS)));
        Customers.ROLES.forEach(role -> sts.trust(role.arn(), role.externalId()));
        Customers.KEYS.forEach(key -> sts.addKey(key.id(), key.secret(), key.user()));
    }

    /** A recorder stores what it was granted, unless something is there. Sometimes somebody else stores something else. */
    void store(Ledger.Granted grant, int choice, Instant now) {
        String key = grant.given().object().key();
        String content = choice % 5 == 0 ? "something else" : grant.content();
        S3Bucket bucket = bucket(grant.given().object().bucket().value());
        if (!bucket.objects().containsKey(key)) {
            store(bucket, key, content, now);
        }
    }

    /** Somebody stores an object as recorders do. */
    static void store(S3Bucket bucket, String key, String content, Instant now) {
        bucket.put(
                key,
                content.getBytes(StandardCharsets.UTF_8),
                "video/mp4",
                Optional.of(Customers.sha256(content)),
                Optional.empty(),
                now);
    }

    /** Whether EventBridge has taken an event. */
    boolean isSent(String detail) {
        return events.sent().stream().anyMatch(entry -> entry.detail().equals(detail));
    }

    /** What is over is removed. */
    void expire() {
        dynamo.expire();
        secrets.expire();
    }

    void spreadAll() {
        dynamo.spreadAll();
    }

    void spread(int changes) {
        dynamo.spread(changes);
    }
}
