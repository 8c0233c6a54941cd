package dev.sea.integrations.probe;

import dev.sea.integrations.aws.AccountId;
import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.client.RegionalClients;
import dev.sea.integrations.client.ServiceIdentity;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.policy.AccessNeeds;
import dev.sea.integrations.policy.SessionPolicy;
import dev.sea.integrations.report.FailureCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/**
 * Turns what a customer presents into credentials that AWS accepts. The service's own account is refused: its roles and
 * keys are no customer's to lend.
 */
@ApplicationScoped
public class CredentialBroker {
    private final RoleAssumption assumption;
    private final RegionalClients clients;
    private final ServiceIdentity service;

    public CredentialBroker(RoleAssumption assumption, RegionalClients clients, ServiceIdentity service) {
        this.assumption = assumption;
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

    /** AssumeRole as for a session, but with another external ID or none. */
    Answer<AssumeRoleResponse> assume(Subject subject, PresentedAccess.Role access, Optional<ExternalId> externalId) {
        AccessNeeds needs = new AccessNeeds(subject.target(), subject.sessionMetadata());
        SessionName name = SessionName.of(subject.tenant(), subject.integration());
        Answer<AssumeRoleResponse> answer = assumption.assume(access.role(), externalId, name, SessionPolicy.of(needs));
        return answer.refusal().filter(AwsFailure::isPolicyRefused).isPresent()
                ? assumption.assume(access.role(), externalId, name, SessionPolicy.wholeBucket(needs))
                : answer;
    }

    /** In the partition's default region: STS in a region that has to be enabled knows no key of who has not. */
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
