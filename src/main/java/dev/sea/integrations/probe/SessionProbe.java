package dev.sea.integrations.probe;

import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.call.Answer;
import dev.sea.integrations.call.AssumedSession;
import dev.sea.integrations.call.AwsFailure;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.policy.NegativeTry;
import dev.sea.integrations.probe.Findings.Tried;
import dev.sea.integrations.report.ValidationReport.Scope;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/** Asks STS for the session, and in a full validation also in the ways that the trust policy must deny. */
final class SessionProbe {
    private final Subject subject;
    private final Scope scope;
    private final CredentialBroker broker;
    private final Supplier<ExternalId> neverGivenOut;
    private final ParallelCalls calls;

    private Pending<Session> credentials = Pending.unasked();
    private Map<NegativeTry, Pending<AssumedSession>> negatives = Map.of();

    SessionProbe(
            Subject subject,
            Scope scope,
            CredentialBroker broker,
            Supplier<ExternalId> neverGivenOut,
            ParallelCalls calls) {
        this.subject = subject;
        this.scope = scope;
        this.broker = broker;
        this.neverGivenOut = neverGivenOut;
        this.calls = calls;
    }

    /** @param beside whether the negative tries start at once, or only when there is a session */
    void ask(boolean beside) {
        Optional<AwsFailure> refused = broker.refusedUnasked(subject.access());
        if (refused.isPresent()) {
            credentials = Pending.of(new Answer.Refused<>(refused.get(), Duration.ZERO));
            return;
        }
        switch (subject.access()) {
            case PresentedAccess.Keys keys ->
                credentials = calls.ask(() -> broker.identify(subject, keys)).after(credentials);
            case PresentedAccess.Role role -> ask(role, beside);
        }
    }

    private void ask(PresentedAccess.Role role, boolean beside) {
        switch (calls.ask(broker::gateway).await()) {
            case Answer.Given<AwsCredentials>(AwsCredentials gateway, var _, var _) -> {
                credentials =
                        calls.ask(() -> broker.assume(gateway, subject, role)).after(credentials);
                if (beside || credentials.await().isGiven()) {
                    negatives = negatives(gateway, role);
                }
            }
            case Answer.Refused<AwsCredentials>(AwsFailure failure, Duration took) ->
                credentials =
                        Pending.of(new Answer.Refused<Session>(failure, took)).after(credentials);
            case Answer.Unasked<AwsCredentials> _ -> throw new IllegalStateException("the gateway was asked for");
        }
    }

    private Map<NegativeTry, Pending<AssumedSession>> negatives(AwsCredentials gateway, PresentedAccess.Role role) {
        Map<NegativeTry, Pending<AssumedSession>> asked = new LinkedHashMap<>();
        if (scope == Scope.FULL) {
            NegativeTry.plan(role.externalId(), neverGivenOut.get())
                    .forEach(tried -> asked.put(
                            tried, calls.ask(() -> broker.assume(gateway, subject, role, tried.externalId()))));
        }
        return asked;
    }

    /** The session, once STS has denied all negative tries. */
    Optional<Session> usable() {
        return credentials().given().filter(_ -> tried().stream().allMatch(Tried::isRefused));
    }

    Answer<Session> credentials() {
        return credentials.await();
    }

    List<Tried> tried() {
        return negatives.entrySet().stream()
                .map(asked -> new Tried(asked.getKey(), asked.getValue().await()))
                .toList();
    }
}
