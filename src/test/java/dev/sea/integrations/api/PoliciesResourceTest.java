package dev.sea.integrations.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sea.integrations.testing.Drafts;
import dev.sea.integrations.testing.Gateway;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class PoliciesResourceTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String POLICIES = "/v1/policies";
    private static final String LEAST = """
            {"target": {"region": "eu-west-1", "bucket": "acme-sea-recordings"}, "access": {"externalId": "sea-7"}}""";
    private final Gateway admin = Gateway.admin(Gateway.freshTenant());

    @Test
    void regionBucketAndExternalIdAreEnough() {
        JsonNode answer = made(LEAST);

        assertThat(answer.path("trustPolicy").toString()).isEqualTo("""
                        {"Version":"2012-10-17","Statement":[{"Sid":"SeaGateway","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/sea-gateway"},"Action":["sts:AssumeRole"],"Condition":{"StringEquals":{"sts:ExternalId":["sea-7"]}}}]}""");
        assertThat(answer.path("permissionsPolicy").toString()).isEqualTo("""
                        {"Version":"2012-10-17","Statement":[{"Sid":"SeaList","Effect":"Allow","Action":["s3:ListBucket"],"Resource":["arn:aws:s3:::acme-sea-recordings"]},{"Sid":"SeaObjects","Effect":"Allow","Action":["s3:PutObject","s3:GetObject","s3:GetObjectTagging"],"Resource":["arn:aws:s3:::acme-sea-recordings/*"]}]}""");
        for (String rendering : new String[] {"cloudFormation", "terraform", "awsCli"}) {
            assertThat(answer.path(rendering).asText())
                    .as(rendering)
                    .containsPattern("SEA_ext_access_acme-sea-recordings-[0-9a-f]{8}")
                    .contains("sea-7");
        }
    }

    @Test
    void aCompleteDraftIsTakenAsItIs() {
        assertThat(made(Drafts.role().toString()).path("awsCli").asText())
                .contains("--role-name 'SEA_ext_access_recorder'");
    }

    @Test
    void aPrefixNarrowsBothStatements() {
        JsonNode statements = made(with("/target/prefix", "\"plant-7\"")).at("/permissionsPolicy/Statement");

        assertThat(statements.at("/0/Condition").toString()).isEqualTo("""
                        {"StringLike":{"s3:prefix":["plant-7/*"]}}""");
        assertThat(statements.at("/1/Resource/0").asText()).isEqualTo("arn:aws:s3:::acme-sea-recordings/plant-7/*");
    }

    @Test
    void wildcardsAndVariablesInAPrefixAreLiteral() {
        JsonNode statements = made(with("/target/prefix", "\"a*b?c$d/\"")).at("/permissionsPolicy/Statement");

        assertThat(statements.at("/0/Condition/StringLike/s3:prefix/0").asText())
                .isEqualTo("a${*}b${?}c${$}d/*");
        assertThat(statements.at("/1/Resource/0").asText())
                .isEqualTo("arn:aws:s3:::acme-sea-recordings/a${*}b${?}c${$}d/*");
    }

    @Test
    void theKeyHasAStatementOnlyWhenOneIsGiven() {
        String key = "arn:aws:kms:eu-west-1:222233334444:key/1234abcd-12ab-34cd-56ef-1234567890ab";

        JsonNode statements = made(with("/target/kmsKeyArn", "\"" + key + "\"")).at("/permissionsPolicy/Statement");

        assertThat(statements).hasSize(3);
        assertThat(statements.at("/2/Action").toString()).isEqualTo("""
                        ["kms:Encrypt","kms:Decrypt","kms:GenerateDataKey"]""");
        assertThat(statements.at("/2/Resource/0").asText()).isEqualTo(key);
        assertThat(made(LEAST).toString()).doesNotContain("kms:");
    }

    @Test
    void taggingIsLeftOutWithoutSessionMetadata() {
        assertThat(made(with("/sessionMetadata", "false")).toString())
                .doesNotContain("GetObjectTagging")
                .contains("s3:GetObject");
    }

    @Test
    void aRolesArnGivesPathAndName() {
        assertThat(made(with("/access/roleArn", "\"arn:aws:iam::222233334444:role/team/a/SEA_ext_access_x\""))
                        .path("awsCli")
                        .asText())
                .contains("--path '/team/a/'")
                .contains("--role-name 'SEA_ext_access_x'");
    }

    @Test
    void aRolesNameIsTaken() {
        assertThat(made(with("/access/roleName", "\"SEA_ext_access_x\""))
                        .path("awsCli")
                        .asText())
                .contains("--path '/'")
                .contains("--role-name 'SEA_ext_access_x'");
    }

    @ParameterizedTest(name = "{0} = {1}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/access/externalId  | null                                                | REQUIRED",
                "/access/externalId  | \"a\"                                               | EXTERNAL_ID_LENGTH",
                "/access/externalId  | \"a b\"                                             | EXTERNAL_ID_CHARACTERS",
                "/access/method      | \"ACCESS_CREDENTIAL\"                               | METHOD",
                "/access/roleName    | \"recorder\"                                        | ROLE_NAME_PREFIX",
                "/access/roleName    | \"team/SEA_ext_access_x\"                           | ROLE_NAME",
                "/access/roleArn     | \"arn:aws:iam::222233334444:role/SEA_EXT_access_x\" | ROLE_NAME_PREFIX",
                "/access/roleArn     | \"arn:aws-cn:iam::222233334444:role/SEA_ext_access_x\" | ROLE_PARTITION",
                "/access/accessKeyId | \"AKIAIOSFODNN7EXAMPLE\"                            | UNKNOWN_MEMBER",
                "/target/region      | \"cn-north-1\"                                      | REGION_PARTITION",
                "/target/bucket      | null                                                | REQUIRED",
                "/target/prefix      | \"a\\nb/\"                                          | PREFIX_CONTROL_CHARACTER",
                "/target/kmsKeyArn   | \"arn:aws:kms:eu-west-2:222233334444:key/1\"        | KMS_KEY_REGION",
                "/sessionMetadata    | \"no\"                                              | WRONG_TYPE",
                "/rolename           | \"x\"                                               | UNKNOWN_MEMBER",
            })
    void aBrokenRuleIsNamedWithItsField(String field, String value, String code) {
        Gateway.Answer answer = admin.post(POLICIES, with(field, value));

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().at("/errors/0/field").asText()).isEqualTo(field);
        assertThat(answer.json().at("/errors/0/code").asText()).isEqualTo(code);
    }

    @Test
    void arnAndNameTogetherAreRefused() {
        ObjectNode body = (ObjectNode) parse(with("/access/roleName", "\"SEA_ext_access_x\""));
        body.withObject("/access").put("roleArn", "arn:aws:iam::222233334444:role/SEA_ext_access_y");

        assertThat(admin.post(POLICIES, body.toString())
                        .json()
                        .at("/errors/0/code")
                        .asText())
                .isEqualTo("ROLE_NAME_AND_ARN");
    }

    @Test
    void aReaderMayNotMakePolicies() {
        assertThat(Gateway.reader(Gateway.freshTenant()).post(POLICIES, LEAST).status())
                .isEqualTo(403);
    }

    private JsonNode made(String body) {
        Gateway.Answer answer = admin.post(POLICIES, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static String with(String pointer, String value) {
        ObjectNode body = (ObjectNode) parse(LEAST);
        int end = pointer.lastIndexOf('/');
        ((ObjectNode) body.at(pointer.substring(0, end))).set(pointer.substring(end + 1), parse(value));
        return body.toString();
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
