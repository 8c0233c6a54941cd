package dev.sea.integrations.policy;

import java.util.regex.Pattern;

/**
 * A customer's role in Terraform's language, for a configuration that has the AWS provider. The labels contain the role's name,
 * so that one configuration can hold several roles.
 *
 * @see <a href="https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role">aws_iam_role</a>
 */
public final class Terraform {
    private static final Pattern NOT_IN_LABELS = Pattern.compile("[^A-Za-z0-9_]");
    private static final String TEMPLATE = """
            # For the hashicorp/aws provider. Needs credentials for the account that is to have the role.
            resource "aws_iam_role" "@label" {
              name        = @name
              path        = @path
              description = "Assumed by Cisco Secure Equipment Access (SEA)"
              assume_role_policy = jsonencode(@trust)
            }

            resource "aws_iam_role_policy" "@label" {
              name = @policy
              role = aws_iam_role.@label.id
              policy = jsonencode(@permissions)
            }

            output "@label_arn" {
              description = "Role ARN. Enter it in SEA."
              value       = aws_iam_role.@label.arn
            }

            output "@label_external_id" {
              description = "External ID. Enter it in SEA."
              value       = @externalId
            }
            """;

    private Terraform() {}

    /** The resources and outputs, laid out as {@code terraform fmt} does. */
    public static String of(CustomerRole role) {
        return Template.filled(TEMPLATE, name -> switch (name) {
            case "label" -> label(role.name().value());
            case "name" -> Hcl.quoted(role.name().value());
            case "path" -> Hcl.quoted(role.path());
            case "policy" -> Hcl.quoted(CustomerRole.POLICY_NAME);
            case "externalId" -> Hcl.quoted(role.externalId().value());
            case "trust" -> Hcl.expression("  ", role.trust().tree());
            case "permissions" -> Hcl.expression("  ", role.permissions().tree());
            default -> throw new IllegalArgumentException(name);
        });
    }

    /** Never starts with a digit, whatever prefix the deployment gives to role names. */
    private static String label(String roleName) {
        String label = NOT_IN_LABELS.matcher(roleName).replaceAll("_");
        return Character.isDigit(label.charAt(0)) ? "_" + label : label;
    }
}
