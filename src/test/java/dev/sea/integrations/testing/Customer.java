package dev.sea.integrations.testing;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * A customer who sets up one integration in the local AWS. All its names are its own, so tests do not affect each
 * other.
 *
 * <p>Policies are JSON texts with placeholders such as {@code ${bucket}}, {@code ${roleArn}} and {@code ${keyArn}}
 * ({@link #names}). Any other {@code ${}} goes to AWS unchanged.
 */
public final class Customer {
    public static final String GATEWAY_ROLE = "arn:aws:iam::111122223333:role/sea-gateway";
    public static final String TRUST = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "${gateway}"},
             "Action": "sts:AssumeRole", "Condition": {"StringEquals": {"sts:ExternalId": "${externalId}"}}}]}""";
    public static final String PERMISSIONS = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
             "Action": ["s3:GetObject", "s3:GetObjectTagging", "s3:ListBucket", "s3:PutObject"],
             "Resource": ["arn:aws:s3:::${bucket}", "arn:aws:s3:::${bucket}/*"]}]}""";
    public static final String PERMISSIONS_WITH_KMS = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
             "Action": ["s3:GetObject", "s3:GetObjectTagging", "s3:ListBucket", "s3:PutObject"],
             "Resource": ["arn:aws:s3:::${bucket}", "arn:aws:s3:::${bucket}/*"]},
             {"Effect": "Allow", "Action": ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey"], "Resource": "${keyArn}"}]}""";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(\\w+)}");

    private final Map<String, String> names = new HashMap<>();
    private Account bucketAccount = Account.CUSTOMER;
    private String region = "us-east-1";

    public Customer() {
        String run = random().substring(0, 12);
        names.put("run", run);
        names.put("gateway", GATEWAY_ROLE);
        names.put("gatewayAccount", Account.SERVICE.id());
        names.put("customer", Account.CUSTOMER.id());
        names.put("other", Account.OTHER.id());
        names.put("prefix", "SEA_ext_access_");
        names.put("bucket", "bucket-" + run);
        names.put("externalId", "sea-" + random());
        names.put("userName", "recorder-" + run);
        role("/", "SEA_ext_access_recorder_" + run);
    }

    private static String random() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    /** The names of this set-up, by placeholder. */
    public Map<String, String> names() {
        return names;
    }

    public String name(String placeholder) {
        String name = names.get(placeholder);
        if (name == null) {
            throw new IllegalArgumentException("${" + placeholder + "} has not been set up");
        }
        return name;
    }

    public String fill(String text) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(m -> Matcher.quoteReplacement(names.getOrDefault(m.group(1), m.group())));
    }

    /** SEA's own procedure: a bucket, and a role with its two policies. */
    public static Customer healthy() {
        return new Customer().withBucket().withRole(TRUST, PERMISSIONS);
    }

    public Customer role(String path, String roleName) {
        names.put("rolePath", path);
        names.put("roleName", roleName);
        names.put("roleArn", "arn:aws:iam::" + Account.CUSTOMER.id() + ":role" + path + roleName);
        return this;
    }

    /** To be said before the bucket is made. */
    public Customer in(String bucketRegion) {
        region = bucketRegion;
        return this;
    }

    /** To be said before the bucket is made. */
    public Customer ownedBy(Account account) {
        bucketAccount = account;
        return this;
    }

    public String region() {
        return region;
    }

    public Customer withBucket() {
        bucketAccount.s3(region).createBucket(request -> {
            request.bucket(name("bucket"));
            if (!region.equals("us-east-1")) {
                request.createBucketConfiguration(where -> where.locationConstraint(region));
            }
        });
        return this;
    }

    public Customer withRole(String trust, String permissions) {
        Account.CUSTOMER
                .iam()
                .createRole(request -> request.path(name("rolePath"))
                        .roleName(name("roleName"))
                        .assumeRolePolicyDocument(fill(trust)));
        return withPermissions(permissions);
    }

    /** Replaces the role's one inline policy. */
    public Customer withPermissions(String permissions) {
        Account.CUSTOMER
                .iam()
                .putRolePolicy(request ->
                        request.roleName(name("roleName")).policyName("access").policyDocument(fill(permissions)));
        return this;
    }

    /** The bucket is deleted with its objects. It must not keep versions. */
    public Customer withoutBucket() {
        S3Client s3 = bucketAccount.s3(region);
        s3.listObjectsV2(request -> request.bucket(name("bucket")))
                .contents()
                .forEach(object -> s3.deleteObject(
                        request -> request.bucket(name("bucket")).key(object.key())));
        s3.deleteBucket(request -> request.bucket(name("bucket")));
        return this;
    }

    public Customer withoutPermissions() {
        Account.CUSTOMER
                .iam()
                .deleteRolePolicy(request -> request.roleName(name("roleName")).policyName("access"));
        return this;
    }

    public Customer withTrust(String trust) {
        Account.CUSTOMER
                .iam()
                .updateAssumeRolePolicy(
                        request -> request.roleName(name("roleName")).policyDocument(fill(trust)));
        return this;
    }

    public Customer withBoundary(String boundary) {
        String arn = Account.CUSTOMER
                .iam()
                .createPolicy(
                        request -> request.policyName("boundary-" + name("run")).policyDocument(fill(boundary)))
                .policy()
                .arn();
        Account.CUSTOMER
                .iam()
                .putRolePermissionsBoundary(
                        request -> request.roleName(name("roleName")).permissionsBoundary(arn));
        return this;
    }

    /** An IAM user with one access key: {@code ${accessKeyId}}, {@code ${secretAccessKey}}. */
    public Customer withUser(String permissions) {
        Account.CUSTOMER.iam().createUser(request -> request.userName(name("userName")));
        Account.CUSTOMER
                .iam()
                .putUserPolicy(request ->
                        request.userName(name("userName")).policyName("access").policyDocument(fill(permissions)));
        return withAnotherAccessKey();
    }

    /** A new access key of the user, in place of the one that the names have now. That stays active. */
    public Customer withAnotherAccessKey() {
        AccessKey key = Account.CUSTOMER
                .iam()
                .createAccessKey(request -> request.userName(name("userName")))
                .accessKey();
        names.put("accessKeyId", key.accessKeyId());
        names.put("secretAccessKey", key.secretAccessKey());
        SecretsWatch.add(key.secretAccessKey());
        return this;
    }

    public Customer withKeyStatus(String status) {
        Account.CUSTOMER
                .iam()
                .updateAccessKey(request -> request.userName(name("userName"))
                        .accessKeyId(name("accessKeyId"))
                        .status(status.toUpperCase(Locale.ROOT).equals("ACTIVE") ? "Active" : "Inactive"));
        return this;
    }

    /** A new KMS key in the bucket's account and region: {@code ${keyArn}}, {@code ${keyId}}. */
    public Customer withKey() {
        KeyMetadata key = bucketAccount.kms(region).createKey().keyMetadata();
        names.put("keyArn", key.arn());
        names.put("keyId", key.keyId());
        return this;
    }

    public Customer withKeyPolicy(String policy) {
        bucketAccount
                .kms(region)
                .putKeyPolicy(request -> request.keyId(name("keyId"))
                        .policyName("default")
                        .policy(fill(policy))
                        .bypassPolicyLockoutSafetyCheck(true));
        return this;
    }

    public Customer withDisabledKey() {
        bucketAccount.kms(region).disableKey(request -> request.keyId(name("keyId")));
        return this;
    }

    /** Makes the key the bucket's default encryption. */
    public Customer withEncryptedBucket() {
        bucketAccount
                .s3(region)
                .putBucketEncryption(request -> request.bucket(name("bucket"))
                        .serverSideEncryptionConfiguration(encryption ->
                                encryption.rules(rule -> rule.applyServerSideEncryptionByDefault(
                                        by -> by.sseAlgorithm(ServerSideEncryption.AWS_KMS)
                                                .kmsMasterKeyID(name("keyArn"))))));
        return this;
    }

    public Customer withBucketPolicy(String policy) {
        bucketAccount
                .s3(region)
                .putBucketPolicy(request -> request.bucket(name("bucket")).policy(fill(policy)));
        return this;
    }
}
