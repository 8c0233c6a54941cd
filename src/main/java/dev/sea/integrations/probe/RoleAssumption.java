package dev.sea.integrations.probe;

import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.aws.RoleArn;
import dev.sea.integrations.client.RegionalClients;
import dev.sea.integrations.client.ServiceIdentity;
import dev.sea.integrations.policy.PolicyDocument;
import dev.sea.integrations.policy.Statement;
import dev.sea.integrations.report.FailureCode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Credentials;

/** STS's AssumeRole of customers' roles: as the gateway role, in the service's own region. */
@ApplicationScoped
@RegisterForReflection(targets = {PolicyDocument.class, Statement.class})
public class RoleAssumption {
    /** The shortest that STS gives: a session serves one validation. */
    private static final Duration SESSION = Duration.ofMinutes(15);

    private static final Logger LOG = Logger.getLogger(RoleAssumption.class);

    private final RegionalClients clients;
    private final ServiceIdentity service;

    public RoleAssumption(RegionalClients clients, ServiceIdentity service) {
        this.clients = clients;
        this.service = service;
    }

    /** @param externalId left out of the request when absent: STS takes no empty one */
    Answer<AssumeRoleResponse> assume(
            RoleArn role, Optional<ExternalId> externalId, SessionName name, String sessionPolicy) {
        AwsCredentials gateway;
        try {
            gateway = service.gatewaySession().resolveCredentials();
        } catch (SdkException e) {
            // Ours, not the customer's: it must not look like a refusal of their role.
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
        return Answer.to(() -> clients.sts(service.region()).assumeRole(request.build()), RoleAssumption::isSession);
    }

    private static boolean isSession(AssumeRoleResponse response) {
        Credentials credentials = response.credentials();
        return credentials != null
                && credentials.accessKeyId() != null
                && credentials.secretAccessKey() != null
                && credentials.sessionToken() != null;
    }
}
