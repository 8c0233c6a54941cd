package dev.sea.integrations.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.sea.integrations.call.Denial.By;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Reads the sentences of AWS's documents, whatever a customer's names hold.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html">Troubleshoot access
 *     denied error messages</a>
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html">Troubleshoot access
 *     denied (403 Forbidden) errors in Amazon S3</a>
 */
class DenialTest {
    private static final String ACTION = "s3:GetObject";
    private static final String PERFORM =
            "User: arn:aws:sts::222233334444:assumed-role/SEA_ext_access_r/sea-t-i is not authorized to perform: "
                    + ACTION;
    private static final String OBJECT = "arn:aws:s3:::acme/plant-7/a.mp4";

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "IDENTITY_POLICY, identity-based policy",
                "RESOURCE_POLICY, resource-based policy",
                "SESSION_POLICY, session policy",
                "BOUNDARY, permissions boundary",
                "SERVICE_CONTROL_POLICY, service control policy",
                "RESOURCE_CONTROL_POLICY, resource control policy",
                "VPC_ENDPOINT_POLICY, VPC endpoint policy",
                "TRUST_POLICY, role trust policy"
            })
    void tellsWhichPolicyAllowsNothing(By by, String policy) {
        String reason = " because no " + policy + " allows the " + ACTION + " action";
        assertThat(Denial.read(PERFORM + " on resource: \"" + OBJECT + "\"" + reason))
                .isEqualTo(new Denial(by, false, Optional.of(ACTION), Optional.of(OBJECT)));
        assertThat(Denial.read(PERFORM + " on resource: " + OBJECT + reason))
                .isEqualTo(new Denial(by, false, Optional.of(ACTION), Optional.of(OBJECT)));
        assertThat(Denial.read(PERFORM + reason))
                .as("without a resource, as IAM's document has it for some policies")
                .isEqualTo(new Denial(by, false, Optional.of(ACTION), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "IDENTITY_POLICY, an identity-based policy",
                "RESOURCE_POLICY, a resource-based policy",
                "SESSION_POLICY, a session policy",
                "BOUNDARY, a permissions boundary",
                "SERVICE_CONTROL_POLICY, a service control policy",
                "RESOURCE_CONTROL_POLICY, a resource control policy",
                "VPC_ENDPOINT_POLICY, a VPC endpoint policy",
                "TRUST_POLICY, the role trust policy"
            })
    void tellsWhichPolicyDeniesExplicitly(By by, String policy) {
        Denial expected = new Denial(by, true, Optional.of(ACTION), Optional.of(OBJECT));
        String deny = " with an explicit deny in " + policy;
        String quoted = PERFORM + " on resource: \"" + OBJECT + "\"" + deny;
        assertThat(Denial.read(quoted)).isEqualTo(expected);
        assertThat(Denial.read(PERFORM + " on resource: " + OBJECT + deny)).isEqualTo(expected);
        assertThat(Denial.read(quoted + ": arn:aws:organizations::1:policy/o-x/service_control_policy/p-y"))
                .as("with the policy's ARN, which AWS adds within an account")
                .isEqualTo(expected);
        assertThat(Denial.read(quoted + " transitively through a service control policy"))
                .isEqualTo(expected);
    }

    static Stream<Arguments> others() {
        return Stream.of(
                arguments(
                        "S3 across accounts",
                        "Access Denied",
                        new Denial(By.UNTOLD, false, Optional.empty(), Optional.empty())),
                arguments("no words", "", Denial.BARE),
                arguments(
                        "STS, which names no policy",
                        "User: arn:aws:iam::1:role/g is not authorized to perform: sts:AssumeRole on resource:"
                                + " arn:aws:iam::222233334444:role/r",
                        new Denial(
                                By.UNTOLD,
                                false,
                                Optional.of("sts:AssumeRole"),
                                Optional.of("arn:aws:iam::222233334444:role/r"))),
                arguments(
                        "Block Public Access, which is no policy",
                        "User: arn:aws:iam::1:role/r is not authorized to perform: s3:PutBucketPolicy on resource:"
                                + " \"arn:aws:s3:::acme\" because public policies are blocked by the BlockPublicPolicy"
                                + " block public access setting",
                        new Denial(
                                By.UNTOLD, false, Optional.of("s3:PutBucketPolicy"), Optional.of("arn:aws:s3:::acme"))),
                arguments(
                        "KMS on another account's key",
                        "User: arn:aws:iam::1:role/r is not authorized to perform: kms:Encrypt on this resource because"
                                + " the resource does not exist in this Region, no resource-based policies allow access,"
                                + " or a resource-based policy explicitly denies access",
                        new Denial(By.RESOURCE_POLICY, false, Optional.of("kms:Encrypt"), Optional.empty())),
                arguments(
                        "KMS on another account's key, in an older message",
                        "The ciphertext refers to a customer master key that does not exist, does not exist in this"
                                + " region, or you are not allowed to access.",
                        new Denial(By.RESOURCE_POLICY, false, Optional.of("kms:Decrypt"), Optional.empty())),
                arguments(
                        "a policy of a kind that nobody knows yet",
                        PERFORM + " with an explicit deny in a lunar policy",
                        new Denial(By.UNTOLD, false, Optional.of(ACTION), Optional.empty())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("others")
    void doesNotGuessWhatIsNotSaid(String what, String sentence, Denial denial) {
        assertThat(Denial.read(sentence)).as(what).isEqualTo(denial);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "with spaces  and 'quotes'.mp4",
                "100%25 of %2F.mp4",
                "Größe/видео/録画/🎥.mp4",
                "line\nbreak.mp4",
                "a (1) [2] {3} $4 \\5 ^6.mp4",
                "on resource: arn:aws:s3:::other/key"
            })
    void readsAnyKey(String key) {
        String object = "arn:aws:s3:::acme/" + key;
        String on = PERFORM + " on resource: \"" + object + "\"";
        assertThat(Denial.read(on + " because no identity-based policy allows the s3:GetObject action"))
                .isEqualTo(new Denial(By.IDENTITY_POLICY, false, Optional.of(ACTION), Optional.of(object)));
        assertThat(Denial.read(on + " with an explicit deny in a resource-based policy"))
                .isEqualTo(new Denial(By.RESOURCE_POLICY, true, Optional.of(ACTION), Optional.of(object)));
    }

    @Test
    void aQuoteInAKeyHidesTheResourceOnly() {
        String on = PERFORM + " on resource: \"arn:aws:s3:::acme/a \"quoted\" word.mp4\"";
        assertThat(Denial.read(on + " because no identity-based policy allows the s3:GetObject action"))
                .isEqualTo(new Denial(By.IDENTITY_POLICY, false, Optional.of(ACTION), Optional.empty()));
        assertThat(Denial.read(on + " with an explicit deny in a resource-based policy"))
                .isEqualTo(new Denial(By.RESOURCE_POLICY, true, Optional.of(ACTION), Optional.empty()));
    }

    @Test
    void theLastReasonCountsForAKeyMayHoldOneToo() {
        assertThat(Denial.read(PERFORM + " on resource: \"arn:aws:s3:::acme/ because no session policy allows the x\""
                                + " because no identity-based policy allows the s3:GetObject action")
                        .by())
                .isEqualTo(By.IDENTITY_POLICY);
        assertThat(Denial.read(PERFORM
                                + " on resource: \"arn:aws:s3:::acme/ with an explicit deny in a session policy\""
                                + " with an explicit deny in a resource-based policy")
                        .by())
                .isEqualTo(By.RESOURCE_POLICY);
    }

    static Stream<String> parts() {
        return Stream.of(
                "a",
                " ",
                "\"",
                "\"a",
                "arn:",
                " because ",
                " with an ",
                " because no ",
                " because no a allows",
                " because no a allows the ",
                " with an explicit deny in ",
                " with an explicit deny in a ",
                "on resource: arn:",
                "on resource: arn:\"",
                "on resource: \"arn:a",
                "not authorized to perform: ",
                "not authorized to perform: a",
                "not authorized to perform: a:");
    }

    /** Counts the characters that are looked at, so that the test is the same on any machine. */
    @ParameterizedTest(name = "[{0}]")
    @MethodSource("parts")
    void takesStepsThatGrowWithTheLength(String part) {
        for (String end : List.of(
                "",
                "\"",
                "\"x",
                " because no identity-based policy allows the s3:GetObject action",
                " with an explicit deny in a x")) {
            long once = steps(part.repeat(5_000 / part.length()) + end, Long.MAX_VALUE);
            steps(part.repeat(10_000 / part.length()) + end, once * 5 / 2);
        }
    }

    private static long steps(String keyAndReason, long most) {
        Counted counted = new Counted(PERFORM + " on resource: \"" + keyAndReason, most);
        Denial.read(counted);
        return counted.read;
    }

    /** A text that counts how often one of its characters is read, and fails at once where that is too often. */
    private static final class Counted implements CharSequence {
        private final String text;
        private final long most;
        private long read;

        /** @param most reads; never more than 200 a character, so that what is not linear fails soon */
        Counted(String text, long most) {
            this.text = text;
            this.most = Math.min(most, 200L * text.length());
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            read++;
            if (read > most) {
                throw new AssertionError("read more than " + most + " characters of " + text.length());
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
