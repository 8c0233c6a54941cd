package dev.sea.integrations.policy;

/**
 * A customer's role as commands of the AWS CLI, version 1 or 2, for sh and bash. The second command runs only if the first one
 * has created the role, so that it changes no role that existed before.
 *
 * @see <a href="https://docs.aws.amazon.com/cli/latest/reference/iam/create-role.html">create-role</a>
 */
public final class AwsCli {
    /**
     * The region selects the partition; IAM itself has no region. The comment contains no quote, since some interactive shells
     * do not treat a pasted comment as one.
     */
    private static final String TEMPLATE = """
            # For sh and bash. Needs credentials for the account that is to have the role.
            # Prints the ARN of the role. Enter it in SEA together with the external ID @externalId
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

    /** The commands, each line ending in a line feed. */
    public static String of(CustomerRole role) {
        return Template.filled(TEMPLATE, name -> switch (name) {
            // This stands in a comment. No character of an external ID can end its line.
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

    /** In single quotes only the quote itself is special. */
    static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
