package dev.sea.integrations.grant;

import dev.sea.integrations.RuleViolation;
import dev.sea.integrations.aws.ObjectLocation;
import dev.sea.integrations.client.PresignedRequest;
import dev.sea.integrations.client.PresignedUrls;
import dev.sea.integrations.externalid.ExternalIdRefused;
import dev.sea.integrations.grant.GrantSessions.ClaimAhead;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.integration.NoSuchIntegration;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.problem.FieldError;
import dev.sea.integrations.problem.InvalidInput;
import dev.sea.integrations.report.CheckId;
import dev.sea.integrations.security.Actor;
import dev.sea.integrations.security.AuditLog;
import dev.sea.integrations.store.IntegrationStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Gives grants: reads the record, opens or takes a session, stores what has to arrive, and signs. Each grant reads the
 * record by one consistent GetItem, so a change, a deactivation or a deletion holds for every later grant. Earlier grants end
 * by themselves.
 */
@ApplicationScoped
class Granting {
    private final IntegrationStore integrations;
    private final GrantSessions sessions;
    private final GrantStore grants;
    private final PresignedUrls urls;
    private final AuditLog audit;
    private final InstantSource time;
    private final RandomGenerator random;

    Granting(
            IntegrationStore integrations,
            GrantSessions sessions,
            GrantStore grants,
            PresignedUrls urls,
            AuditLog audit,
            InstantSource time,
            RandomGenerator random) {
        this.integrations = integrations;
        this.sessions = sessions;
        this.grants = grants;
        this.urls = urls;
        this.audit = audit;
        this.time = time;
        this.random = random;
    }

    /** What the holder of a grant uses. */
    sealed interface Means {
        Instant expiresAt();

        /** One presigned request. */
        record Url(PresignedRequest request) implements Means {
            @Override
            public Instant expiresAt() {
                return request.expiresAt();
            }
        }

        /** A session for the one object. */
        record Credentials(GrantSession session, Instant expiresAt) implements Means {}
    }

    /** A grant that was given. */
    record Granted(
            GrantId id,
            IntegrationId integration,
            int targetRevision,
            Purpose purpose,
            ObjectLocation object,
            Means means) {}

    /**
     * Gives a grant.
     *
     * @throws NoSuchIntegration where the tenant has none of this ID
     * @throws InvalidInput where the integration has no such target, or prefix and key together are too long for S3
     * @throws GrantRefused where the integration, as it is, gives no such grant
     * @throws NoSession where AWS or SEA itself fails
     * @throws ExternalIdRefused where another tenant holds the external ID
     */
    Granted grant(Actor actor, IntegrationId id, Wanted wanted) {
        GrantId grant = GrantId.next(time.instant(), random);
        List<AuditLog.Detail> details = List.of(
                new AuditLog.Detail("integration", id.value()),
                new AuditLog.Detail("purpose", wanted.purpose().name()),
                new AuditLog.Detail("form", wanted.form().name()),
                new AuditLog.Detail("key", URLEncoder.encode(wanted.key().value(), StandardCharsets.UTF_8)));
        return audit.inOneLine(
                "grant",
                grant.value(),
                actor,
                details,
                () -> given(actor, id, wanted, grant),
                granted -> List.of(new AuditLog.Detail(
                        "expires", granted.means().expiresAt().toString())));
    }

    private Granted given(Actor actor, IntegrationId id, Wanted wanted, GrantId grant) {
        boolean shared = wanted.form() == GrantInput.Form.URL;
        Optional<ClaimAhead> ahead =
                sessions.lookAhead(actor.tenant(), id, wanted.purpose(), wanted.targetRevision(), shared);
        return sessions.withSecret(
                wanted.purpose(),
                () -> integrations.get(actor.tenant(), id),
                integration -> given(actor, integration, wanted, grant, ahead));
    }

    private Granted given(
            Actor actor, Integration integration, Wanted wanted, GrantId grant, Optional<ClaimAhead> ahead) {
        if (!integration.isActive()) {
            throw GrantRefused.notActive();
        }
        int revision = wanted.targetRevision().orElse(integration.targetRevision());
        ObjectLocation object = location(integration, revision, wanted);
        requireNotContradicted(integration, revision, wanted.purpose());
        Means means = switch (wanted.form()) {
            case URL -> {
                GrantSession session = sessions.shared(integration, revision, wanted.purpose(), ahead);
                yield new Means.Url(session.presign(urls, wanted.request(object), wanted.lifetime(), time.instant()));
            }
            case CREDENTIALS -> {
                GrantSession session = sessions.givenAway(integration, revision, wanted.purpose(), wanted.key(), ahead);
                yield new Means.Credentials(session, session.expiresAt().orElseThrow());
            }
        };
        if (wanted instanceof Wanted.Recording recording) {
            grants.put(new RecordGrant(
                    integration.tenant(),
                    integration.id(),
                    grant,
                    recording.key(),
                    recording.contentLength(),
                    recording.sha256(),
                    recording.contentType(),
                    integration.version(),
                    revision,
                    object,
                    time.instant(),
                    means.expiresAt(),
                    actor.subject()));
        }
        return new Granted(grant, integration.id(), revision, wanted.purpose(), object, means);
    }

    private static ObjectLocation location(Integration integration, int revision, Wanted wanted) {
        Target target = integration
                .target(revision)
                .orElseThrow(() -> new InvalidInput(List.of(new FieldError(
                        "/targetRevision",
                        "NO_SUCH_TARGET",
                        "The integration has the targets 1 to " + integration.targetRevision() + "."))));
        try {
            return new ObjectLocation(
                    target.region(),
                    target.bucket(),
                    wanted.key().under(target.prefix()),
                    integration.owner(revision),
                    target.kmsKey());
        } catch (RuleViolation tooLong) {
            throw new InvalidInput(List.of(new FieldError("/key", tooLong.code(), tooLong.getMessage())));
        }
    }

    private static void requireNotContradicted(Integration integration, int revision, Purpose purpose) {
        List<CheckId> failed = revision == integration.targetRevision()
                ? purpose.contradicted(integration.health())
                : purpose.contradictedInEarlierTarget(integration.health());
        if (!failed.isEmpty()) {
            throw GrantRefused.purpose(purpose, failed);
        }
    }
}
