package dev.sea.integrations.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sea.integrations.aws.AccountId;
import dev.sea.integrations.problem.FieldError;
import dev.sea.integrations.problem.InvalidInput;
import dev.sea.integrations.testing.Drafts;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class DraftReaderTest {
    private static final String ROLE = "arn:aws:iam::222233334444:role/";
    private static final String RIGHT = ROLE + "SEA_ext_access_r";

    @Inject
    DraftReader reader;

    static Stream<Arguments> justInside() {
        return Stream.of(
                inside("/name", "n"),
                inside("/name", "n".repeat(100)),
                inside("/name", "  " + "𝄞".repeat(100) + "  "),
                inside("/description", ""),
                inside("/description", "d".repeat(1000)),
                inside("/description", "line\nline\ttab"),
                inside("/target/region", "ap-southeast-5"),
                inside("/target/bucket", "abc"),
                inside("/target/bucket", "b".repeat(63)),
                inside("/target/bucket", "1.a-b.2"),
                inside("/target/bucket", "192.168.5.x4"),
                inside("/target/bucket", "xn-bucket"),
                inside("/target/bucket", "bucket-s3alias-x"),
                inside("/target/bucket", "b-222233334444-eu-west-1-an"),
                inside("/target/bucket", "b-123456789012-us-east-1-222233334444-eu-west-1-an"),
                inside("/target/bucket", "b".repeat(36) + "-222233334444-eu-west-1-an"),
                inside("/target/bucket", "1234-us-east-1-an-x"),
                inside("/target/bucket", "plan"),
                inside("/target/prefix", ""),
                inside("/target/prefix", "plant-7"),
                inside("/target/prefix", "Werk 7/Größe/"),
                inside("/target/prefix", "p".repeat(799)),
                inside("/target/expectedBucketOwner", "012345678901"),
                inside(
                        "/target/kmsKeyArn",
                        "arn:aws:kms:eu-west-1:222233334444:key/1234abcd-12ab-34cd-56ef-1234567890ab"),
                inside(
                        "/target/kmsKeyArn",
                        "arn:aws:kms:eu-west-1:222233334444:key/mrk-1234abcd12ab34cd56ef1234567890ab"),
                inside("/access/roleArn", ROLE + "SEA_ext_access_"),
                inside("/access/roleArn", ROLE + "SEA_ext_access_" + "r".repeat(49)),
                inside("/access/roleArn", ROLE + "some/path/SEA_ext_access_r"),
                inside("/access/roleArn", ROLE + "p".repeat(510) + "/SEA_ext_access_r"),
                inside("/access/externalId", "id"),
                inside("/access/externalId", "x".repeat(1224)),
                inside("/access/externalId", "Az09_+=,.@:/-"));
    }

    static Stream<Arguments> justOutside() {
        return Stream.of(
                outside("/type", "SFTP", "TYPE"),
                outside("/type", "s3", "TYPE"),
                outside("/name", "", "NAME_LENGTH"),
                outside("/name", "   ", "NAME_LENGTH"),
                outside("/name", "n".repeat(101), "NAME_LENGTH"),
                outside("/name", "a\nb", "NAME_CHARACTERS"),
                outside("/name", "a\u0000b", "NAME_CHARACTERS"),
                outside("/description", "d".repeat(1001), "DESCRIPTION_LENGTH"),
                outside("/description", "a\u0007b", "DESCRIPTION_CHARACTERS"),
                outside("/target/region", "", "REGION"),
                outside("/target/region", "eu-west-1a", "REGION_IS_ZONE"),
                outside("/target/region", "eu-west", "REGION"),
                outside("/target/region", "EU-WEST-1", "REGION"),
                outside("/target/region", " eu-west-1", "REGION"),
                outside("/target/region", "eu-west-9", "REGION_UNKNOWN"),
                outside("/target/region", "aws-global-1", "REGION_UNKNOWN"),
                outside("/target/region", "us-iso-east-1", "REGION_UNKNOWN"),
                outside("/target/region", "us-gov-west-1", "REGION_PARTITION"),
                outside("/target/region", "cn-north-1", "REGION_PARTITION"),
                outside("/target/bucket", "ab", "BUCKET_NAME_LENGTH"),
                outside("/target/bucket", "b".repeat(64), "BUCKET_NAME_LENGTH"),
                outside("/target/bucket", "arn:aws:s3:::bucket", "BUCKET_NAME_IS_ARN"),
                outside("/target/bucket", "s3://bucket", "BUCKET_NAME_CHARACTERS"),
                outside("/target/bucket", "Bucket", "BUCKET_NAME_CHARACTERS"),
                outside("/target/bucket", "buck_et", "BUCKET_NAME_CHARACTERS"),
                outside("/target/bucket", "bucket ", "BUCKET_NAME_CHARACTERS"),
                outside("/target/bucket", "-bucket", "BUCKET_NAME_ENDS"),
                outside("/target/bucket", "bucket.", "BUCKET_NAME_ENDS"),
                outside("/target/bucket", "buck..et", "BUCKET_NAME_DOTS"),
                outside("/target/bucket", "192.168.5.4", "BUCKET_NAME_IP_ADDRESS"),
                outside("/target/bucket", "xn--bucket", "BUCKET_NAME_RESERVED"),
                outside("/target/bucket", "sthree-bucket", "BUCKET_NAME_RESERVED"),
                outside("/target/bucket", "amzn-s3-demo-bucket", "BUCKET_NAME_RESERVED"),
                outside("/target/bucket", "bucket-s3alias", "BUCKET_NAME_RESERVED"),
                outside("/target/bucket", "bucket--ol-s3", "BUCKET_NAME_RESERVED"),
                outside("/target/bucket", "bucket.mrap", "BUCKET_NAME_RESERVED"),
                outside("/target/bucket", "bucket--use1-az4--x-s3", "BUCKET_NAME_RESERVED"),
                outside("/target/bucket", "bucket--table-s3", "BUCKET_NAME_RESERVED"),
                outside("/target/bucket", "acme-1234-eu-west-1-an", "BUCKET_NAME_REGIONAL"),
                outside("/target/bucket", "acme-2222333344445-eu-west-1-an", "BUCKET_NAME_REGIONAL"),
                outside("/target/bucket", "acme-222233334444-an", "BUCKET_NAME_REGIONAL"),
                outside("/target/bucket", "acme-222233334444-euw1-an", "BUCKET_NAME_REGIONAL"),
                outside("/target/bucket", "acme-222233334444-eu-west-1a-an", "BUCKET_NAME_REGIONAL"),
                outside("/target/bucket", "222233334444-eu-west-1-an", "BUCKET_NAME_REGIONAL"),
                outside("/target/bucket", "-222233334444-eu-west-1-an", "BUCKET_NAME_ENDS"),
                outside("/target/bucket", "acme-eu-west-1-222233334444-an", "BUCKET_NAME_REGIONAL"),
                outside("/target/bucket", "acme-an", "BUCKET_NAME_REGIONAL"),
                outside("/target/bucket", "b".repeat(38) + "-222233334444-eu-west-1-an", "BUCKET_NAME_LENGTH"),
                outside("/target/prefix", "/plant-7", "PREFIX_LEADING_SLASH"),
                outside("/target/prefix", "/", "PREFIX_LEADING_SLASH"),
                outside("/target/prefix", "plant//7", "PREFIX_EMPTY_SEGMENT"),
                outside("/target/prefix", "plant/../7", "PREFIX_DOT_SEGMENT"),
                outside("/target/prefix", "plant\u0007", "PREFIX_CONTROL_CHARACTER"),
                outside("/target/prefix", "plant\n7", "PREFIX_CONTROL_CHARACTER"),
                outside("/target/prefix", "p".repeat(800), "PREFIX_LENGTH"),
                outside("/target/expectedBucketOwner", "12345678901", "ACCOUNT_ID"),
                outside("/target/expectedBucketOwner", "1234567890123", "ACCOUNT_ID"),
                outside("/target/expectedBucketOwner", "1234-5678-9012", "ACCOUNT_ID"),
                outside("/target/expectedBucketOwner", "", "ACCOUNT_ID"),
                outside("/target/kmsKeyArn", "arn:aws:kms:us-east-1:222233334444:key/1234", "KMS_KEY_REGION"),
                outside("/target/kmsKeyArn", "arn:aws-cn:kms:eu-west-1:222233334444:key/1234", "KMS_KEY_REGION"),
                outside("/target/kmsKeyArn", "arn:aws:kms:eu-west-1:222233334444:alias/sea", "KMS_KEY_ALIAS"),
                outside("/target/kmsKeyArn", "1234abcd-12ab-34cd-56ef-1234567890ab", "KMS_KEY_ARN"),
                outside("/access/method", "assume_role", "METHOD"),
                outside("/access/roleArn", "", "ROLE_ARN_LENGTH"),
                outside("/access/roleArn", ROLE.replace("role", "user") + "SEA_ext_access_r", "ROLE_ARN"),
                outside("/access/roleArn", RIGHT + " ", "ROLE_ARN"),
                outside("/access/roleArn", RIGHT + "\n", "ROLE_ARN"),
                outside("/access/roleArn", "arn:aws:iam::22223333444:role/SEA_ext_access_r", "ROLE_ARN"),
                outside(
                        "/access/roleArn",
                        "arn:aws:iam::222233334444:instance-profile/SEA_ext_access_r",
                        "ROLE_ARN_INSTANCE_PROFILE"),
                outside(
                        "/access/roleArn",
                        "arn:aws:sts::222233334444:assumed-role/SEA_ext_access_r/s",
                        "ROLE_ARN_SESSION"),
                outside("/access/roleArn", ROLE + "SEA_ext_access_" + "r".repeat(50), "ROLE_ARN"),
                outside("/access/roleArn", ROLE + "p".repeat(511) + "/SEA_ext_access_r", "ROLE_ARN_PATH"),
                outside("/access/roleArn", ROLE + "sea_EXT_access_r", "ROLE_NAME_PREFIX"),
                outside("/access/roleArn", ROLE + "SEA_ext_access", "ROLE_NAME_PREFIX"),
                outside("/access/roleArn", ROLE + "SEA_ext_access_x/recorder", "ROLE_NAME_PREFIX"),
                outside("/access/roleArn", "arn:aws-cn:iam::222233334444:role/SEA_ext_access_r", "ROLE_PARTITION"),
                outside("/access/roleArn", "arn:aws:iam::111122223333:role/SEA_ext_access_r", "ROLE_OWN_ACCOUNT"),
                outside("/access/externalId", "7", "EXTERNAL_ID_LENGTH"),
                outside("/access/externalId", "", "EXTERNAL_ID_LENGTH"),
                outside("/access/externalId", "x".repeat(1225), "EXTERNAL_ID_LENGTH"),
                outside("/access/externalId", "sea 7", "EXTERNAL_ID_CHARACTERS"),
                outside("/access/externalId", "größe", "EXTERNAL_ID_CHARACTERS"),
                outside("/access/externalId", "sea*", "EXTERNAL_ID_CHARACTERS"));
    }

    static Stream<Arguments> keysJustInside() {
        return Stream.of(
                inside("/access/accessKeyId", "AKIA" + "A".repeat(12)),
                inside("/access/accessKeyId", "AKIA" + "A".repeat(124)),
                inside("/access/secretAccessKey", "s"),
                inside("/access/secretAccessKey", "s".repeat(128)));
    }

    static Stream<Arguments> keysJustOutside() {
        return Stream.of(
                outside("/access/accessKeyId", "AKIA" + "A".repeat(11), "ACCESS_KEY_ID_LENGTH"),
                outside("/access/accessKeyId", "AKIA" + "A".repeat(125), "ACCESS_KEY_ID_LENGTH"),
                outside("/access/accessKeyId", "ASIAIOSFODNN7EXAMPLE", "ACCESS_KEY_ID_TEMPORARY"),
                outside("/access/accessKeyId", "AIDAIOSFODNN7EXAMPLE", "ACCESS_KEY_ID_PREFIX"),
                outside("/access/accessKeyId", "AKIA************MPLE", "ACCESS_KEY_ID_MASKED"),
                outside("/access/accessKeyId", "AKIAIOSFODNN7EXAMPLE ", "ACCESS_KEY_ID_CHARACTERS"),
                outside("/access/secretAccessKey", "", "SECRET_ACCESS_KEY_LENGTH"),
                outside("/access/secretAccessKey", "s".repeat(129), "SECRET_ACCESS_KEY_LENGTH"),
                outside("/access/secretAccessKey", Drafts.SECRET + "\n", "SECRET_ACCESS_KEY_CHARACTERS"),
                outside("/access/secretAccessKey", " " + Drafts.SECRET, "SECRET_ACCESS_KEY_CHARACTERS"),
                outside("/access/secretAccessKey", "wJalr XUtn", "SECRET_ACCESS_KEY_CHARACTERS"),
                outside("/access/secretAccessKey", "wJalr\u00a0XUtn", "SECRET_ACCESS_KEY_CHARACTERS"),
                outside("/access/secretAccessKey", "wJalrÜXUtn", "SECRET_ACCESS_KEY_CHARACTERS"));
    }

    @ParameterizedTest(name = "{0} = {1}")
    @MethodSource("justInside")
    void aValueJustInsideItsRuleIsTaken(String field, String value) {
        assertThat(reader.newIntegration(Drafts.role().setText(field, value).bytes()))
                .isNotNull();
    }

    @ParameterizedTest(name = "{0} = {1}: {2}")
    @MethodSource("justOutside")
    void aValueJustOutsideItsRuleIsRefusedByFieldAndCode(String field, String value, String code) {
        assertThat(errors(Drafts.role().setText(field, value))).containsExactly(field + " " + code);
    }

    @Test
    void theNameOfAnAccountRegionalBucketMustAgreeWithRegionAndOwner() {
        Drafts draft = Drafts.role()
                .setText("/target/bucket", "acme-222233334444-us-west-2-an")
                .setText("/target/expectedBucketOwner", "333344445555");

        assertThat(errors(draft))
                .containsExactlyInAnyOrder("/target/region BUCKET_REGION", "/target/expectedBucketOwner BUCKET_OWNER");
        draft.setText("/target/region", "us-west-2").setText("/target/expectedBucketOwner", "222233334444");
        assertThat(reader.newIntegration(draft.bytes()).draft().target().owner())
                .contains(new AccountId("222233334444"));
    }

    @ParameterizedTest(name = "{0} = {1}")
    @MethodSource("keysJustInside")
    void aKeyJustInsideItsRuleIsTaken(String field, String value) {
        assertThat(reader.newIntegration(Drafts.keys().setText(field, value).bytes()))
                .isNotNull();
    }

    @ParameterizedTest(name = "{0} = {1}: {2}")
    @MethodSource("keysJustOutside")
    void aKeyJustOutsideItsRuleIsRefusedByFieldAndCode(String field, String value, String code) {
        assertThat(errors(Drafts.keys().setText(field, value))).containsExactly(field + " " + code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/type",
                "/name",
                "/target",
                "/target/region",
                "/target/bucket",
                "/access",
                "/access/method",
                "/access/roleArn",
                "/access/externalId"
            })
    void aRequiredMemberMayBeNeitherAbsentNorNull(String field) {
        assertThat(errors(Drafts.role().without(field))).containsExactly(field + " REQUIRED");
        assertThat(errors(Drafts.role().set(field, "null"))).containsExactly(field + " REQUIRED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/access/accessKeyId", "/access/secretAccessKey"})
    void aKeyNeedsBothOfItsParts(String field) {
        assertThat(errors(Drafts.keys().without(field))).containsExactly(field + " REQUIRED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/description",
                "/target/prefix",
                "/target/expectedBucketOwner",
                "/target/kmsKeyArn",
                "/sessionMetadata"
            })
    void anOptionalMemberMayBeAbsentOrNull(String field) {
        assertThat(reader.newIntegration(Drafts.role().without(field).bytes()))
                .isEqualTo(
                        reader.newIntegration(Drafts.role().set(field, "null").bytes()));
    }

    @ParameterizedTest
    @CsvSource({"/name, NAME_CHARACTERS", "/description, DESCRIPTION_CHARACTERS", "/target/prefix, PREFIX_NOT_UNICODE"})
    void halfACharacterIsRefused(String field, String code) {
        byte[] body = Drafts.role()
                .setText(field, "HALF")
                .toString()
                .replace("HALF", "a\\ud800b")
                .getBytes(StandardCharsets.UTF_8);

        assertThat(catchThrowableOfType(InvalidInput.class, () -> reader.newIntegration(body))
                        .errors())
                .extracting(FieldError::code)
                .containsExactly(code);
    }

    @Test
    void aDraftNeedsNoName() {
        assertThat(reader.draft(Drafts.role().without("/name").without("/description").stream()))
                .isEqualTo(reader.draft(Drafts.role().stream()));
        assertThat(catchThrowableOfType(
                                InvalidInput.class, () -> reader.draft(Drafts.role().setText("/name", "").stream()))
                        .errors())
                .extracting(FieldError::code)
                .containsExactly("NAME_LENGTH");
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "/type | 3",
                "/name | 7",
                "/name | true",
                "/name | [\"Plant 7\"]",
                "/description | {}",
                "/target | \"bucket\"",
                "/target | []",
                "/target/region | 1",
                "/target/bucket | 12345",
                "/target/prefix | 7",
                "/target/expectedBucketOwner | 123456789012",
                "/target/kmsKeyArn | false",
                "/sessionMetadata | \"true\"",
                "/sessionMetadata | 1",
                "/access | \"arn\"",
                "/access/method | 0",
                "/access/roleArn | {}",
                "/access/externalId | 77",
            })
    void aValueOfAnotherTypeIsRefusedNotConverted(String field, String json) {
        assertThat(errors(Drafts.role().set(field, json))).containsExactly(field + " WRONG_TYPE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/id", "/Name", "/state", "/target/arn", "/access/sessionToken", "/access/password"})
    void anUnknownMemberIsRefused(String field) {
        assertThat(errors(Drafts.role().setText(field, "x"))).containsExactly(field + " UNKNOWN_MEMBER");
    }

    @Test
    void theNameOfAnUnknownMemberIsEscapedAndCutInItsPointer() {
        assertThat(errors(Drafts.role().set("/x", "1").without("/x").set("/a~b", "1")))
                .containsExactly("/a~0b UNKNOWN_MEMBER");
        assertThat(errors(Drafts.role().set("/" + "u".repeat(500), "1")))
                .containsExactly("/" + "u".repeat(64) + "... UNKNOWN_MEMBER");
    }

    /** The record that the API's document shows, and the reader that decides. */
    @ParameterizedTest
    @MethodSource("documented")
    void everyDocumentedMemberIsKnown(String field) {
        assertThat(errors(Drafts.role().set(field, "[]"))).noneMatch(error -> error.endsWith("UNKNOWN_MEMBER"));
    }

    static Stream<String> documented() {
        return Stream.of(
                        members("/", IntegrationInput.class),
                        members("/target/", TargetInput.class),
                        members("/access/", AccessInput.class))
                .flatMap(members -> members);
    }

    private static Stream<String> members(String parent, Class<?> type) {
        return Stream.of(type.getRecordComponents()).map(member -> parent + member.getName());
    }

    @Test
    void membersOfTheOtherMethodAreRefused() {
        assertThat(errors(Drafts.role()
                        .setText("/access/accessKeyId", "AKIAIOSFODNN7EXAMPLE")
                        .setText("/access/secretAccessKey", "s")))
                .containsExactly("/access/accessKeyId NOT_WITH_METHOD", "/access/secretAccessKey NOT_WITH_METHOD");
        assertThat(errors(Drafts.keys().setText("/access/roleArn", RIGHT).setText("/access/externalId", "id")))
                .containsExactly("/access/roleArn NOT_WITH_METHOD", "/access/externalId NOT_WITH_METHOD");
        assertThat(reader.draft(Drafts.role().set("/access/accessKeyId", "null").stream()))
                .isNotNull();
    }

    @Test
    void allBrokenRulesAreReportedAtOnce() {
        assertThat(errors(Drafts.role()
                        .setText("/name", "")
                        .setText("/target/region", "eu-west-1a")
                        .setText("/target/bucket", "ab")
                        .setText("/access/externalId", "7")
                        .set("/color", "1")))
                .containsExactlyInAnyOrder(
                        "/name NAME_LENGTH",
                        "/target/region REGION_IS_ZONE",
                        "/target/bucket BUCKET_NAME_LENGTH",
                        "/access/externalId EXTERNAL_ID_LENGTH",
                        "/color UNKNOWN_MEMBER");
    }

    @Test
    void theWantedRoleNamePrefixIsNamed() {
        assertThat(catchThrowableOfType(
                                InvalidInput.class,
                                () -> reader.draft(
                                        Drafts.role().setText("/access/roleArn", ROLE + "recorder").stream()))
                        .detail())
                .contains("SEA_ext_access_");
    }

    @Test
    void aMissingTrailingSlashIsAdded() {
        assertThat(reader.draft(Drafts.role().setText("/target/prefix", "plant-7").stream())
                        .target()
                        .prefix()
                        .value())
                .isEqualTo("plant-7/");
    }

    @Test
    void sessionMetadataIsTrueUnlessSaidOtherwise() {
        assertThat(reader.draft(Drafts.role().stream()).sessionMetadata()).isTrue();
        assertThat(reader.draft(Drafts.role().set("/sessionMetadata", "false").stream())
                        .sessionMetadata())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "null",
                "[]",
                "\"text\"",
                "7",
                "{",
                "{\"name\": }",
                "{'name': 'x'}",
                "{\"name\": \"x\",}",
                "{\"name\": \"x\"} {}",
                "{\"name\": \"x\"} trailing",
                "{\"name\": \"x\", \"name\": \"y\"}",
                "{\"access\": {\"secretAccessKey\": \"a\", \"secretAccessKey\": \"b\"}}",
                "{\"name\": \"a\tb\"}",
                "{\"name\": NaN}",
                "// comment\n{}"
            })
    void whatIsNoJsonObjectIsMalformed(String body) {
        assertThat(malformed(body)).extracting(FieldError::code).isEqualTo("MALFORMED_BODY");
    }

    @Test
    void deepNestingIsMalformed() {
        assertThat(malformed("{\"a\":" + "[".repeat(5000) + "]".repeat(5000) + "}")
                        .message())
                .contains("too deep");
    }

    @Test
    void bytesThatAreNoUtf8AreMalformed() {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> reader.draft(
                        new ByteArrayInputStream("{\"name\": \"Größe\"}".getBytes(StandardCharsets.ISO_8859_1))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"access\": {\"secretAccessKey\": \"" + Drafts.SECRET + "",
                "{\"access\": {\"secretAccessKey\": " + Drafts.SECRET + "}}",
                "{\"access\": {\"secretAccessKey\": \"" + Drafts.SECRET + "\n\"}}",
                "{\"access\": {\"secretAccessKey\": \"" + Drafts.SECRET + "\"}} " + Drafts.SECRET,
            })
    void noMessageQuotesWhatCouldNotBeRead(String body) {
        InvalidInput refused = catchThrowableOfType(
                InvalidInput.class,
                () -> reader.draft(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))));

        assertThat(refused.errors().toString() + refused.detail() + refused).doesNotContain("wJalr");
        assertThat(refused).hasNoCause();
    }

    @Test
    void noMoreErrorsAreReportedThanAnybodyReads() {
        StringBuilder body = new StringBuilder("{\"a\": 1");
        for (int i = 0; i < 5000; i++) {
            body.append(", \"").append(i).append("\": 1");
        }
        InvalidInput refused = catchThrowableOfType(
                InvalidInput.class,
                () -> reader.draft(
                        new ByteArrayInputStream(body.append('}').toString().getBytes(StandardCharsets.UTF_8))));

        assertThat(refused.errors()).hasSize(50);
    }

    private FieldError malformed(String body) {
        return catchThrowableOfType(
                        InvalidInput.class,
                        () -> reader.draft(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))))
                .errors()
                .getFirst();
    }

    private List<String> errors(Drafts draft) {
        return catchThrowableOfType(InvalidInput.class, () -> reader.newIntegration(draft.bytes())).errors().stream()
                .map(error -> error.field() + " " + error.code())
                .toList();
    }

    private static Arguments inside(String field, String value) {
        return Arguments.of(field, value);
    }

    private static Arguments outside(String field, String value, String code) {
        return Arguments.of(field, value, code);
    }
}
