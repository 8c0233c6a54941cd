package dev.sea.integrations;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The configuration, under its fixed names. {@code ConfigRules} stops the start on a wrong value.
 */
@ConfigMapping(prefix = "sea")
public interface SeaConfig {

    /** What a process serves. */
    enum Function {
        API,
        SWEEP,
        ALL
    }

    /** What the names of customers' roles start with, case-sensitive. */
    @WithDefault("SEA_ext_access_")
    String roleNamePrefix();

    /** The role that customers' trust policies name; without it the function's own role. */
    Optional<String> gatewayRoleArn();

    Function function();

    /** Name of the DynamoDB table. */
    String table();

    /** Name of the EventBridge bus for changes of health. */
    String eventBus();

    /** Start of the names of secrets, without a trailing slash. */
    String secretsPrefix();

    /** ARN of the KMS key that encrypts secrets; absent: the account's {@code aws/secretsmanager}. */
    Optional<String> secretsKey();

    String stage();

    /** The service's own region, in which it calls STS: Lambda's {@code AWS_REGION}. */
    String region();

    LocalAws localAws();

    Validation validation();

    Activation activation();

    ExternalIds externalId();

    Limits limits();

    CleanUp cleanUp();

    Schedule schedule();

    Security security();

    /** Another engine in place of AWS: the local one in development and tests. */
    interface LocalAws {
        @WithDefault("4566")
        int port();

        /** Absent in AWS. */
        Optional<URI> endpoint();

        /** The key that stands for the function's own role there; otherwise the SDK's default chain. */
        Optional<String> accessKeyId();

        Optional<String> secretAccessKey();
    }

    /** Times of a validation. */
    interface Validation {
        /** For one whole validation. */
        @WithDefault("10s")
        Duration budget();

        /** For one call to AWS, its second attempt included. */
        @WithDefault("5s")
        Duration callTimeout();

        /** How long a new denial may be IAM's own delay. */
        @WithDefault("2m")
        Duration propagationWindow();

        /** How long denied checks are tried again inside one validation. */
        @WithDefault("4s")
        Duration propagationPatience();
    }

    /** What activation asks for. */
    interface Activation {
        @WithDefault("15m")
        Duration maxReportAge();
    }

    /** Those that this service makes. */
    interface ExternalIds {
        /** How long one is kept for its tenant before it is used. */
        @WithDefault("48h")
        Duration reservation();
    }

    /** Of one tenant. */
    interface Limits {
        @WithDefault("200")
        int integrations();

        /** External IDs that are reserved and not used yet. */
        @WithDefault("50")
        int reservedExternalIds();

        /** Validations that a tenant asks for in a minute, whatever the request. 0: no limit. */
        @WithDefault("30")
        int validationsPerMinute();

        /** The former name of {@link #validationsPerMinute}, which counts where it is set. */
        Optional<Integer> draftValidationsPerMinute();

        /** The same, at a time. 0: no limit. */
        @WithDefault("5")
        int validationsAtATime();

        /** External IDs that a tenant tries against one AWS account in 24 hours, its own not counted. 0: no limit. */
        @WithDefault("5")
        int externalIdsPerAccount();
    }

    /** Of secrets that requests which died half-way left behind. */
    interface CleanUp {
        /** How old a secret's marker must be: longer than any request runs. */
        @WithDefault("30m")
        Duration age();
    }

    /** When health is checked next, and when failures count. */
    interface Schedule {
        @WithDefault("60m")
        Duration healthyInterval();

        /** After the first failure in a row, the second, ...; the last one stays. */
        @WithDefault("5m,10m,20m,40m,60m")
        List<Duration> failureIntervals();

        @WithDefault("30s,1m,2m,5m")
        List<Duration> propagatingIntervals();

        @WithDefault("5m")
        Duration unknownInterval();

        /** Failures in a row that make an active integration unhealthy. */
        @WithDefault("3")
        int unhealthyAfter();

        /** Between two scheduled validations in full of what is healthy; in between they are light. */
        @WithDefault("24h")
        Duration fullInterval();

        /** How long what a sweep has taken is its own; due again afterwards, should the sweep have died. */
        @WithDefault("2m")
        Duration lease();

        /** Into how many shards the due integrations are divided where a sweep is not told. */
        @WithDefault("1")
        int shards();

        /** Validations at a time in one sweep. */
        @WithDefault("32")
        int concurrency();

        /** For one sweep, where no Lambda function's deadline says it. */
        @WithDefault("50s")
        Duration timeLimit();
    }

    /** The names of the token's claims. */
    interface Security {
        @WithDefault("custom:tenant_id")
        String tenantClaim();

        @WithDefault("cognito:groups")
        String rolesClaim();
    }
}
