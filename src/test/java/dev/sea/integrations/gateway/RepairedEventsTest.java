package dev.sea.integrations.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepairedEventsTest {
    @ParameterizedTest
    @CsvSource({
        "/v1/integrations/int_01JD9ZQ4M8C2V7T5K3W6X1Y0AB/validations, /v1/integrations/int_01JD9ZQ4M8C2V7T5K3W6X1Y0AB/validations",
        "/v1/integrations/\u0084, /v1/integrations/%C2%84",
        "/v1/integrations/a b?c#d, /v1/integrations/a%20b%3Fc%23d",
        "/v1/integrations/%C2%84, /v1/integrations/%C2%84",
        "/v1/integrations/100%, /v1/integrations/100%25",
        "/v1/integrations/%zz%4, /v1/integrations/%25zz%254",
    })
    void whatNoPathMayHoldIsEncodedAndTheRestLeftAsItIs(String path, String encoded) {
        assertThat(RepairedEvents.encoded(path)).isEqualTo(encoded);
    }
}
