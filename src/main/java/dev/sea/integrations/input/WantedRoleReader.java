package dev.sea.integrations.input;

import dev.sea.integrations.RuleViolation;
import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.aws.RoleArn;
import dev.sea.integrations.aws.RoleName;
import dev.sea.integrations.integration.Access;
import dev.sea.integrations.integration.Description;
import dev.sea.integrations.integration.IntegrationName;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.policy.ProposedRoleName;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Reads the draft for which policies are to be written. Only Region, bucket and external ID are required, because the role
 * does not exist yet. A complete draft is accepted too.
 */
@ApplicationScoped
public class WantedRoleReader {
    private static final String TARGET = "target";
    private static final String ACCESS = "access";
    private static final String METHOD = "method";
    private static final String ROLE_ARN = "roleArn";
    private static final String ROLE_NAME = "roleName";
    private static final String EXTERNAL_ID = "externalId";

    private final JsonBody json;
    private final TargetReader targets;
    private final AccessReader accesses;
    private final SeaConfig config;

    /**
     * A role that a customer is going to create, and what it gives access to.
     *
     * @param sessionMetadata whether SEA reads the tags of objects
     * @param path {@code /} or {@code /.../}
     */
    public record WantedRole(
            Target target, boolean sessionMetadata, ExternalId externalId, String path, RoleName name) {}

    /** The body in the OpenAPI document; nothing else uses this record. */
    @Schema(description = "The known part of a draft. type, name and description are accepted but not used.")
    public record PoliciesInput(
            @Schema(enumeration = "S3") @Nullable String type,

            @Schema(minLength = 1, maxLength = 100) @Nullable
            String name,

            @Schema(maxLength = 1000) @Nullable String description,
            @Schema(required = true) TargetReader.TargetInput target,

            @Schema(description = "Whether the role may use s3:GetObjectTagging.", defaultValue = "true") @Nullable
            Boolean sessionMetadata,

            @Schema(required = true) RoleInput access) {}

    /** The role to create. Without ARN and name, the service proposes a name. */
    public record RoleInput(
            @Schema(enumeration = "ASSUME_ROLE") @Nullable String method,

            @Schema(required = true, minLength = 2, maxLength = 1224)
            String externalId,

            @Schema(description = "Sets the role's path and name.", minLength = 20, maxLength = 2048) @Nullable
            String roleArn,

            @Schema(description = "Starts with the deployment's prefix and has no path.", minLength = 1, maxLength = 64)
            @Nullable
            String roleName) {}

    WantedRoleReader(JsonBody json, TargetReader targets, AccessReader accesses, SeaConfig config) {
        this.json = json;
        this.targets = targets;
        this.accesses = accesses;
        this.config = config;
    }

    /** The path and name of the role, if the body has them. */
    private record Place(String path, RoleName name) {}

    /**
     * Reads the body.
     *
     * @throws dev.sea.integrations.problem.InvalidInput with every broken rule
     */
    public WantedRole read(InputStream body) {
        InputObject input = json.read(body);
        input.value("type", DraftReader::type);
        input.value("name", IntegrationName::entered);
        input.value("description", Description::entered);
        input.require(TARGET);
        input.require(ACCESS);
        Optional<Target> target = input.object(TARGET).flatMap(targets::read);
        boolean sessionMetadata = input.flag("sessionMetadata").orElse(true);
        Optional<InputObject> access = input.object(ACCESS);
        Optional<ExternalId> externalId = access.flatMap(WantedRoleReader::externalId);
        Optional<Place> place = access.flatMap(this::place);
        input.finish();
        return wanted(target.orElseThrow(), sessionMetadata, externalId.orElseThrow(), place);
    }

    private WantedRole wanted(Target target, boolean sessionMetadata, ExternalId externalId, Optional<Place> given) {
        Place place =
                given.orElseGet(() -> new Place("/", ProposedRoleName.of(config.roleNamePrefix(), target, externalId)));
        return new WantedRole(target, sessionMetadata, externalId, place.path(), place.name());
    }

    private static Optional<ExternalId> externalId(InputObject access) {
        access.value(METHOD, WantedRoleReader::method);
        access.require(EXTERNAL_ID);
        return access.value(EXTERNAL_ID, ExternalId::new);
    }

    private static String method(String method) {
        RuleViolation.require(
                method.equals(Access.Method.ASSUME_ROLE.name()),
                "METHOD",
                "Policies are for roles, so the method must be ASSUME_ROLE.");
        return method;
    }

    private Optional<Place> place(InputObject access) {
        Optional<Place> byArn = access.value(ROLE_ARN, arn -> accesses.usable(new RoleArn(arn)))
                .map(arn -> new Place(arn.path(), new RoleName(arn.name())));
        Optional<Place> byName = access.value(ROLE_NAME, name -> usable(new RoleName(name)));
        if (access.has(ROLE_ARN) && access.has(ROLE_NAME)) {
            return access.refuse(ROLE_NAME, "ROLE_NAME_AND_ARN", "Give either the role's ARN or its name.");
        }
        return byArn.or(() -> byName);
    }

    private Place usable(RoleName name) {
        accesses.checkPrefix(name.value());
        return new Place("/", name);
    }
}
