package dev.sea.integrations.integration;

/** An integration to create, checked against all rules of its input. */
public record NewIntegration(IntegrationName name, Description description, Draft draft) {}
