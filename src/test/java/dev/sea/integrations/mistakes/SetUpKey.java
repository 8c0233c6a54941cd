package dev.sea.integrations.mistakes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sea.integrations.testing.Customer;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** The KMS key of a case, if it has one. It is the bucket's default unless the case says otherwise. */
final class SetUpKey {
    private final Customer customer;
    private final JsonNode told;
    private final KmsClient kms;

    SetUpKey(Customer customer, JsonNode told, String region) {
        this.customer = customer;
        this.told = told;
        customer.names().put("keyAccount", SetUpBucket.account(told).id());
        kms = SetUpBucket.account(told).kms(region);
    }

    void make() {
        if (told.isMissingNode() || isManaged()) {
            return;
        }
        KeyMetadata key = kms.createKey().keyMetadata();
        String alias = "alias/sea-" + customer.name("run");
        kms.createAlias(request -> request.aliasName(alias).targetKeyId(key.keyId()));
        customer.names().put("keyId", key.keyId());
        customer.names().put("keyArn", key.arn());
        customer.names().put("alias", alias);
        customer.names().put("aliasArn", key.arn().replace("key/" + key.keyId(), alias));
        customer.names().put("secondKeyArn", kms.createKey().keyMetadata().arn());
    }

    void encrypt(S3Client s3) {
        if (told.isMissingNode() || !told.path("default").asBoolean(true)) {
            return;
        }
        s3.putBucketEncryption(request -> request.bucket(customer.name("bucket"))
                .serverSideEncryptionConfiguration(encryption -> encryption.rules(rule -> rule.bucketKeyEnabled(
                                told.path("bucketKey").asBoolean())
                        .applyServerSideEncryptionByDefault(by -> by.sseAlgorithm(algorithm())
                                .kmsMasterKeyID(isManaged() ? null : customer.name("keyArn"))))));
    }

    /** State and policy of the key. */
    void seal() {
        switch (told.path("state").asText("Enabled")) {
            case "Enabled" -> {}
            case "Disabled" -> kms.disableKey(request -> request.keyId(customer.name("keyId")));
            case "PendingDeletion" ->
                kms.scheduleKeyDeletion(
                        request -> request.keyId(customer.name("keyId")).pendingWindowInDays(7));
            default -> throw new IllegalArgumentException(told.path("state").asText());
        }
        Mistake.elements(told.path("grants")).forEach(this::grant);
        if (told.has("policy")) {
            String policy = customer.fill(Statements.KEY.policy(told.get("policy")));
            kms.putKeyPolicy(request -> request.keyId(customer.name("keyId"))
                    .policyName("default")
                    .bypassPolicyLockoutSafetyCheck(true)
                    .policy(policy));
        }
    }

    private void grant(JsonNode grant) {
        Map<String, String> context = new HashMap<>();
        grant.path("context")
                .properties()
                .forEach(pair ->
                        context.put(pair.getKey(), customer.fill(pair.getValue().asText())));
        kms.createGrant(request -> {
            request.keyId(customer.name("keyId"))
                    .granteePrincipal(customer.name("roleArn"))
                    .operationsWithStrings(Mistake.elements(grant.path("operations"))
                            .map(JsonNode::asText)
                            .toList());
            if (!context.isEmpty()) {
                request.constraints(limits -> limits.encryptionContextSubset(context));
            }
        });
    }

    private ServerSideEncryption algorithm() {
        return told.path("dsse").asBoolean() ? ServerSideEncryption.AWS_KMS_DSSE : ServerSideEncryption.AWS_KMS;
    }

    private boolean isManaged() {
        return told.path("managed").asBoolean();
    }
}
