package dev.sea.integrations.validation;

import dev.sea.integrations.aws.AccountId;
import dev.sea.integrations.aws.RoleArn;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.policy.AccessNeeds;
import dev.sea.integrations.policy.NeededAction;
import dev.sea.integrations.probe.Findings;
import dev.sea.integrations.probe.Subject;
import dev.sea.integrations.report.Check;
import dev.sea.integrations.report.CheckId;
import dev.sea.integrations.report.ValidationReport.Scope;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All checks of a report, in its order. */
final class Judges {
    private final Subject subject;
    private final Scope scope;
    private final RoleArn gateway;

    Judges(Subject subject, Scope scope, RoleArn gateway) {
        this.subject = subject;
        this.scope = scope;
        this.gateway = gateway;
    }

    List<Check> judge(Findings found) {
        PresentedAccess access = subject.access();
        Optional<AccountId> expectedOwner =
                subject.target().expectedBucketOwner().or(subject::pinnedOwner);
        Optional<BucketFault> fault = BucketFault.in(found, subject.target(), expectedOwner);
        Diagnosis diagnosis = new Diagnosis(
                new AccessNeeds(subject.target(), subject.sessionMetadata()),
                Principal.of(access, found.credentials()));
        return Stream.<Judge>of(
                        new CredentialsJudge(access, gateway, diagnosis),
                        new ExternalIdJudge(access, scope, gateway, diagnosis),
                        new BucketJudge(fault, diagnosis),
                        new ObjectJudge(
                                CheckId.LIST, NeededAction.LIST_BUCKET, Findings::list, false, true, fault, diagnosis),
                        new ObjectJudge(
                                CheckId.PUT, NeededAction.PUT_OBJECT, Findings::put, false, true, fault, diagnosis),
                        new ObjectJudge(
                                CheckId.GET, NeededAction.GET_OBJECT, Findings::get, true, true, fault, diagnosis),
                        new ObjectJudge(
                                CheckId.TAGGING,
                                NeededAction.GET_OBJECT_TAGGING,
                                Findings::tagging,
                                true,
                                subject.sessionMetadata(),
                                fault,
                                diagnosis),
                        new KeyJudge(scope == Scope.LIGHT && subject.keyAnswersDirectly(), diagnosis),
                        new LeastPrivilegeJudge(access, diagnosis))
                .map(judge -> judge.judge(found))
                .toList();
    }
}
