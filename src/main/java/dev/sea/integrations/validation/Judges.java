package dev.sea.integrations.validation;

import dev.sea.integrations.aws.AccountId;
import dev.sea.integrations.aws.RoleArn;
import dev.sea.integrations.call.Answer;
import dev.sea.integrations.client.ServiceIdentity;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.policy.AccessNeeds;
import dev.sea.integrations.probe.Findings;
import dev.sea.integrations.probe.ObjectProbe;
import dev.sea.integrations.probe.Subject;
import dev.sea.integrations.report.Check;
import dev.sea.integrations.report.ValidationReport.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes all checks of a report, in its order. */
final class Judges {
    private final Subject subject;
    private final Scope scope;
    private final RoleArn gateway;
    private final boolean nameFits;

    Judges(Subject subject, Scope scope, ServiceIdentity service) {
        this.subject = subject;
        this.scope = scope;
        this.gateway = service.gatewayRoleArn();
        this.nameFits =
                !(subject.access() instanceof PresentedAccess.Role(RoleArn role, var _)) || service.mayAssume(role);
    }

    List<Check> judge(Findings found) {
        PresentedAccess access = subject.access();
        Optional<AccountId> expectedOwner = subject.target().owner().or(subject::pinnedOwner);
        Optional<BucketFault> fault = BucketFault.in(found, subject.target(), expectedOwner);
        Diagnosis diagnosis = new Diagnosis(
                new AccessNeeds(subject.target(), subject.sessionMetadata()),
                Principal.of(access, found.credentials()),
                new Remedies.Seen(
                        subject.provedBefore(),
                        found.ofObjects().values().stream().anyMatch(Answer::isAllowed)));
        List<Judge> judges = new ArrayList<>();
        judges.add(new CredentialsJudge(access, gateway, nameFits, diagnosis));
        judges.add(new ExternalIdJudge(access, scope, gateway, diagnosis));
        judges.add(new BucketJudge(fault, diagnosis));
        for (ObjectProbe probe : ObjectProbe.values()) {
            judges.add(new ObjectJudge(probe, fault, diagnosis));
        }
        judges.add(new PresignedJudge(new ObjectJudge(ObjectProbe.GET, fault, diagnosis), scope, diagnosis));
        // A full validation that cannot overwrite the object knows the key of new ones only if the target names it.
        boolean knowsKey = scope == Scope.LIGHT || subject.target().kmsKey().isPresent();
        judges.add(new KeyJudge(knowsKey && subject.keyAnswersDirectly(), diagnosis));
        judges.add(new LeastPrivilegeJudge(access, diagnosis));
        return judges.stream().map(judge -> judge.judge(found)).toList();
    }
}
