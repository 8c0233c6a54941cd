package dev.sea.integrations.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.sea.integrations.RuleViolation;
import dev.sea.integrations.aws.AccessKeyId;
import dev.sea.integrations.aws.AccountId;
import dev.sea.integrations.aws.AwsRegion;
import dev.sea.integrations.aws.BucketName;
import dev.sea.integrations.aws.ContentSha256;
import dev.sea.integrations.aws.ContentType;
import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.aws.KeyPrefix;
import dev.sea.integrations.aws.KmsKeyArn;
import dev.sea.integrations.aws.ObjectKey;
import dev.sea.integrations.aws.RoleArn;
import dev.sea.integrations.aws.RoleName;
import dev.sea.integrations.aws.SecretAccessKey;
import dev.sea.integrations.integration.Description;
import dev.sea.integrations.integration.IntegrationName;
import dev.sea.integrations.testing.CompiledCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the API's document says of a value is what the value itself does, on both sides of each boundary. */
class ValuesTest {
    private static final List<Class<?>> CLASSES = CompiledCode.classes();

    private static final String ROLE = "arn:aws:iam::222233334444:role/";
    private static final String KEY = "arn:aws:kms:eu-west-1:222233334444:key/";

    /** Texts of every length that the value may have, made of a start and a letter. */
    static Stream<Arguments> lengths() {
        return Stream.of(
                Arguments.of(AccessKeyId.class, "AKIA", "A"),
                Arguments.of(BucketName.class, "", "b"),
                Arguments.of(ContentType.class, "video/", "m"),
                Arguments.of(Description.class, "", "d"),
                Arguments.of(ExternalId.class, "", "x"),
                Arguments.of(IntegrationName.class, "", "n"),
                Arguments.of(KeyPrefix.class, "", "p"),
                Arguments.of(ObjectKey.class, "", "o"),
                Arguments.of(RoleName.class, "", "r"),
                Arguments.of(SecretAccessKey.class, "", "s"));
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void aValueKeepsTheLengthsOfItsSchema(Class<?> type, String start, String letter) {
        Values.Value value = Values.of(type);
        // A prefix that lacks its slash gets it, so it has one character less.
        String end = type == KeyPrefix.class ? "/" : "";

        assertThat(accepts(value, filled(start, letter, value.maxLength(), end)))
                .isTrue();
        assertThat(accepts(value, filled(start, letter, value.maxLength() + 1, end)))
                .isFalse();
        if (value.minLength() > 0) {
            assertThat(accepts(value, filled(start, letter, value.minLength(), end)))
                    .isTrue();
            assertThat(accepts(value, filled(start, letter, value.minLength() - 1, end)))
                    .isFalse();
        }
    }

    @Test
    void aRoleArnKeepsTheLengthsOfItsSchema() {
        Values.Value value = Values.of(RoleArn.class);

        // Its parts have limits of their own, so a right one is never as short or as long as these.
        assertThat(code(value, "a".repeat(value.minLength() - 1))).isEqualTo("ROLE_ARN_LENGTH");
        assertThat(code(value, "a".repeat(value.minLength()))).isEqualTo("ROLE_ARN");
        assertThat(code(value, "a".repeat(value.maxLength()))).isEqualTo("ROLE_ARN");
        assertThat(code(value, "a".repeat(value.maxLength() + 1))).isEqualTo("ROLE_ARN_LENGTH");
    }

    static Stream<Arguments> shapes() {
        return Stream.of(
                Arguments.of(AccessKeyId.class, "AKIAIOSFODNN7EXAMPLE", "ASIAIOSFODNN7EXAMPLE"),
                Arguments.of(AccountId.class, "222233334444", "22223333444"),
                Arguments.of(AccountId.class, "222233334444", "2222333344445"),
                Arguments.of(AwsRegion.class, "eu-west-1", "eu-west-1a"),
                Arguments.of(AwsRegion.class, "eu-west-10", "eu-west-100"),
                Arguments.of(BucketName.class, "b.c", "b.c-"),
                Arguments.of(BucketName.class, "b.c", "b_c"),
                Arguments.of(ContentSha256.class, "A".repeat(43) + "=", "A".repeat(42) + "B="),
                Arguments.of(ContentSha256.class, "+/".repeat(21) + "8=", "-_".repeat(21) + "8="),
                Arguments.of(ContentType.class, "video/mp4", "video"),
                Arguments.of(ContentType.class, "text/plain; charset=utf-8;a=\"b \\\" c\"", "text/plain;"),
                Arguments.of(ContentType.class, "application/vnd.cisco.sea+json", "a/b\r\nX: y"),
                Arguments.of(ExternalId.class, "_+=,.@:/-", "a b"),
                Arguments.of(KmsKeyArn.class, KEY + "k".repeat(64), KEY + "k".repeat(65)),
                Arguments.of(KmsKeyArn.class, KEY + "k", KEY),
                Arguments.of(RoleArn.class, ROLE + "r".repeat(64), ROLE + "r".repeat(65)),
                Arguments.of(RoleArn.class, ROLE + "p/r", ROLE),
                Arguments.of(RoleName.class, "_+=,.@-", "a/b"));
    }

    @ParameterizedTest(name = "{1} and not {2}")
    @MethodSource("shapes")
    void aValueKeepsThePatternOfItsSchema(Class<?> type, String inside, String outside) {
        Values.Value value = Values.of(type);

        assertThat(inside).matches(value.pattern());
        assertThat(accepts(value, inside)).isTrue();
        assertThat(outside).doesNotMatch(value.pattern());
        assertThat(accepts(value, outside)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "TargetInput, region, AwsRegion",
        "TargetInput, bucket, BucketName",
        "TargetInput, prefix, KeyPrefix",
        "TargetInput, expectedBucketOwner, AccountId",
        "TargetInput, kmsKeyArn, KmsKeyArn",
        "TargetEditInput, bucket, BucketName",
        "AccessInput, roleArn, RoleArn",
        "AccessInput, externalId, ExternalId",
        "AccessInput, accessKeyId, AccessKeyId",
        "AccessInput, secretAccessKey, SecretAccessKey",
        "AccessEditInput, secretAccessKey, SecretAccessKey",
        "RoleInput, roleName, RoleName",
        "IntegrationInput, name, IntegrationName",
        "IntegrationInput, description, Description",
        "EditInput, name, IntegrationName",
        "EditInput, description, Description",
        "GrantInput, key, ObjectKey",
        "GrantInput, sha256, ContentSha256",
        "GrantInput, contentType, ContentType",
    })
    void theDocumentHasTheLimitsOfTheValue(String schema, String member, String type) throws IOException {
        JsonNode documented = new ObjectMapper(new YAMLFactory())
                .readTree(Path.of("src/main/openapi/openapi.yaml").toFile())
                .at("/components/schemas/" + schema + "/properties/" + member);
        Values.Value value = Values.of(CLASSES.stream()
                .filter(known -> known.getSimpleName().equals(type))
                .findFirst()
                .orElseThrow());

        assertThat(documented.path("type").asText()).isEqualTo("string");
        assertThat(documented.path("minLength").asInt(0)).isEqualTo(value.minLength());
        assertThat(documented.path("maxLength").asInt(Integer.MAX_VALUE)).isEqualTo(value.maxLength());
        assertThat(documented.path("pattern").asText())
                .isEqualTo(value.pattern().isEmpty() ? "" : "^" + value.pattern() + "$");
    }

    /** Hibernate Validator would tell only when somebody uses the record. */
    @Test
    void everyValueThatAConstraintNamesIsInTheList() {
        assertThat(CLASSES.stream()
                        .flatMap(type -> Stream.concat(
                                Arrays.stream(type.getDeclaredFields())
                                        .map(field -> field.getAnnotation(ValueOf.class)),
                                Arrays.stream(type.getDeclaredMethods())
                                        .map(method -> method.getAnnotation(ValueOf.class))))
                        .filter(rule -> rule != null)
                        .map(ValueOf::value))
                .isNotEmpty()
                .allSatisfy(type -> assertThat(Values.of(type)).isNotNull());
    }

    private static String filled(String start, String letter, int length, String end) {
        return length < start.length() + end.length()
                ? ""
                : start + letter.repeat(length - start.length() - end.length()) + end;
    }

    private static boolean accepts(Values.Value value, String text) {
        return code(value, text).isEmpty();
    }

    private static String code(Values.Value value, String text) {
        try {
            var _ = value.maker().apply(text);
            return "";
        } catch (RuleViolation violation) {
            return violation.code();
        }
    }
}
