package dev.sea.integrations.grant;

import dev.sea.integrations.Sha256;
import dev.sea.integrations.aws.AccountId;
import dev.sea.integrations.aws.AwsRegion;
import dev.sea.integrations.aws.BucketName;
import dev.sea.integrations.aws.ContentSha256;
import dev.sea.integrations.aws.ContentType;
import dev.sea.integrations.aws.KmsKeyArn;
import dev.sea.integrations.aws.ObjectKey;
import dev.sea.integrations.aws.ObjectLocation;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.security.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Random;

/** Grants as they are stored, for tests that need some. */
public final class Grants {
    private static final Random RANDOM = new Random();

    private Grants() {}

    /** A grant that has ended by a time. */
    public static RecordGrant expired(String tenant, String integration, Instant now) {
        Instant made = now.minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.MILLIS);
        return new RecordGrant(
                new Tenant(tenant),
                new IntegrationId(integration),
                GrantId.next(made, RANDOM),
                new ObjectKey("2026/9f2c.mp4"),
                48_211_094,
                ContentSha256.of(Sha256.bytes("recording")),
                new ContentType("video/mp4"),
                3,
                1,
                new ObjectLocation(
                        new AwsRegion("eu-west-1"),
                        new BucketName("acme-recordings"),
                        "plant-7/2026/9f2c.mp4",
                        Optional.of(new AccountId("222233334444")),
                        Optional.of(new KmsKeyArn("arn:aws:kms:eu-west-1:222233334444:key/1234"))),
                made,
                made.plus(Duration.ofMinutes(5)),
                "recorder-7");
    }
}
