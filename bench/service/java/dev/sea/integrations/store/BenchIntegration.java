package dev.sea.integrations.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sea.integrations.aws.AccountId;
import dev.sea.integrations.aws.AwsRegion;
import dev.sea.integrations.aws.BucketName;
import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.aws.KeyPrefix;
import dev.sea.integrations.aws.RoleArn;
import dev.sea.integrations.integration.Access;
import dev.sea.integrations.integration.Description;
import dev.sea.integrations.integration.Draft;
import dev.sea.integrations.integration.Health;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.integration.IntegrationName;
import dev.sea.integrations.integration.NewIntegration;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.security.Actor;
import dev.sea.integrations.security.Tenant;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The item of an active, healthy integration that was proved in full a moment ago, as DynamoDB's JSON. */
public final class BenchIntegration {
    private static final ObjectMapper JSON = new ObjectMapper();

    private BenchIntegration() {}

    public static ObjectNode item(Instant now) {
        Actor ada = new Actor(new Tenant("bench"), "ada", "192.0.2.1", "request-1");
        PresentedAccess.Role role = new PresentedAccess.Role(
                new RoleArn("arn:aws:iam::222233334444:role/SEA_ext_access_bench"), new ExternalId("sea-bench"));
        Target target = new Target(
                new AwsRegion("us-east-1"),
                new BucketName("bench-bucket"),
                KeyPrefix.NONE,
                Optional.of(new AccountId("222233334444")),
                Optional.empty());
        Integration created = Integration.created(
                new IntegrationId("int_01JD9Z00000000000000000000"),
                new NewIntegration(new IntegrationName("Bench"), Description.NONE, new Draft(target, true, role)),
                new Access.AssumedRole(role.role(), role.externalId()),
                ada,
                now);
        Health proved = new Health(
                Health.Status.HEALTHY,
                now,
                Optional.of(now),
                Optional.of(now),
                Optional.empty(),
                "7 of 7 checks passed",
                List.of(),
                0,
                0,
                Optional.empty(),
                Optional.of(new Health.FullPass(1, now, false, Optional.empty(), Optional.empty())),
                Optional.of(now),
                3);
        return json(IntegrationItem.of(created.with(proved).activated(ada, now, now), "stamp"));
    }

    private static ObjectNode json(Map<String, AttributeValue> attributes) {
        ObjectNode json = JSON.createObjectNode();
        attributes.forEach((name, value) -> json.set(name, json(value)));
        return json;
    }

    private static ObjectNode json(AttributeValue value) {
        ObjectNode json = JSON.createObjectNode();
        return switch (value.type()) {
            case S -> json.put("S", value.s());
            case N -> json.put("N", value.n());
            case BOOL -> json.put("BOOL", value.bool());
            case M -> json.set("M", json(value.m()));
            default -> throw new IllegalArgumentException("an item has no " + value.type());
        };
    }
}
