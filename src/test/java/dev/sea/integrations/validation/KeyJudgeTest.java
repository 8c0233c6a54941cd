package dev.sea.integrations.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.aws.AccountId;
import dev.sea.integrations.aws.AwsRegion;
import dev.sea.integrations.aws.BucketName;
import dev.sea.integrations.aws.KeyPrefix;
import dev.sea.integrations.aws.KmsKeyArn;
import dev.sea.integrations.call.Answer;
import dev.sea.integrations.call.AwsFailure;
import dev.sea.integrations.call.Denial;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.policy.AccessNeeds;
import dev.sea.integrations.probe.Encryption;
import dev.sea.integrations.probe.Findings;
import dev.sea.integrations.probe.Findings.KeyFindings;
import dev.sea.integrations.probe.Findings.KeyFindings.Use;
import dev.sea.integrations.probe.Findings.ObjectFindings;
import dev.sea.integrations.probe.ObjectProbe;
import dev.sea.integrations.probe.Session;
import dev.sea.integrations.report.FailureCode;
import dev.sea.integrations.report.Outcome;
import dev.sea.integrations.report.Outcome.Failed;
import dev.sea.integrations.report.Outcome.Passed;
import dev.sea.integrations.report.Outcome.Skipped;
import dev.sea.integrations.report.Outcome.Unknown;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;

/** When KMS's own answers count. */
class KeyJudgeTest {
    private static final KmsKeyArn KEY = new KmsKeyArn("arn:aws:kms:us-east-1:222233334444:key/1234abcd");
    private static final ObjectFindings WRITTEN =
            new ObjectFindings(true, Optional.of(new Encryption(Optional.of(KEY), false)), true, false);
    private static final ObjectFindings WAS_THERE = new ObjectFindings(false, Optional.empty(), true, false);

    private static <T> Answer<T> given(T value) {
        return new Answer.Given<>(value, Optional.empty(), Duration.ZERO);
    }

    private static <T> Answer<T> refused(FailureCode code, Optional<Denial> denial) {
        return new Answer.Refused<>(
                new AwsFailure(code, "", denial, Optional.empty(), Optional.empty()), Duration.ZERO);
    }

    private static <T> Answer<T> denied(String action) {
        return refused(
                FailureCode.KMS_DENIED,
                Optional.of(new Denial(Denial.By.IDENTITY_POLICY, false, Optional.of(action), Optional.empty())));
    }

    private static Outcome judged(Answer<ObjectFindings> put, Answer<?> generateDataKey, Answer<?> encrypt) {
        return judged(false, put, generateDataKey, encrypt);
    }

    private static Outcome judged(
            boolean denialCounts, Answer<ObjectFindings> put, Answer<?> generateDataKey, Answer<?> encrypt) {
        Session session = new Session(
                AnonymousCredentialsProvider.create(),
                new AccountId("222233334444"),
                "arn:aws:iam::222233334444:role/r");
        Findings found = new Findings(
                given(session),
                List.of(),
                new Answer.Unasked<>(),
                Map.of(ObjectProbe.PUT, put),
                new Answer.Unasked<>(),
                new Answer.Unasked<>(),
                given(new KeyFindings(Use.YES, Optional.of(KEY), generateDataKey, encrypt, new Answer.Unasked<>())),
                new Answer.Unasked<>(),
                new Answer.Unasked<>(),
                Optional.empty());
        Target target = new Target(
                new AwsRegion("us-east-1"), new BucketName("acme"), KeyPrefix.NONE, Optional.empty(), Optional.empty());
        return new KeyJudge(
                        denialCounts,
                        new Diagnosis(
                                new AccessNeeds(target, true),
                                new Principal("role r", session.principal(), false),
                                new Remedies.Seen(false, true)))
                .judge(found)
                .outcome();
    }

    @Test
    void allowedDirectlyIsAllowed() {
        assertThat(judged(given(WRITTEN), given(true), given(true))).isInstanceOf(Passed.class);
    }

    @Test
    void directCallsProveNothingWhereS3MayAndTheyMayNot() {
        assertThat(judged(given(WRITTEN), denied("kms:GenerateDataKey"), denied("kms:Encrypt")))
                .isInstanceOf(Skipped.class);
        assertThat(judged(given(WRITTEN), denied("kms:GenerateDataKey"), given(true)))
                .isInstanceOf(Skipped.class);
    }

    @Test
    void encryptLacksWhereGenerateDataKeyIsAllowedDirectly() {
        assertThat(judged(given(WRITTEN), given(true), denied("kms:Encrypt")))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.message()).startsWith("kms:Encrypt on " + KEY));
    }

    @Test
    void whereNothingHadToBeWrittenADirectRefusalCountsIfDirectCallsUsedToBeAllowed() {
        assertThat(judged(true, given(WAS_THERE), denied("kms:GenerateDataKey"), given(true)))
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.message()).startsWith("kms:GenerateDataKey on " + KEY));
        assertThat(judged(true, given(WAS_THERE), denied("kms:GenerateDataKey"), denied("kms:Encrypt")))
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed ->
                                assertThat(failed.message()).startsWith("kms:Encrypt, kms:GenerateDataKey on " + KEY));
        assertThat(judged(given(WAS_THERE), denied("kms:GenerateDataKey"), given(true)))
                .isInstanceOf(Skipped.class);
    }

    @Test
    void whatKmsDidNotAnswerIsUnknown() {
        assertThat(judged(given(WRITTEN), given(true), refused(FailureCode.THROTTLED, Optional.empty())))
                .isInstanceOf(Unknown.class);
        assertThat(judged(given(WRITTEN), refused(FailureCode.THROTTLED, Optional.empty()), given(true)))
                .isInstanceOf(Unknown.class);
    }
}
