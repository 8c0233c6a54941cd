package dev.sea.integrations.testing;

import io.quarkus.runtime.annotations.StaticInitSafe;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/** Points the application under test at the local AWS. */
@StaticInitSafe
public final class LocalAwsConfigSource implements ConfigSource {
    private static final String ENDPOINT = "%test.sea.local-aws.endpoint";
    private static final int ABOVE_APPLICATION_PROPERTIES = 275;

    @Override
    public Map<String, String> getProperties() {
        return Map.of(ENDPOINT, LocalAws.endpoint().toString());
    }

    @Override
    public Set<String> getPropertyNames() {
        return Set.of(ENDPOINT);
    }

    @Override
    public @Nullable String getValue(String name) {
        return name.equals(ENDPOINT) ? LocalAws.endpoint().toString() : null;
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
