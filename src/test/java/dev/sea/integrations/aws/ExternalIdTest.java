package dev.sea.integrations.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which external IDs others may guess. */
class ExternalIdTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ab",
                "sea-test",
                "acme",
                "123456789012",
                "acme-123456789012",
                "acme-prod-123456789012",
                "Acme.Recordings.Plant.7",
                "acme-sea-recordings-prod",
                "SEA_2024-12-31",
                "sea-00000000000000000000000000000000",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "--------------------------------------"
            })
    void ofWordsNumbersAndRepetitionsAreGuessable(String id) {
        assertThat(new ExternalId(id).isGuessable()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sea-a5tkrdls4mdl44zghiugd36ulxfnwlbl",
                "0b7c1f52-9a3e-4d6b-8c1d-2f5e7a9b3c4d",
                "k3J9x2Qw7Zp4Rt8Lm5Nv",
                "9f86d081884c7d659a2feaa0c55ad015"
            })
    void ofRandomCharactersAreNot(String id) {
        assertThat(new ExternalId(id).isGuessable()).isFalse();
    }

    @Test
    void thatThisServiceMakesNeverAre() {
        RandomGenerator random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            ExternalId id = ExternalId.mint(random);
            assertThat(id.isGuessable()).as("%s", id).isFalse();
        }
    }

    @Test
    void thatAreUuidsAreNot() {
        for (int i = 0; i < 2_000; i++) {
            String id = UUID.nameUUIDFromBytes(new byte[] {(byte) i, (byte) (i >> 8)})
                    .toString();
            assertThat(new ExternalId(id).isGuessable()).as("%s", id).isFalse();
        }
    }
}
