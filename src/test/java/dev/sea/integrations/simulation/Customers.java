package dev.sea.integrations.simulation;

import dev.sea.integrations.Sha256;
import dev.sea.integrations.aws.AccessKeyId;
import dev.sea.integrations.aws.AwsRegion;
import dev.sea.integrations.aws.BucketName;
import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.aws.KeyPrefix;
import dev.sea.integrations.aws.RoleArn;
import dev.sea.integrations.aws.SecretAccessKey;
import dev.sea.integrations.integration.IntegrationName;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.integration.Target;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The customers' accounts: few buckets, roles and keys, so that requests meet in them. Some never work. */
final class Customers {
    static final String ACCOUNT = "222233334444";
    /** Works for nobody, at no time. */
    static final String BAD_BUCKET = "acme-forbidden";

    static final AwsRegion REGION = new AwsRegion("us-east-1");
    static final List<String> GOOD_BUCKETS = List.of("acme-recordings", "acme-archive");
    static final List<String> BUCKETS = List.of("acme-recordings", "acme-archive", BAD_BUCKET);
    private static final List<String> NAMES = List.of("alpha", "beta", "gamma");

    /** A role, and the external ID that it trusts. */
    record Role(String arn, String externalId) {}

    static final List<Role> ROLES = List.of(
            role("acme", "acme-external-id-of-its-own"),
            role("globex", "globex-external-id-of-its-own"),
            role("shared", "shared-external-id"));

    /** An access key, and whose it is. */
    record Key(String id, String secret, String user) {}

    static final List<Key> KEYS = Stream.of("acme", "globex")
            .flatMap(tenant -> Stream.of("A", "B").map(which -> key(tenant, which)))
            .toList();

    private Customers() {}

    /** Whether a record's bucket or role never works. */
    static boolean neverWorks(Stored.Item record) {
        String id = record.textOf("externalId");
        return record.textOf("bucket").equals(BAD_BUCKET)
                || (!id.isEmpty()
                        && ROLES.stream().noneMatch(role -> role.externalId().equals(id)));
    }

    static IntegrationName name(int choice) {
        return IntegrationName.entered(NAMES.get(choice % NAMES.size()));
    }

    /** The key of a recording. */
    static String key(int choice) {
        return choice % 2 == 0 ? "first.mp4" : "second.mp4";
    }

    static String content(int choice) {
        return choice % 3 == 0 ? "a short recording" : "another recording, which is longer";
    }

    static String sha256(String content) {
        return Base64.getEncoder().encodeToString(Sha256.bytes(content));
    }

    /** Each tenant has a prefix of its own in each bucket. */
    static Target target(String tenant, int choice) {
        String bucket = BUCKETS.get(choice % 7 == 0 ? 2 : choice % 2);
        return new Target(
                REGION, new BucketName(bucket), new KeyPrefix(tenant + "/"), Optional.empty(), Optional.empty());
    }

    /**
     * A role of the tenant's own, a role that both tenants know, a key, or a reserved ID that no role trusts.
     *
     * @param reserved an external ID that was made for the tenant
     */
    static PresentedAccess access(String tenant, int choice, Optional<String> reserved) {
        return switch (choice % 6) {
            case 0 -> presented(role(tenant, tenant + "-external-id-of-its-own"));
            case 1 -> presented(ROLES.getLast());
            case 2 -> presented(reserved.map(id -> role(tenant, id)).orElse(ROLES.getLast()));
            case 3, 4 -> presented(key(tenant, choice / 6 % 2 == 0 ? "A" : "B"));
            default -> presented(role(tenant, reserved.orElse(tenant + "-id-that-no-role-trusts")));
        };
    }

    /** The next choice of which {@link #access} and {@link #target} work. */
    static int working(int choice) {
        return IntStream.iterate(choice, it -> it + 1)
                .filter(it -> it / 3 % 6 < 2 && it / 7 % 7 > 0)
                .findFirst()
                .orElseThrow();
    }

    static PresentedAccess.Role presented(Role role) {
        return new PresentedAccess.Role(new RoleArn(role.arn()), new ExternalId(role.externalId()));
    }

    static PresentedAccess.Keys presented(Key key) {
        return new PresentedAccess.Keys(new AccessKeyId(key.id()), new SecretAccessKey(key.secret()));
    }

    private static Role role(String name, String externalId) {
        return new Role("arn:aws:iam::" + ACCOUNT + ":role/SEA_ext_access_" + name, externalId);
    }

    private static Key key(String tenant, String which) {
        String letters = tenant.toUpperCase(Locale.ROOT) + "A".repeat(15);
        return new Key(
                "AKIA" + letters.substring(0, 15) + which,
                "simulated/secret/of/" + tenant + which + "0".repeat(20),
                "arn:aws:iam::" + ACCOUNT + ":user/" + tenant);
    }

    /** All roles and users. */
    static List<String> principals() {
        return Stream.concat(ROLES.stream().map(Role::arn), KEYS.stream().map(Key::user))
                .distinct()
                .toList();
    }
}
