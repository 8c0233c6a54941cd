package dev.sea.integrations.testing;

import io.quarkus.runtime.annotations.StaticInitSafe;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/** Points the application under test at the local AWS, and at the stack's key there. */
@StaticInitSafe
public final class LocalAwsConfigSource implements ConfigSource {
    private static final int ABOVE_APPLICATION_PROPERTIES = 275;

    private final Map<String, String> values = Map.of(
            "%test.sea.local-aws.endpoint",
            LocalAws.endpoint().toString(), "%test.sea.secrets-key", LocalAws.stackKeyArn());

    @Override
    public Map<String, String> getProperties() {
        return values;
    }

    @Override
    public Set<String> getPropertyNames() {
        return values.keySet();
    }

    @Override
    public @Nullable String getValue(String name) {
        return values.get(name);
    }

    @Override
    public String getName() {
        return "local AWS";
    }

    @Override
    public int getOrdinal() {
        return ABOVE_APPLICATION_PROPERTIES;
    }
}
