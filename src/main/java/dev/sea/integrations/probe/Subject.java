package dev.sea.integrations.probe;

import dev.sea.integrations.aws.AccountId;
import dev.sea.integrations.integration.Draft;
import dev.sea.integrations.integration.Health;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.security.Tenant;
import java.util.Optional;

/**
 * What is to be proved: a draft, or a stored integration with its secret.
 *
 * @param integration empty for a draft
 * @param sessionMetadata whether SEA needs s3:GetObjectTagging
 * @param pinnedOwner the bucket's owner as an earlier validation found it, if the target expects none
 * @param provedBefore whether this is an active integration that was healthy at this version; a denial is then a failure, since
 *     IAM has nothing new to spread
 * @param standingPass the last full pass at this target with this access, if no validation since has failed: the object is then
 *     in the bucket, as far as is known
 * @param keyAnswersDirectly whether KMS allowed direct calls on the bucket's key before, so that denying one means something
 */
public record Subject(
        Tenant tenant,
        Optional<IntegrationId> integration,
        Target target,
        boolean sessionMetadata,
        PresentedAccess access,
        Optional<AccountId> pinnedOwner,
        boolean provedBefore,
        Optional<Health.FullPass> standingPass,
        boolean keyAnswersDirectly) {

    /** For a subject of which no pass is known. */
    public Subject(
            Tenant tenant,
            Optional<IntegrationId> integration,
            Target target,
            boolean sessionMetadata,
            PresentedAccess access,
            Optional<AccountId> pinnedOwner,
            boolean provedBefore) {
        this(tenant, integration, target, sessionMetadata, access, pinnedOwner, provedBefore, Optional.empty(), false);
    }

    /** A draft, of which nothing is known yet. */
    public static Subject of(Tenant tenant, Draft draft) {
        return new Subject(
                tenant,
                Optional.empty(),
                draft.target(),
                draft.sessionMetadata(),
                draft.access(),
                Optional.empty(),
                false);
    }

    /** A stored integration with its access as it is to be presented to AWS. */
    public static Subject of(Integration integration, PresentedAccess access) {
        Health health = integration.health();
        return new Subject(
                integration.tenant(),
                Optional.of(integration.id()),
                integration.target(),
                integration.sessionMetadata(),
                access,
                health.pinnedOwner(),
                integration.passedBefore(),
                integration.standingPass(),
                health.fullPass().filter(Health.FullPass::keyAnswersDirectly).isPresent());
    }
}
