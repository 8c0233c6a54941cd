package dev.sea.integrations.api;

import dev.sea.integrations.client.ServiceIdentity;
import dev.sea.integrations.input.PoliciesInput;
import dev.sea.integrations.input.WantedRoleReader;
import dev.sea.integrations.input.WantedRoleReader.WantedRole;
import dev.sea.integrations.policy.AccessNeeds;
import dev.sea.integrations.policy.AwsCli;
import dev.sea.integrations.policy.CloudFormation;
import dev.sea.integrations.policy.CustomerRole;
import dev.sea.integrations.policy.PolicyDocument;
import dev.sea.integrations.policy.Terraform;
import dev.sea.integrations.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/**
 * Writes the policies of a customer's role, so that the customer's AWS administrator does not have to. They come from the
 * same list of needs as the validation's calls, so a role with them passes. This stores nothing and does not call AWS.
 */
@Path("/v1/policies")
@Produces(MediaType.APPLICATION_JSON)
public class PoliciesResource {
    private final WantedRoleReader reader;
    private final ServiceIdentity service;

    /**
     * The two policies of a customer's role, and three ways to create the role with them.
     *
     * @param cloudFormation a complete template in YAML
     * @param terraform HCL to add to a configuration
     * @param awsCli commands for sh and bash
     */
    public record PoliciesView(
            PolicyDocument trustPolicy,
            PolicyDocument permissionsPolicy,
            String cloudFormation,
            String terraform,
            String awsCli) {

        static PoliciesView of(CustomerRole role) {
            return new PoliciesView(
                    role.trust(), role.permissions(), CloudFormation.of(role), Terraform.of(role), AwsCli.of(role));
        }
    }

    PoliciesResource(WantedRoleReader reader, ServiceIdentity service) {
        this.reader = reader;
        this.service = service;
    }

    @POST
    @RolesAllowed(Role.SYSTEM_ADMIN)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "makePolicies",
            summary = "Write the policies for a role",
            description =
                    "The answer has the two policies, and a CloudFormation template, a Terraform configuration and AWS CLI commands that create the role.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = PoliciesInput.class)))
    @APIResponse(
            responseCode = "200",
            description = "The policies",
            content = @Content(schema = @Schema(implementation = PoliciesView.class)))
    @APIResponse(responseCode = "400", description = "The input breaks rules; errors lists all of them")
    public PoliciesView make(InputStream body) {
        WantedRole wanted = reader.read(body);
        AccessNeeds needs = new AccessNeeds(wanted.target(), wanted.sessionMetadata());
        return PoliciesView.of(
                CustomerRole.of(service.gatewayRoleArn(), wanted.path(), wanted.name(), wanted.externalId(), needs));
    }
}
