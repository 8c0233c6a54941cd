package dev.sea.integrations.integration;

/** An integration that somebody asks for, all rules of its input kept. */
public record NewIntegration(IntegrationName name, Description description, Draft draft) {}
