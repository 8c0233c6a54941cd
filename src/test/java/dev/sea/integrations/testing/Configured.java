package dev.sea.integrations.testing;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.client.AwsConfig;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;

/** Configurations without a start of the application. */
public final class Configured {
    private Configured() {}

    /** The running configuration with some values changed. */
    public static SeaConfig with(Map<String, String> changed) {
        Map<String, String> values = new HashMap<>();
        SmallRyeConfig running = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
        running.getPropertyNames().forEach(name -> {
            if (name.startsWith("sea.")) {
                running.getOptionalValue(name, String.class).ifPresent(value -> values.put(name, value));
            }
        });
        values.putAll(changed);
        return mapped(values).getConfigMapping(SeaConfig.class);
    }

    /** What has to be configured, with some values more or other ones. Nothing else is set, and nothing runs. */
    public static SmallRyeConfig only(Map<String, String> values) {
        Map<String, String> all = new HashMap<>(Map.of(
                "sea.function", "api",
                "sea.stage", "test",
                "sea.table", "table",
                "sea.event-bus", "bus",
                "sea.secrets-prefix", "test/sea-external-integrations",
                "sea.region", "us-east-1"));
        all.putAll(values);
        return mapped(all);
    }

    private static SmallRyeConfig mapped(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(SeaConfig.class)
                .withMapping(AwsConfig.class)
                .withDefaultValues(values)
                .build();
    }
}
