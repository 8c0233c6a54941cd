package dev.sea.integrations.policy;

/**
 * A customer's role as a complete CloudFormation template.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html">
 *     AWS::IAM::Role</a>
 */
public final class CloudFormation {
    /** Functions are in their long form, which any YAML parser reads. */
    private static final String TEMPLATE = """
            # Needs the capability CAPABILITY_NAMED_IAM, since the template names the role:
            #   aws cloudformation deploy --stack-name sea-s3-access --template-file FILE --capabilities CAPABILITY_NAMED_IAM
            AWSTemplateFormatVersion: "2010-09-09"
            Description: Access of Cisco Secure Equipment Access (SEA) to an S3 bucket

            Resources:
              SeaAccessRole:
                Type: AWS::IAM::Role
                Properties:
                  RoleName: @name
                  Path: @path
                  Description: Assumed by Cisco Secure Equipment Access (SEA)
                  AssumeRolePolicyDocument:@trust
                  Policies:
                    - PolicyName: @policy
                      PolicyDocument:@permissions

            Outputs:
              RoleArn:
                Description: Role ARN. Enter it in SEA.
                Value:
                  Fn::GetAtt:
                    - SeaAccessRole
                    - Arn
              ExternalId:
                Description: External ID. Enter it in SEA.
                Value: @externalId
            """;

    private CloudFormation() {}

    /** The template, as YAML. */
    public static String of(CustomerRole role) {
        return Template.filled(TEMPLATE, name -> switch (name) {
            case "name" -> AsciiJson.quoted(role.name().value());
            case "path" -> AsciiJson.quoted(role.path());
            case "policy" -> AsciiJson.quoted(CustomerRole.POLICY_NAME);
            case "externalId" -> AsciiJson.quoted(role.externalId().value());
            case "trust" -> Yaml.under(" ".repeat(6), role.trust().tree());
            case "permissions" -> Yaml.under(" ".repeat(10), role.permissions().tree());
            default -> throw new IllegalArgumentException(name);
        });
    }
}
