package dev.sea.integrations.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sea.integrations.testing.Account;
import dev.sea.integrations.testing.CustomerTools;
import java.io.IOException;
import java.io.UncheckedIOException;

/** How a customer's administrator makes the role from what POST /v1/policies answered. */
enum Rendering {
    JSON {
        @Override
        String make(JsonNode answer, String path, String name) {
            return create(path, name, answer.path("trustPolicy"), answer.path("permissionsPolicy"));
        }
    },
    CLOUD_FORMATION {
        @Override
        String make(JsonNode answer, String path, String name) {
            String template = answer.path("cloudFormation").asText();
            JsonNode role = read(CustomerTools.python(
                                    template,
                                    "-c",
                                    "import json, sys, yaml; print(json.dumps(yaml.safe_load(sys.stdin)))")
                            .succeeded())
                    .at("/Resources/SeaAccessRole/Properties");
            return create(
                    role.path("Path").asText(),
                    role.path("RoleName").asText(),
                    role.path("AssumeRolePolicyDocument"),
                    role.at("/Policies/0/PolicyDocument"));
        }
    },
    TERRAFORM {
        @Override
        String make(JsonNode answer, String path, String name) {
            JsonNode blocks =
                    read(CustomerTools.python(answer.path("terraform").asText(), "src/test/python/terraform_values.py")
                            .succeeded());
            JsonNode role = blocks.path("resource aws_iam_role");
            return create(
                    role.path("path").asText(),
                    role.path("name").asText(),
                    role.path("assume_role_policy"),
                    blocks.at("/resource aws_iam_role_policy/policy"));
        }
    },
    AWS_CLI_IN_SH {
        @Override
        String make(JsonNode answer, String path, String name) {
            return run("sh", answer);
        }
    },
    AWS_CLI_IN_BASH {
        @Override
        String make(JsonNode answer, String path, String name) {
            return run("bash", answer);
        }
    };

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * Makes it in the customer's account.
     *
     * @param path where a rendering does not say
     * @return the role's ARN
     */
    abstract String make(JsonNode answer, String path, String name);

    private static String create(String path, String name, JsonNode trust, JsonNode permissions) {
        String arn = Account.CUSTOMER
                .iam()
                .createRole(request -> request.path(path).roleName(name).assumeRolePolicyDocument(trust.toString()))
                .role()
                .arn();
        Account.CUSTOMER
                .iam()
                .putRolePolicy(request ->
                        request.roleName(name).policyName("SeaAccess").policyDocument(permissions.toString()));
        return arn;
    }

    private static String run(String shell, JsonNode answer) {
        return CustomerTools.shell(shell, answer.path("awsCli").asText(), Account.CUSTOMER.environment())
                .succeeded()
                .strip();
    }

    private static JsonNode read(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
