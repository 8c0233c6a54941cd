package dev.sea.integrations.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.SeaConfig.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServedPathsTest {

    @ParameterizedTest(name = "{0} serves {1} to the scheduler ({2}): {3}")
    @CsvSource({
        "API,   /v1/integrations, false, true",
        "API,   /internal/sweeps, false, false",
        "API,   /internal/sweeps, true,  false",
        "API,   /internals,       false, true",
        "SWEEP, /internal/sweeps, true,  true",
        "SWEEP, /internal/sweeps, false, false",
        "SWEEP, /v1/integrations, true,  false",
        "SWEEP, /v1/integrations, false, false",
        "ALL,   /v1/integrations, false, true",
        "ALL,   /internal/sweeps, true,  true",
        "ALL,   /internal,        false, false",
    })
    void aFunctionServesItsOwnOnly(Function function, String path, boolean schedulers, boolean served) {
        assertThat(ServedPaths.isServed(function, path, schedulers)).isEqualTo(served);
    }
}
