package dev.sea.integrations.client;

import dev.sea.integrations.aws.AwsRegion;
import dev.sea.integrations.aws.KmsKeyArn;
import dev.sea.integrations.aws.RoleArn;
import dev.sea.integrations.aws.RoleName;
import dev.sea.integrations.rule.ValueOf;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Pattern;
import java.util.Optional;

/** The part of the configuration that says where in AWS the service is, and with which names. */
@ConfigMapping(prefix = "sea")
public interface AwsConfig {

    /** The start of the names of customers' roles; case-sensitive. It leaves room for one character at least. */
    @WithDefault("SEA_ext_access_")
    @Pattern(regexp = RoleName.CHARACTER + "{1," + (RoleName.MAX_LENGTH - 1) + "}")
    String roleNamePrefix();

    /** ARN of the role that customers' trust policies name; absent: the function's own role. */
    Optional<@ValueOf(RoleArn.class) String> gatewayRoleArn();

    /** The start of the names of secrets, without a trailing slash. */
    @Pattern(regexp = "[A-Za-z0-9/_+=.@-]{1,200}[^/]")
    String secretsPrefix();

    /** ARN of the KMS key that encrypts secrets; absent: the AWS managed key {@code aws/secretsmanager}. */
    Optional<@ValueOf(KmsKeyArn.class) String> secretsKey();

    /** The service's own Region, in which it calls STS; {@code AWS_REGION} in Lambda. */
    @ValueOf(AwsRegion.class)
    String region();
}
