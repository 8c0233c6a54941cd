package dev.sea.integrations.input;

import dev.sea.integrations.RuleViolation;
import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.aws.AccessKeyId;
import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.aws.RoleArn;
import dev.sea.integrations.aws.SecretAccessKey;
import dev.sea.integrations.client.ServiceIdentity;
import dev.sea.integrations.integration.Access;
import dev.sea.integrations.integration.PresentedAccess;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Reads {@code access}, and checks it against this deployment: its role-name prefix, its account, its partition. */
@ApplicationScoped
class AccessReader {
    private static final String METHOD = "method";
    private static final String ROLE_ARN = "roleArn";
    private static final String EXTERNAL_ID = "externalId";
    private static final String ACCESS_KEY_ID = "accessKeyId";
    private static final String SECRET_ACCESS_KEY = "secretAccessKey";

    private final SeaConfig config;
    private final ServiceIdentity service;

    /** {@code access} in the OpenAPI document. A role needs an external ID, a key its secret. */
    public record AccessInput(
            @Schema(required = true) Access.Method method,

            @Schema(minLength = 20, maxLength = 2048) @Nullable
            String roleArn,

            @Schema(minLength = 2, maxLength = 1224) @Nullable
            String externalId,

            @Schema(minLength = 16, maxLength = 128) @Nullable
            String accessKeyId,

            @Schema(writeOnly = true) @Nullable String secretAccessKey) {}

    AccessReader(SeaConfig config, ServiceIdentity service) {
        this.config = config;
        this.service = service;
    }

    Optional<PresentedAccess> read(InputObject access) {
        access.require(METHOD);
        Optional<Access.Method> method = access.value(METHOD, AccessReader::method);
        if (method.isEmpty()) {
            // Without a method it is not clear which members belong, so none of them is reported as unknown.
            List.of(ROLE_ARN, EXTERNAL_ID, ACCESS_KEY_ID, SECRET_ACCESS_KEY).forEach(access::has);
            return Optional.empty();
        }
        return switch (method.get()) {
            case ASSUME_ROLE -> {
                refuse(access, method.get(), ACCESS_KEY_ID, SECRET_ACCESS_KEY);
                yield role(access);
            }
            case ACCESS_CREDENTIAL -> {
                refuse(access, method.get(), ROLE_ARN, EXTERNAL_ID);
                yield keys(access);
            }
        };
    }

    private static Access.Method method(String name) {
        for (Access.Method method : Access.Method.values()) {
            if (method.name().equals(name)) {
                return method;
            }
        }
        throw new RuleViolation("METHOD", "The method must be ASSUME_ROLE or ACCESS_CREDENTIAL.");
    }

    private static void refuse(InputObject access, Access.Method method, String... others) {
        for (String other : others) {
            if (access.has(other)) {
                access.refuse(other, "NOT_WITH_METHOD", "This member does not belong to the method " + method + ".");
            }
        }
    }

    private Optional<PresentedAccess> role(InputObject access) {
        access.require(ROLE_ARN);
        access.require(EXTERNAL_ID);
        Optional<RoleArn> role = access.value(ROLE_ARN, arn -> usable(new RoleArn(arn)));
        Optional<ExternalId> externalId = access.value(EXTERNAL_ID, ExternalId::new);
        return role.flatMap(arn -> externalId.map(id -> new PresentedAccess.Role(arn, id)));
    }

    /** The role, if this deployment may assume it; a violation otherwise. */
    RoleArn usable(RoleArn role) {
        RuleViolation.require(
                role.partition() == service.partition(),
                "ROLE_PARTITION",
                "The role is in the partition " + role.partition().id() + ", but this service is in "
                        + service.partition().id() + ". Credentials work in one partition only.");
        RuleViolation.require(
                !role.account().equals(service.account()),
                "ROLE_OWN_ACCOUNT",
                "The role is in the service's own account. Enter a role in the account that owns the bucket.");
        checkPrefix(role.name());
        return role;
    }

    void checkPrefix(String roleName) {
        RuleViolation.require(
                roleName.startsWith(config.roleNamePrefix()),
                "ROLE_NAME_PREFIX",
                "The role's name must start with " + config.roleNamePrefix()
                        + " (case-sensitive). SEA may not assume any other role.");
    }

    private static Optional<PresentedAccess> keys(InputObject access) {
        access.require(ACCESS_KEY_ID);
        access.require(SECRET_ACCESS_KEY);
        Optional<AccessKeyId> id = access.value(ACCESS_KEY_ID, AccessKeyId::new);
        Optional<SecretAccessKey> secret = access.value(SECRET_ACCESS_KEY, SecretAccessKey::new);
        return id.flatMap(known -> secret.map(key -> new PresentedAccess.Keys(known, key)));
    }
}
