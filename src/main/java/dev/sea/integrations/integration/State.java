package dev.sea.integrations.integration;

/** Whether SEA's workflows use the integration. Changed by administrators only, never by its health. */
public enum State {
    INACTIVE,
    ACTIVE
}
