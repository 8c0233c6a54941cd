package dev.sea.integrations.call;

import dev.sea.integrations.aws.AccountId;
import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.aws.RoleArn;
import dev.sea.integrations.client.RegionalClients;
import dev.sea.integrations.client.ServiceIdentity;
import dev.sea.integrations.report.FailureCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * Assumes customers' roles as the gateway role, in the service's own region. Whoever calls this has made sure that no other
 * tenant holds the external ID.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole</a>
 */
@ApplicationScoped
public class AssumedRoles {
    private static final Logger LOG = Logger.getLogger(AssumedRoles.class);

    private final RegionalClients clients;
    private final ServiceIdentity service;

    public AssumedRoles(RegionalClients clients, ServiceIdentity service) {
        this.clients = clients;
        this.service = service;
    }

    /**
     * The session that somebody wants.
     *
     * @param externalId left out of the request if absent, since STS accepts no empty one
     * @param duration from 15 minutes to one hour, since the gateway's role was itself assumed
     * @param policies what the session may do at most: the narrowest first, and then wider ones for STS to accept if it refuses
     *     that
     */
    public record Wanted(
            RoleArn role, Optional<ExternalId> externalId, SessionName name, Duration duration, List<String> policies) {

        public Wanted {
            policies = List.copyOf(policies);
        }
    }

    /** What is wrong with a role, as far as that is known without a call. Its own account's rights are never used. */
    public Optional<AwsFailure> refusedUnasked(RoleArn role) {
        if (isOwn(role.account())) {
            return Optional.of(AwsFailure.own(FailureCode.OWN_ACCOUNT));
        }
        // Requests with such a name are not accepted. The deployment's prefix has changed since the role was stored.
        return service.mayAssume(role) ? Optional.empty() : Optional.of(AwsFailure.own(FailureCode.SERVICE_FAULT));
    }

    /** Whether it is the service's own account. */
    public boolean isOwn(AccountId account) {
        return account.equals(service.account());
    }

    /** The session that assumes customers' roles. It is kept for its hour, so few callers wait for it. */
    public Answer<AwsCredentials> gateway() {
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

    /** Assumes the role with the gateway's session, unless it is known without a call that this cannot be. */
    public Answer<AssumedSession> assume(Wanted wanted) {
        Optional<AwsFailure> unasked = refusedUnasked(wanted.role());
        if (unasked.isPresent()) {
            return new Answer.Refused<>(unasked.get(), Duration.ZERO);
        }
        return switch (gateway()) {
            case Answer.Given<AwsCredentials>(AwsCredentials gateway, var _, var _) -> assume(gateway, wanted);
            case Answer.Refused<AwsCredentials>(AwsFailure failure, Duration took) ->
                new Answer.Refused<>(failure, took);
            case Answer.Unasked<AwsCredentials> _ -> throw new IllegalStateException("the gateway was asked for");
        };
    }

    /**
     * Assumes the role. If STS does not accept the gateway's session any more, asks once more with a new one.
     *
     * @param gateway from {@link #gateway()}
     */
    public Answer<AssumedSession> assume(AwsCredentials gateway, Wanted wanted) {
        Answer<AssumedSession> answer = asked(gateway, wanted);
        if (answer.refusal().filter(AwsFailure::isOfEndedSession).isEmpty()) {
            return oursTold(answer);
        }
        LOG.warn("STS does not accept the session of the gateway role any more. Asking for a new one.");
        return switch (gateway(() -> service.gatewayCredentialsInPlaceOf(gateway))) {
            case Answer.Given<AwsCredentials>(AwsCredentials renewed, var _, var _) -> oursTold(asked(renewed, wanted));
            case Answer.Refused<AwsCredentials>(AwsFailure failure, Duration took) ->
                new Answer.Refused<>(failure, took);
            case Answer.Unasked<AwsCredentials> _ -> throw new IllegalStateException("the gateway was asked for");
        };
    }

    /** If STS does not accept a session policy, tries the next one. */
    private Answer<AssumedSession> asked(AwsCredentials gateway, Wanted wanted) {
        AssumeRoleRequest.Builder request = AssumeRoleRequest.builder()
                .roleArn(wanted.role().value())
                .roleSessionName(wanted.name().value())
                .durationSeconds((int) wanted.duration().toSeconds())
                .overrideConfiguration(o -> o.credentialsProvider(StaticCredentialsProvider.create(gateway)));
        wanted.externalId().ifPresent(id -> request.externalId(id.value()));
        Answer<AssumedSession> answer = new Answer.Unasked<>();
        for (String policy : wanted.policies()) {
            answer = assume(request.policy(policy).build());
            if (answer.refusal().filter(AwsFailure::isPolicyRefused).isEmpty()) {
                return answer;
            }
        }
        return answer;
    }

    private Answer<AssumedSession> assume(AssumeRoleRequest request) {
        return Answer.to(() -> clients.sts(service.region()).assumeRole(request), AssumedRoles::isSession)
                .map(response -> {
                    Credentials c = response.credentials();
                    return new AssumedSession(
                            AwsSessionCredentials.create(c.accessKeyId(), c.secretAccessKey(), c.sessionToken()),
                            c.expiration());
                });
    }

    /** The gateway's session and the session policy are ours. If AWS denies these, the customer did nothing wrong. */
    private static Answer<AssumedSession> oursTold(Answer<AssumedSession> answer) {
        return answer.refusal()
                .filter(failure -> failure.isOfCaller() || failure.isPolicyRefused())
                .<Answer<AssumedSession>>map(failure -> new Answer.Refused<>(failure.asServiceFault(), answer.took()))
                .orElse(answer);
    }

    private static boolean isSession(AssumeRoleResponse response) {
        Credentials credentials = response.credentials();
        return credentials != null
                && credentials.accessKeyId() != null
                && credentials.secretAccessKey() != null
                && credentials.sessionToken() != null
                && credentials.expiration() != null;
    }
}
