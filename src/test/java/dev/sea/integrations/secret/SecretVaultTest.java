package dev.sea.integrations.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sea.integrations.aws.AccessKeyId;
import dev.sea.integrations.aws.SecretAccessKey;
import dev.sea.integrations.client.AwsConfig;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.testing.Account;
import dev.sea.integrations.testing.Configured;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

class SecretVaultTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final PresentedAccess.Keys KEYS = new PresentedAccess.Keys(
            new AccessKeyId("AKIAIOSFODNN7EXAMPLE"), new SecretAccessKey("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"));

    private final SecretsManagerClient secretsManager = Account.SERVICE.secretsManager();

    @Test
    void aSecretIsEncryptedWithTheDeploymentsKey() throws SecretVault.Gone, SecretVault.Refused {
        KmsClient kms = Account.SERVICE.kms("us-east-1");
        String key = kms.createKey(request -> {}).keyMetadata().arn();
        SecretVault vault = vault(Map.of("sea.secrets-key", key));
        String name = name(vault);

        vault.store(name, KEYS);

        assertThat(secretsManager.describeSecret(r -> r.secretId(name)).kmsKeyId())
                .isEqualTo(key);
        assertThat(vault.read(name).secretAccessKey().reveal())
                .isEqualTo(KEYS.secretAccessKey().reveal());
    }

    @Test
    void withoutAKeyItIsEncryptedWithTheAccountsOwn() {
        SecretVault vault = vault(Map.of());
        String name = name(vault);

        vault.store(name, KEYS);

        assertThat(secretsManager.describeSecret(r -> r.secretId(name)).kmsKeyId())
                .isNull();
    }

    @Test
    void aSecretDeletedAtOnceIsGone() {
        SecretVault vault = vault(Map.of());
        String name = name(vault);
        vault.store(name, KEYS);

        vault.deleteAtOnce(name);
        vault.deleteAtOnce(name);

        assertThatThrownBy(() -> vault.read(name)).isInstanceOf(SecretVault.Gone.class);
    }

    private String name(SecretVault vault) {
        return vault.newName(new Tenant("acme"), IntegrationId.next(Instant.now(), RANDOM));
    }

    private SecretVault vault(Map<String, String> configured) {
        Map<String, String> values = new HashMap<>(configured);
        values.put("sea.secrets-prefix", "local/sea-external-integrations");
        AwsConfig config = Configured.only(values).getConfigMapping(AwsConfig.class);
        return new SecretVault(secretsManager, new ObjectMapper(), config, RANDOM);
    }
}
