package dev.sea.integrations.probe;

import dev.sea.integrations.aws.AccountId;
import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.aws.RoleArn;
import dev.sea.integrations.client.RegionalClients;
import dev.sea.integrations.client.ServiceIdentity;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.policy.AccessNeeds;
import dev.sea.integrations.policy.PolicyDocument;
import dev.sea.integrations.policy.SessionPolicy;
import dev.sea.integrations.policy.Statement;
import dev.sea.integrations.report.FailureCode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/**
 * Turns what a customer presents into credentials that AWS accepts: assumes a role as the gateway role, in the service's own
 * region, or checks an access key. Roles and keys of the service's own account are rejected before any of their rights is used.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole</a>
 */
@ApplicationScoped
@RegisterForReflection(targets = {PolicyDocument.class, Statement.class})
public class CredentialBroker {
    /** The shortest session that STS gives, since it serves one validation. */
    private static final Duration SESSION = Duration.ofMinutes(15);

    private static final Logger LOG = Logger.getLogger(CredentialBroker.class);

    private final RegionalClients clients;
    private final ServiceIdentity service;

    public CredentialBroker(RegionalClients clients, ServiceIdentity service) {
        this.clients = clients;
        this.service = service;
    }

    Answer<Session> obtain(Subject subject) {
        return switch (subject.access()) {
            case PresentedAccess.Role role -> assume(subject, role);
            case PresentedAccess.Keys keys -> ask(subject, keys);
        };
    }

    private Answer<Session> assume(Subject subject, PresentedAccess.Role access) {
        if (isOwn(access.role().account())) {
            return new Answer.Refused<>(AwsFailure.own(FailureCode.OWN_ACCOUNT), Duration.ZERO);
        }
        return assume(subject, access, Optional.of(access.externalId())).map(response -> {
            Credentials c = response.credentials();
            return new Session(
                    StaticCredentialsProvider.create(
                            AwsSessionCredentials.create(c.accessKeyId(), c.secretAccessKey(), c.sessionToken())),
                    access.role().account(),
                    access.role().value());
        });
    }

    /** Assumes the role, with this external ID or none. If STS does not accept the session policy, tries a shorter one. */
    Answer<AssumeRoleResponse> assume(Subject subject, PresentedAccess.Role access, Optional<ExternalId> externalId) {
        AccessNeeds needs = new AccessNeeds(subject.target(), subject.sessionMetadata());
        SessionName name = SessionName.of(subject.tenant(), subject.integration());
        Answer<AssumeRoleResponse> answer = assume(access.role(), externalId, name, SessionPolicy.of(needs));
        return answer.refusal().filter(AwsFailure::isPolicyRefused).isPresent()
                ? assume(access.role(), externalId, name, SessionPolicy.wholeBucket(needs))
                : answer;
    }

    /** @param externalId left out of the request if absent, since STS accepts no empty one */
    private Answer<AssumeRoleResponse> assume(
            RoleArn role, Optional<ExternalId> externalId, SessionName name, String sessionPolicy) {
        AwsCredentials gateway;
        try {
            gateway = service.gatewaySession().resolveCredentials();
        } catch (SdkException e) {
            // This failure is ours. It must not look like a denial of the customer's role.
            LOG.error("No session of the gateway role", e);
            return new Answer.Refused<>(AwsFailure.own(FailureCode.AWS_UNAVAILABLE), Duration.ZERO);
        }
        AssumeRoleRequest.Builder request = AssumeRoleRequest.builder()
                .roleArn(role.value())
                .roleSessionName(name.value())
                .durationSeconds((int) SESSION.toSeconds())
                .policy(sessionPolicy)
                .overrideConfiguration(o -> o.credentialsProvider(StaticCredentialsProvider.create(gateway)));
        externalId.ifPresent(id -> request.externalId(id.value()));
        return Answer.to(() -> clients.sts(service.region()).assumeRole(request.build()), CredentialBroker::isSession);
    }

    private static boolean isSession(AssumeRoleResponse response) {
        Credentials credentials = response.credentials();
        return credentials != null
                && credentials.accessKeyId() != null
                && credentials.secretAccessKey() != null
                && credentials.sessionToken() != null;
    }

    /**
     * Asks in the partition's default region. In a region that has to be enabled, STS does not know the keys of accounts that
     * have not enabled it.
     *
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_enable-regions.html">STS in AWS
     *     regions</a>
     */
    private Answer<Session> ask(Subject subject, PresentedAccess.Keys keys) {
        StaticCredentialsProvider credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create(
                keys.accessKeyId().value(), keys.secretAccessKey().reveal()));
        Answer<GetCallerIdentityResponse> answer = Answer.to(
                () -> clients.sts(subject.target().partition().defaultRegion())
                        .getCallerIdentity(r -> r.overrideConfiguration(o -> o.credentialsProvider(credentials))),
                response -> response.account() != null && response.arn() != null);
        Optional<AccountId> account = answer.given().map(response -> new AccountId(response.account()));
        return account.filter(this::isOwn).isPresent()
                ? new Answer.Refused<>(AwsFailure.own(FailureCode.OWN_ACCOUNT), answer.took())
                : answer.map(response -> new Session(credentials, new AccountId(response.account()), response.arn()));
    }

    private boolean isOwn(AccountId account) {
        return account.equals(service.account());
    }
}
