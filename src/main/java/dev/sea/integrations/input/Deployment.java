package dev.sea.integrations.input;

import static dev.sea.integrations.RuleViolation.require;

import dev.sea.integrations.aws.AwsRegion;
import dev.sea.integrations.aws.Partition;
import dev.sea.integrations.aws.RoleArn;
import dev.sea.integrations.aws.RoleName;
import dev.sea.integrations.client.AwsConfig;
import dev.sea.integrations.client.RegionCatalogue;
import dev.sea.integrations.client.ServiceIdentity;
import jakarta.enterprise.context.ApplicationScoped;

/** What this deployment can use: its role-name prefix, its account and its partition decide. */
@ApplicationScoped
public class Deployment {
    private final AwsConfig config;
    private final ServiceIdentity service;
    private final RegionCatalogue regions;

    Deployment(AwsConfig config, ServiceIdentity service, RegionCatalogue regions) {
        this.config = config;
        this.service = service;
        this.regions = regions;
    }

    /** The region, if AWS has it in the service's partition; a violation otherwise. */
    AwsRegion reachable(AwsRegion region) {
        inPartition("The Region", region.partition(), "REGION_PARTITION");
        require(regions.knows(region), "REGION_UNKNOWN", "AWS has no Region with this ID.");
        return region;
    }

    /** The role, if this deployment may assume it; a violation otherwise. */
    RoleArn assumable(RoleArn role) {
        inPartition("The role", role.partition(), "ROLE_PARTITION");
        require(
                !role.account().equals(service.account()),
                "ROLE_OWN_ACCOUNT",
                "The role is in the service's own account. Enter a role in the account that owns the bucket.");
        assumable(new RoleName(role.name()));
        return role;
    }

    /** The name, if a role with it is one that this deployment may assume; a violation otherwise. */
    RoleName assumable(RoleName name) {
        require(
                name.value().startsWith(config.roleNamePrefix()),
                "ROLE_NAME_PREFIX",
                "The role's name must start with " + config.roleNamePrefix()
                        + " (case-sensitive). SEA may not assume any other role.");
        return name;
    }

    private void inPartition(String what, Partition partition, String code) {
        require(
                partition == service.partition(),
                code,
                what + " is in the partition " + partition.id() + ", but this service is in "
                        + service.partition().id() + ". Credentials work in one partition only.");
    }
}
