package dev.sea.integrations.probe;

import dev.sea.integrations.aws.AccountId;
import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.call.Answer;
import dev.sea.integrations.call.AssumedRoles;
import dev.sea.integrations.call.AssumedSession;
import dev.sea.integrations.call.AwsFailure;
import dev.sea.integrations.call.SessionName;
import dev.sea.integrations.client.RegionalClients;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.policy.AccessNeeds;
import dev.sea.integrations.policy.PolicyDocument;
import dev.sea.integrations.policy.SessionPolicy;
import dev.sea.integrations.policy.Statement;
import dev.sea.integrations.report.FailureCode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/**
 * Turns what a customer presents into credentials that AWS accepts: assumes a role for one validation, or checks an access key.
 * Roles and keys of the service's own account are rejected before any of their rights is used.
 */
@ApplicationScoped
@RegisterForReflection(targets = {PolicyDocument.class, Statement.class})
public class CredentialBroker {
    /** The shortest session that STS gives, since it serves one validation. */
    private static final Duration SESSION = Duration.ofMinutes(15);

    private final RegionalClients clients;
    private final AssumedRoles roles;

    public CredentialBroker(RegionalClients clients, AssumedRoles roles) {
        this.clients = clients;
        this.roles = roles;
    }

    /** What is wrong with the access, as far as that is known without a call. */
    Optional<AwsFailure> refusedUnasked(PresentedAccess access) {
        return access instanceof PresentedAccess.Role role ? roles.refusedUnasked(role.role()) : Optional.empty();
    }

    /** The session that assumes customers' roles. */
    Answer<AwsCredentials> gateway() {
        return roles.gateway();
    }

    Answer<Session> assume(AwsCredentials gateway, Subject subject, PresentedAccess.Role access) {
        return assume(gateway, subject, access, Optional.of(access.externalId()))
                .map(assumed -> new Session(
                        StaticCredentialsProvider.create(assumed.credentials()),
                        access.role().account(),
                        access.role().value()));
    }

    /** Assumes the role, with this external ID or none. */
    Answer<AssumedSession> assume(
            AwsCredentials gateway, Subject subject, PresentedAccess.Role access, Optional<ExternalId> externalId) {
        AccessNeeds needs = new AccessNeeds(subject.target(), subject.sessionMetadata());
        return roles.assume(
                gateway,
                new AssumedRoles.Wanted(
                        access.role(),
                        externalId,
                        SessionName.of(subject.tenant(), subject.integration()),
                        SESSION,
                        List.of(SessionPolicy.of(needs), SessionPolicy.wholeBucket(needs))));
    }

    /**
     * Asks in the partition's default region. In a region that has to be enabled, STS does not know the keys of accounts that
     * have not enabled it.
     *
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_enable-regions.html">STS in AWS
     *     regions</a>
     */
    Answer<Session> identify(Subject subject, PresentedAccess.Keys keys) {
        StaticCredentialsProvider credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create(
                keys.accessKeyId().value(), keys.secretAccessKey().reveal()));
        Answer<GetCallerIdentityResponse> answer = Answer.to(
                () -> clients.sts(subject.target().partition().defaultRegion())
                        .getCallerIdentity(r -> r.overrideConfiguration(o -> o.credentialsProvider(credentials))),
                response -> response.account() != null && response.arn() != null);
        Optional<AccountId> account = answer.given().map(response -> new AccountId(response.account()));
        return account.filter(roles::isOwn).isPresent()
                ? new Answer.Refused<>(AwsFailure.own(FailureCode.OWN_ACCOUNT), answer.took())
                : answer.map(response -> new Session(credentials, new AccountId(response.account()), response.arn()));
    }
}
