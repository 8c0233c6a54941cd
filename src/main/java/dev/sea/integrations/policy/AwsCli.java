package dev.sea.integrations.policy;

/**
 * A customer's role as commands of the AWS CLI, version 1 or 2, for sh and bash. The policy is only put on a role that
 * the first command has made, never on one that was there before.
 *
 * @see <a href="https://docs.aws.amazon.com/cli/latest/reference/iam/create-role.html">create-role</a>
 */
public final class AwsCli {
    /**
     * The region chooses the partition; IAM itself has none. No quote stands in the comment, which some shells do not take
     * for one when it is pasted.
     */
    private static final String TEMPLATE = """
            # For sh and bash, with credentials for the account in which the role is to be.
            # Prints the ARN of the role, to be entered in SEA together with the external ID @externalId
            aws iam create-role \\
              --region @region \\
              --path @path \\
              --role-name @name \\
              --description 'Assumed by Cisco Secure Equipment Access (SEA)' \\
              --assume-role-policy-document @trust \\
              --query 'Role.Arn' \\
              --output text &&
            aws iam put-role-policy \\
              --region @region \\
              --role-name @name \\
              --policy-name @policy \\
              --policy-document @permissions
            """;

    private AwsCli() {}

    public static String of(CustomerRole role) {
        return Template.filled(TEMPLATE, name -> switch (name) {
            // In a comment: no character that an external ID may have ends its line.
            case "externalId" -> role.externalId().value();
            case "region" -> quoted(role.region());
            case "path" -> quoted(role.path());
            case "name" -> quoted(role.name().value());
            case "policy" -> quoted(CustomerRole.POLICY_NAME);
            case "trust" -> quoted(AsciiJson.indented(role.trust().tree()));
            case "permissions" -> quoted(AsciiJson.indented(role.permissions().tree()));
            default -> throw new IllegalArgumentException(name);
        });
    }

    /** In single quotes nothing is special but the quote itself. */
    static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
