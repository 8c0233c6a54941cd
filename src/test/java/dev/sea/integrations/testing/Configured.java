package dev.sea.integrations.testing;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.client.AwsConfig;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;

/** The running configuration with some values changed, without another start of the application. */
public final class Configured {
    private Configured() {}

    public static SeaConfig with(Map<String, String> changed) {
        Map<String, String> values = new HashMap<>();
        SmallRyeConfig running = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
        running.getPropertyNames().forEach(name -> {
            if (name.startsWith("sea.")) {
                running.getOptionalValue(name, String.class).ifPresent(value -> values.put(name, value));
            }
        });
        values.putAll(changed);
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(SeaConfig.class)
                .withMapping(AwsConfig.class)
                .withDefaultValues(values)
                .build()
                .getConfigMapping(SeaConfig.class);
    }
}
