package dev.sea.integrations.input;

import static dev.sea.integrations.rule.BrokenRules.value;

import dev.sea.integrations.aws.AccessKeyId;
import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.aws.RoleArn;
import dev.sea.integrations.aws.SecretAccessKey;
import dev.sea.integrations.integration.Access;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.rule.BrokenRules;
import dev.sea.integrations.rule.ValueOf;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Null;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.group.GroupSequenceProvider;
import org.hibernate.validator.spi.group.DefaultGroupSequenceProvider;
import org.jspecify.annotations.Nullable;

/**
 * {@code access}. A role needs an external ID, a key its secret. As long as the method is wrong, it is not clear which members
 * belong, so no rule of theirs is broken.
 */
@RegisterForReflection
@GroupSequenceProvider(AccessInput.ByMethod.class)
@AcrossMembers(groups = AccessInput.OfRole.class)
// Required with one method, and refused with the other.
@SuppressWarnings("MultipleNullnessAnnotations")
public record AccessInput(
        @NotNull
        @Pattern(
                regexp = "ASSUME_ROLE|ACCESS_CREDENTIAL",
                message = "The method must be ASSUME_ROLE or ACCESS_CREDENTIAL.")
        @Schema(ref = "AccessMethod")
        String method,

        @NotNull(groups = OfRole.class)
        @Null(groups = OfKeys.class, message = NOT_WITH_KEYS)
        @ValueOf(value = RoleArn.class, groups = OfRole.class)
        @Nullable
        String roleArn,

        @NotNull(groups = OfRole.class)
        @Null(groups = OfKeys.class, message = NOT_WITH_KEYS)
        @ValueOf(value = ExternalId.class, groups = OfRole.class)
        @Nullable
        String externalId,

        @NotNull(groups = OfKeys.class)
        @Null(groups = OfRole.class, message = NOT_WITH_ROLE)
        @ValueOf(value = AccessKeyId.class, groups = OfKeys.class)
        @Nullable
        String accessKeyId,

        @NotNull(groups = OfKeys.class)
        @Null(groups = OfRole.class, message = NOT_WITH_ROLE)
        @ValueOf(value = SecretAccessKey.class, groups = OfKeys.class)
        @Schema(writeOnly = true)
        @Nullable
        String secretAccessKey)
        implements AcrossMembers.Input {
    private static final String NOT_WITH_ROLE = "This member does not belong to the method ASSUME_ROLE.";
    private static final String NOT_WITH_KEYS = "This member does not belong to the method ACCESS_CREDENTIAL.";

    /** The rules of an access through a role. */
    interface OfRole {}

    /** The rules of an access with keys. */
    interface OfKeys {}

    /** Adds the rules of the method to those that always hold, once the method is known. */
    @RegisterForReflection
    public static final class ByMethod implements DefaultGroupSequenceProvider<AccessInput> {
        @Override
        public List<Class<?>> getValidationGroups(Class<?> type, @Nullable AccessInput access) {
            return List.of(AccessInput.class, access != null && access.throughRole() ? OfRole.class : OfKeys.class);
        }
    }

    private boolean throughRole() {
        return Access.Method.ASSUME_ROLE.name().equals(method);
    }

    @Override
    public void check(Deployment deployment, BrokenRules broken) {
        value(roleArn, RoleArn::new).ifPresent(role -> broken.kept("roleArn", () -> deployment.assumable(role)));
    }

    PresentedAccess access() {
        return throughRole()
                ? new PresentedAccess.Role(
                        value(roleArn, RoleArn::new).orElseThrow(),
                        value(externalId, ExternalId::new).orElseThrow())
                : new PresentedAccess.Keys(
                        value(accessKeyId, AccessKeyId::new).orElseThrow(),
                        value(secretAccessKey, SecretAccessKey::new).orElseThrow());
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "AccessInput[" + method + "]";
    }
}
