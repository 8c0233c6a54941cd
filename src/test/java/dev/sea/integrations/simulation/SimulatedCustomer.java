package dev.sea.integrations.simulation;

import dev.sea.integrations.aws.BucketName;
import dev.sea.integrations.aws.KeyPrefix;
import dev.sea.integrations.integration.Description;
import dev.sea.integrations.integration.Draft;
import dev.sea.integrations.integration.Edit;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationName;
import dev.sea.integrations.integration.NewIntegration;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.integration.Target;
import java.util.Optional;

/** A customer of {@link SimulatedService} whose roles, keys and buckets all work, and what is said of them in requests. */
public final class SimulatedCustomer {
    public static final PresentedAccess ROLE = Customers.presented(Customers.ROLES.getFirst());
    public static final PresentedAccess OTHER_ROLE = Customers.presented(Customers.ROLES.getLast());
    public static final PresentedAccess.Keys KEYS = Customers.presented(Customers.KEYS.getFirst());
    public static final PresentedAccess.Keys OTHER_KEYS = Customers.presented(Customers.KEYS.getLast());
    public static final Target TARGET = target(Customers.GOOD_BUCKETS.getFirst());
    public static final Target OTHER_TARGET = target(Customers.GOOD_BUCKETS.getLast());

    private SimulatedCustomer() {}

    private static Target target(String bucket) {
        return new Target(
                Customers.REGION, new BucketName(bucket), new KeyPrefix(""), Optional.empty(), Optional.empty());
    }

    public static NewIntegration integration(String name, PresentedAccess access) {
        return new NewIntegration(
                IntegrationName.entered(name), new Description("From the presses"), new Draft(TARGET, true, access));
    }

    public static Edit renamed(Integration before, String name) {
        return new Edit(
                IntegrationName.entered(name),
                before.description(),
                before.target(),
                before.sessionMetadata(),
                Optional.empty());
    }

    public static Edit described(Integration before, String description) {
        return new Edit(
                before.name(),
                new Description(description),
                before.target(),
                before.sessionMetadata(),
                Optional.empty());
    }

    public static Edit retargeted(Integration before, Target target) {
        return new Edit(before.name(), before.description(), target, before.sessionMetadata(), Optional.empty());
    }

    public static Edit withAccess(Integration before, PresentedAccess access) {
        return new Edit(
                before.name(), before.description(), before.target(), before.sessionMetadata(), Optional.of(access));
    }
}
