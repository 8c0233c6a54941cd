package dev.sea.integrations.mistakes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sea.integrations.testing.Account;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.LocalAws;
import dev.sea.integrations.testing.SecretsWatch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.Tag;

/**
 * Sets up a case in the local AWS: key, role or user, and bucket. The policies that may lock the administrator out
 * come last.
 */
final class SetUp {
    /** Longer than all cases take together. */
    private static final Duration LONG_ENOUGH = Duration.ofHours(1);

    private final JsonNode told;
    private final Customer customer = new Customer();

    private SetUp(Mistake mistake) {
        told = mistake.told();
    }

    /** The names of what was set up; none for a case that must be rejected. */
    static Customer of(Mistake mistake) {
        SetUp setUp = new SetUp(mistake);
        setUp.name();
        if (!mistake.isRefused()) {
            setUp.make(mistake.usesKeys());
        }
        return setUp.customer;
    }

    private void name() {
        JsonNode role = told.path("role");
        customer.role(role.path("path").asText("/"), role.path("name").asText("SEA_ext_access_recorder_") + run());
        customer.names()
                .put(
                        "bucket",
                        customer.name("bucket")
                                + customer.fill(
                                        told.path("bucket").path("suffix").asText("")));
        customer.names().put("account", Account.CUSTOMER.id());
        // AWS's own example, for bodies that are refused before anybody looks it up.
        customer.names().put("accessKeyId", "AKIAIOSFODNN7EXAMPLE");
        customer.names().put("secretAccessKey", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
    }

    private void make(boolean withUser) {
        SetUpKey key = new SetUpKey(
                customer, told.path("key"), told.path("bucket").path("region").asText("us-east-1"));
        SetUpBucket bucket = new SetUpBucket(customer, told.path("bucket"));
        key.make();
        if (withUser) {
            user(told.path("user"));
        } else if (told.path("role").path("exists").asBoolean(true)) {
            role(told.path("role"));
        }
        bucket.make();
        key.encrypt(bucket.s3());
        key.seal();
        bucket.seal();
    }

    private void role(JsonNode role) {
        IamClient iam = Account.CUSTOMER.iam();
        List<Tag> tags = role.path("tags").properties().stream()
                .map(tag -> Tag.builder()
                        .key(tag.getKey())
                        .value(tag.getValue().asText())
                        .build())
                .toList();
        String trust = role.has("trust") ? Statements.TRUST.policy(role.get("trust")) : Customer.TRUST;
        String id = iam.createRole(request -> {
                    request.path(customer.name("rolePath"))
                            .roleName(customer.name("roleName"))
                            .assumeRolePolicyDocument(customer.fill(trust));
                    if (!tags.isEmpty()) {
                        request.tags(tags);
                    }
                })
                .role()
                .roleId();
        customer.names().put("roleId", id);
        permissions(role)
                .ifPresent(policy -> iam.putRolePolicy(request -> request.roleName(customer.name("roleName"))
                        .policyName("access")
                        .policyDocument(policy)));
        managed(role, iam)
                .forEach(arn -> iam.attachRolePolicy(
                        request -> request.roleName(customer.name("roleName")).policyArn(arn)));
        boundary(role, iam)
                .ifPresent(arn -> iam.putRolePermissionsBoundary(
                        request -> request.roleName(customer.name("roleName")).permissionsBoundary(arn)));
    }

    private void user(JsonNode user) {
        Account account = SetUpBucket.account(user);
        customer.names().put("account", account.id());
        IamClient iam = account.iam();
        String name = customer.name("userName");
        iam.createUser(request -> request.userName(name));
        AccessKey key = iam.createAccessKey(request -> request.userName(name)).accessKey();
        customer.names().put("accessKeyId", key.accessKeyId());
        customer.names().put("secretAccessKey", key.secretAccessKey());
        SecretsWatch.add(key.secretAccessKey());
        permissions(user)
                .ifPresent(policy -> iam.putUserPolicy(
                        request -> request.userName(name).policyName("access").policyDocument(policy)));
        managed(user, iam)
                .forEach(arn ->
                        iam.attachUserPolicy(request -> request.userName(name).policyArn(arn)));
        boundary(user, iam)
                .ifPresent(arn -> iam.putUserPermissionsBoundary(
                        request -> request.userName(name).permissionsBoundary(arn)));
        if (user.has("group")) {
            String group = "recorders-" + run();
            String policy = customer.fill(Statements.PERMISSIONS.policy(user.get("group")));
            iam.createGroup(request -> request.groupName(group));
            iam.putGroupPolicy(
                    request -> request.groupName(group).policyName("access").policyDocument(policy));
            iam.addUserToGroup(request -> request.groupName(group).userName(name));
        }
        if (user.has("keyKnownIn")) {
            String[] regions = Mistake.elements(user.get("keyKnownIn"))
                    .map(JsonNode::asText)
                    .toArray(String[]::new);
            LocalAws.hideKey(key.accessKeyId(), LONG_ENOUGH.toSeconds(), regions);
        }
        if (user.has("keyStatus")) {
            iam.updateAccessKey(request -> request.userName(name)
                    .accessKeyId(key.accessKeyId())
                    .status(user.get("keyStatus").asText()));
        }
    }

    /** A policy as the case gives it: SEA's own if the case does not mention it, none if it is null. */
    private Optional<String> permissions(JsonNode holder) {
        if (holder.path("permissions").isNull()) {
            return Optional.empty();
        }
        JsonNode statements = holder.has("permissions")
                ? holder.get("permissions")
                : customer.names().containsKey("keyArn")
                        ? JsonNodeFactory.instance.arrayNode().add("SEA").add("SEA-KMS")
                        : JsonNodeFactory.instance.arrayNode().add("SEA");
        return Optional.of(customer.fill(Statements.PERMISSIONS.policy(statements)));
    }

    private Stream<String> managed(JsonNode holder, IamClient iam) {
        return holder.has("managed") ? Stream.of(policy("managed-", holder.get("managed"), iam)) : Stream.empty();
    }

    private Optional<String> boundary(JsonNode holder, IamClient iam) {
        return holder.has("boundary")
                ? Optional.of(policy("boundary-", holder.get("boundary"), iam))
                : Optional.empty();
    }

    private String policy(String name, JsonNode statements, IamClient iam) {
        String document = customer.fill(Statements.PERMISSIONS.policy(statements));
        return iam.createPolicy(request -> request.policyName(name + run()).policyDocument(document))
                .policy()
                .arn();
    }

    private String run() {
        return customer.name("run");
    }
}
