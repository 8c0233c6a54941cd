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
import java.util.function.Supplier;
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

    /** What is wrong with the access, as far as that is known without a call. */
    Optional<AwsFailure> refusedUnasked(PresentedAccess access) {
        if (!(access instanceof PresentedAccess.Role(RoleArn role, ExternalId _))) {
            return Optional.empty();
        }
        if (isOwn(role.account())) {
            return Optional.of(AwsFailure.own(FailureCode.OWN_ACCOUNT));
        }
        // Requests with such a name are not accepted. The deployment's prefix has changed since the role was stored.
        return service.mayAssume(role) ? Optional.empty() : Optional.of(AwsFailure.own(FailureCode.SERVICE_FAULT));
    }

    /** The session that assumes customers' roles. It is kept for its hour, so few validations wait for it. */
    Answer<AwsCredentials> gateway() {
        return gateway(() -> service.gatewaySession().resolveCredentials());
    }

    private static Answer<AwsCredentials> gateway(Supplier<AwsCredentials> session) {
        long start = System.nanoTime();
        try {
            return new Answer.Given<>(session.get(), Optional.empty(), Duration.ofNanos(System.nanoTime() - start));
        } catch (SdkException e) {
            // This failure is ours. It must not look like a denial of the customer's role.
            LOG.error("No session of the gateway role", e);
            return new Answer.Refused<>(AwsFailure.ofOurOwn(e), Duration.ofNanos(System.nanoTime() - start));
        }
    }

    Answer<Session> assume(AwsCredentials gateway, Subject subject, PresentedAccess.Role access) {
        return assume(gateway, subject, access, Optional.of(access.externalId()))
                .map(response -> {
                    Credentials c = response.credentials();
                    return new Session(
                            StaticCredentialsProvider.create(AwsSessionCredentials.create(
                                    c.accessKeyId(), c.secretAccessKey(), c.sessionToken())),
                            access.role().account(),
                            access.role().value());
                });
    }

    /**
     * Assumes the role, with this external ID or none. If STS does not accept the gateway's session any more, asks once more with
     * a new one.
     *
     * @param externalId left out of the request if absent, since STS accepts no empty one
     */
    Answer<AssumeRoleResponse> assume(
            AwsCredentials gateway, Subject subject, PresentedAccess.Role access, Optional<ExternalId> externalId) {
        Answer<AssumeRoleResponse> answer = asked(gateway, subject, access, externalId);
        if (answer.refusal().filter(AwsFailure::isOfEndedSession).isEmpty()) {
            return oursTold(answer);
        }
        LOG.warn("STS does not accept the session of the gateway role any more. Asking for a new one.");
        return switch (gateway(() -> service.gatewayCredentialsInPlaceOf(gateway))) {
            case Answer.Given<AwsCredentials>(AwsCredentials renewed, var _, var _) ->
                oursTold(asked(renewed, subject, access, externalId));
            case Answer.Refused<AwsCredentials>(AwsFailure failure, Duration took) ->
                new Answer.Refused<>(failure, took);
            case Answer.Unasked<AwsCredentials> _ -> throw new IllegalStateException("the gateway was asked for");
        };
    }

    /** If STS does not accept the session policy, tries a shorter one. */
    private Answer<AssumeRoleResponse> asked(
            AwsCredentials gateway, Subject subject, PresentedAccess.Role access, Optional<ExternalId> externalId) {
        AccessNeeds needs = new AccessNeeds(subject.target(), subject.sessionMetadata());
        AssumeRoleRequest.Builder request = AssumeRoleRequest.builder()
                .roleArn(access.role().value())
                .roleSessionName(
                        SessionName.of(subject.tenant(), subject.integration()).value())
                .durationSeconds((int) SESSION.toSeconds())
                .overrideConfiguration(o -> o.credentialsProvider(StaticCredentialsProvider.create(gateway)));
        externalId.ifPresent(id -> request.externalId(id.value()));
        Answer<AssumeRoleResponse> answer = assume(request, SessionPolicy.of(needs));
        return answer.refusal().filter(AwsFailure::isPolicyRefused).isPresent()
                ? assume(request, SessionPolicy.wholeBucket(needs))
                : answer;
    }

    private Answer<AssumeRoleResponse> assume(AssumeRoleRequest.Builder request, String sessionPolicy) {
        AssumeRoleRequest whole = request.policy(sessionPolicy).build();
        return Answer.to(() -> clients.sts(service.region()).assumeRole(whole), CredentialBroker::isSession);
    }

    /** The gateway's session and the session policy are ours. If AWS denies these, the customer did nothing wrong. */
    private static Answer<AssumeRoleResponse> oursTold(Answer<AssumeRoleResponse> answer) {
        return answer.refusal()
                .filter(failure -> failure.isOfCaller() || failure.isPolicyRefused())
                .<Answer<AssumeRoleResponse>>map(
                        failure -> new Answer.Refused<>(failure.asServiceFault(), answer.took()))
                .orElse(answer);
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
    Answer<Session> identify(Subject subject, PresentedAccess.Keys keys) {
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
