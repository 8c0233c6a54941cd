package dev.sea.integrations.mistakes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sea.integrations.testing.Account;
import dev.sea.integrations.testing.Customer;
import java.util.Locale;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ObjectLockEnabled;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;
import software.amazon.awssdk.services.s3.model.Payer;

/** The bucket of a case. */
final class SetUpBucket {
    private final Customer customer;
    private final JsonNode told;
    private final String region;

    SetUpBucket(Customer customer, JsonNode told) {
        this.customer = customer;
        this.told = told;
        region = told.path("region").asText("us-east-1");
    }

    /** The account that a part of a case names, else that of the customer. */
    static Account account(JsonNode part) {
        return Account.valueOf(part.path("account").asText("customer").toUpperCase(Locale.ROOT));
    }

    S3Client s3() {
        return account(told).s3(region);
    }

    void make() {
        if (!exists()) {
            return;
        }
        String name = customer.name("bucket");
        s3().createBucket(request -> {
            request.bucket(name).objectLockEnabledForBucket(told.has("lockDays"));
            if (name.endsWith("-an")) {
                request.overrideConfiguration(
                        headers -> headers.putHeader("x-amz-bucket-namespace", "account-regional"));
            }
            if (!region.equals("us-east-1")) {
                request.createBucketConfiguration(where -> where.locationConstraint(region));
            }
        });
        if (told.path("versioned").asBoolean()) {
            s3().putBucketVersioning(request -> request.bucket(name)
                    .versioningConfiguration(versions -> versions.status(BucketVersioningStatus.ENABLED)));
        }
        if (told.path("requesterPays").asBoolean()) {
            s3().putBucketRequestPayment(request ->
                    request.bucket(name).requestPaymentConfiguration(payment -> payment.payer(Payer.REQUESTER)));
        }
        if (told.has("ownership")) {
            s3().putBucketOwnershipControls(request -> request.bucket(name)
                    .ownershipControls(controls -> controls.rules(
                            rule -> rule.objectOwnership(told.get("ownership").asText()))));
        }
        if (told.has("lockDays")) {
            s3().putObjectLockConfiguration(request -> request.bucket(name)
                    .objectLockConfiguration(lock -> lock.objectLockEnabled(ObjectLockEnabled.ENABLED)
                            .rule(rule -> rule.defaultRetention(keep -> keep.mode(ObjectLockRetentionMode.COMPLIANCE)
                                    .days(told.get("lockDays").asInt())))));
        }
    }

    /** The bucket policy. */
    void seal() {
        if (told.has("policy")) {
            String policy = customer.fill(Statements.BUCKET.policy(told.get("policy")));
            s3().putBucketPolicy(
                            request -> request.bucket(customer.name("bucket")).policy(policy));
        }
    }

    private boolean exists() {
        return told.path("exists").asBoolean(true);
    }
}
