package dev.sea.integrations.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sea.integrations.aws.AwsRegion;
import dev.sea.integrations.aws.BucketName;
import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.aws.KeyPrefix;
import dev.sea.integrations.aws.KmsKeyArn;
import dev.sea.integrations.aws.RoleArn;
import dev.sea.integrations.aws.RoleName;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.testing.CustomerTools;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each rendering means to the program that it is for, which must be what the JSON says, whatever the names. */
class RenderingsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NAME = "SEA_ext_access_acme+rec=1,a.b@c-d";
    private static final String EXTERNAL_ID = "sea-a5tkrdls4mdl44zghiugd36ulxfnwlbl";
    private static final String ODD_PATH = "/te$${a}m/\"q'\\x%{y}%%{z/`id`/$(id)/#!/";
    private static final String ODD_PREFIX =
            "O'Brien \"q\" $HOME ${x} %{y} %%{z %{ ${ $${w} \\n back`tick` $(id) é 中 😀 *?!#&<>|;: @name";

    static Stream<Arguments> roles() {
        return Stream.of(
                Arguments.of("/", ""),
                Arguments.of("/", "plant-7/"),
                Arguments.of("/", ODD_PREFIX),
                Arguments.of("/", "'"),
                Arguments.of("/", "\\"),
                Arguments.of("/", "''\"\"''"),
                Arguments.of("/", "- yes: no # 'x\\"),
                Arguments.of(ODD_PATH, ""),
                Arguments.of(ODD_PATH, ODD_PREFIX));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("roles")
    void theStackMeansWhatTheJsonSays(String path, String prefix) throws IOException {
        CustomerRole role = role(path, prefix);

        JsonNode stack = JSON.readTree(CustomerTools.python(
                        CloudFormation.of(role),
                        "-c",
                        "import json, sys, yaml; print(json.dumps(yaml.safe_load(sys.stdin)))")
                .succeeded());

        JsonNode properties = stack.at("/Resources/SeaAccessRole/Properties");
        assertThat(properties.path("RoleName").asText()).isEqualTo(NAME);
        assertThat(properties.path("Path").asText()).isEqualTo(path);
        assertThat(properties.path("AssumeRolePolicyDocument")).isEqualTo(tree(role.trust()));
        assertThat(properties.path("Policies")).hasSize(1);
        assertThat(properties.at("/Policies/0/PolicyDocument")).isEqualTo(tree(role.permissions()));
        assertThat(stack.at("/Outputs/RoleArn/Value").toString())
                .isEqualTo("{\"Fn::GetAtt\":[\"SeaAccessRole\",\"Arn\"]}");
        assertThat(stack.at("/Outputs/ExternalId/Value").asText()).isEqualTo(EXTERNAL_ID);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("roles")
    void theTerraformConfigurationMeansWhatTheJsonSays(String path, String prefix) throws IOException {
        CustomerRole role = role(path, prefix);

        JsonNode blocks = JSON.readTree(CustomerTools.python(Terraform.of(role), "src/test/python/terraform_values.py")
                .succeeded());

        JsonNode made = blocks.path("resource aws_iam_role");
        assertThat(made.path("name").asText()).isEqualTo(NAME);
        assertThat(made.path("path").asText()).isEqualTo(path);
        assertThat(made.path("assume_role_policy")).isEqualTo(tree(role.trust()));
        assertThat(blocks.at("/resource aws_iam_role_policy/policy")).isEqualTo(tree(role.permissions()));
        assertThat(blocks.at("/output SEA_ext_access_acme_rec_1_a_b_c_d_external_id/value")
                        .asText())
                .isEqualTo(EXTERNAL_ID);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("roles")
    void theCommandsMeanWhatTheJsonSays(String path, String prefix) throws IOException {
        CustomerRole role = role(path, prefix);

        for (String shell : new String[] {"sh", "bash"}) {
            // Stands for the client: says what it was given, a line of JSON for each command.
            String aws = "aws() { python -c 'import json, sys; print(json.dumps(sys.argv[1:]))' \"$@\"; }\n";
            String[] commands = CustomerTools.shell(shell, aws + AwsCli.of(role), Map.of())
                    .succeeded()
                    .split("\n");

            assertThat(commands).hasSize(2);
            JsonNode create = JSON.readTree(commands[0]);
            assertThat(option(create, "--role-name")).isEqualTo(NAME);
            assertThat(option(create, "--path")).isEqualTo(path);
            assertThat(JSON.readTree(option(create, "--assume-role-policy-document")))
                    .isEqualTo(tree(role.trust()));
            JsonNode put = JSON.readTree(commands[1]);
            assertThat(option(put, "--role-name")).isEqualTo(NAME);
            assertThat(JSON.readTree(option(put, "--policy-document"))).isEqualTo(tree(role.permissions()));
        }
    }

    @Test
    void noPolicyIsPutOnARoleThatWasThereBefore() {
        String aws = "aws() { echo \"$2\"; return 254; }\n";

        CustomerTools.Run run = CustomerTools.shell("sh", aws + AwsCli.of(role("/", "")), Map.of());

        assertThat(run.exit()).isEqualTo(254);
        assertThat(run.output()).isEqualTo("create-role\n");
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("roles")
    void everyRenderingIsAsciiAndEndsItsLastLine(String path, String prefix) {
        CustomerRole role = role(path, prefix);

        assertThat(Stream.of(CloudFormation.of(role), Terraform.of(role), AwsCli.of(role)))
                .allSatisfy(text -> assertThat(text.chars()).allMatch(c -> c == '\n' || (c >= ' ' && c < 0x7F)))
                .allSatisfy(text -> assertThat(text).endsWith("\n"));
    }

    @Test
    void cfnLintFindsNothingToSay() {
        List<String> templates =
                List.of(CloudFormation.of(role("/", "")), CloudFormation.of(role(ODD_PATH, ODD_PREFIX)));

        assertThat(CustomerTools.cfnLint(templates).succeeded()).isEmpty();
    }

    @Test
    void theStackNamesTheCapabilityThatItNeeds() {
        assertThat(CloudFormation.of(role("/", "")).lines().takeWhile(line -> line.startsWith("#")))
                .anySatisfy(line -> assertThat(line).contains("--capabilities CAPABILITY_NAMED_IAM"));
    }

    @Test
    void everyArnIsInTheBucketsPartition() {
        Target target = new Target(
                new AwsRegion("cn-north-1"),
                new BucketName("acme-sea-recordings"),
                KeyPrefix.NONE,
                Optional.empty(),
                Optional.empty());
        CustomerRole role = CustomerRole.of(
                new RoleArn("arn:aws-cn:iam::111122223333:role/sea-gateway"),
                "/",
                new RoleName(NAME),
                new ExternalId(EXTERNAL_ID),
                new AccessNeeds(target, true));

        assertThat(Stream.of(CloudFormation.of(role), Terraform.of(role), AwsCli.of(role)))
                .allSatisfy(text ->
                        assertThat(text).contains("arn:aws-cn:s3:::acme").doesNotContain("arn:aws:"));
        assertThat(AwsCli.of(role)).contains("--region 'cn-north-1'");
    }

    @Test
    void aPolicyOfTheWorstPrefixFitsIntoARole() {
        CustomerRole role = role("/", "*".repeat(799));

        // IAM does not count white space, of which this has none to speak of.
        assertThat(role.permissions().json()).hasSizeLessThan(10_240);
    }

    @Test
    void aLabelNeverBeginsWithADigit() {
        CustomerRole role =
                new CustomerRole("/", new RoleName("7up"), "eu-west-1", new ExternalId("ab"), document(), document());

        assertThat(Terraform.of(role)).contains("resource \"aws_iam_role\" \"_7up\"");
    }

    private static PolicyDocument document() {
        return role("/", "").trust();
    }

    private static CustomerRole role(String path, String prefix) {
        Target target = new Target(
                new AwsRegion("eu-west-1"),
                new BucketName("acme-sea.recordings"),
                new KeyPrefix(prefix),
                Optional.empty(),
                Optional.of(new KmsKeyArn("arn:aws:kms:eu-west-1:222233334444:key/0a1b")));
        return CustomerRole.of(
                new RoleArn("arn:aws:iam::111122223333:role/sea-gateway"),
                path,
                new RoleName(NAME),
                new ExternalId(EXTERNAL_ID),
                new AccessNeeds(target, true));
    }

    private static JsonNode tree(PolicyDocument document) throws IOException {
        return JSON.readTree(document.json());
    }

    private static String option(JsonNode command, String name) {
        for (int i = 0; i < command.size(); i++) {
            if (command.path(i).asText().equals(name)) {
                return command.path(i + 1).asText();
            }
        }
        throw new AssertionError(name + " is missing: " + command);
    }
}
