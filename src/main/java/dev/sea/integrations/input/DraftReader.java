package dev.sea.integrations.input;

import dev.sea.integrations.integration.Draft;
import dev.sea.integrations.integration.NewIntegration;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.util.ArrayList;

/** Reads the bodies that describe an integration, and reports all broken rules at once. */
@ApplicationScoped
public class DraftReader {
    private static final Class<?>[] STORED = {IntegrationInput.Stored.class};

    private final JsonBody json;

    DraftReader(JsonBody json) {
        this.json = json;
    }

    /**
     * Reads an integration that is to be stored.
     *
     * @throws dev.sea.integrations.problem.InvalidInput with every broken rule
     */
    public NewIntegration newIntegration(byte[] body) {
        return json.bind(json.object(body), new ArrayList<>(), IntegrationInput.class, STORED)
                .integration();
    }

    /**
     * Reads an integration that is only to be validated: the same body, but the name may be missing.
     *
     * @throws dev.sea.integrations.problem.InvalidInput with every broken rule
     */
    public Draft draft(InputStream body) {
        return json.read(body, IntegrationInput.class).draft();
    }
}
