package dev.sea.integrations.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.security.Tenant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionNameTest {
    private static final IntegrationId ID = new IntegrationId("int_01JD9Z0000000000000000000A");

    private static String name(String tenant, Optional<IntegrationId> integration) {
        return SessionName.of(new Tenant(tenant), integration).value();
    }

    @Test
    void namesTenantAndIntegration() {
        assertThat(name("acme", Optional.of(ID))).isEqualTo("sea-acme-int_01JD9Z0000000000000000000A");
    }

    @Test
    void namesADraft() {
        assertThat(name("acme", Optional.empty())).isEqualTo("sea-acme-draft");
    }

    @Test
    void aLongTenantIsCutForTheSakeOfTheId() {
        assertThat(name("t".repeat(64), Optional.of(ID)))
                .hasSize(64)
                .isEqualTo("sea-" + "t".repeat(29) + "-" + ID.value());
    }

    @Test
    void aLongTenantHasTheRoomThatADraftLeaves() {
        assertThat(name("t".repeat(64), Optional.empty())).hasSize(64).endsWith("-draft");
    }

    @Test
    void hasOnlyCharactersThatStsTakes() {
        assertThat(name("a.b_c-d", Optional.of(ID))).matches("[\\w+=,.@-]{2,64}");
    }
}
