package dev.sea.integrations;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The configuration. The names of its properties are fixed; {@code docs/configuration.md} explains each. {@code ConfigRules}
 * stops the start if a value is wrong.
 */
@ConfigMapping(prefix = "sea")
public interface SeaConfig {

    /** Which requests a process serves. */
    enum Function {
        API,
        SWEEP,
        ALL
    }

    /** The start of the names of customers' roles; case-sensitive. */
    @WithDefault("SEA_ext_access_")
    String roleNamePrefix();

    /** ARN of the role that customers' trust policies name; absent: the function's own role. */
    Optional<String> gatewayRoleArn();

    Function function();

    /** Name of the DynamoDB table. */
    String table();

    /** Name of the EventBridge bus for changes of health. */
    String eventBus();

    /** The start of the names of secrets, without a trailing slash. */
    String secretsPrefix();

    /** ARN of the KMS key that encrypts secrets; absent: the AWS managed key {@code aws/secretsmanager}. */
    Optional<String> secretsKey();

    /** Name of the deployment's stage. */
    String stage();

    /** The service's own Region, in which it calls STS; {@code AWS_REGION} in Lambda. */
    String region();

    LocalAws localAws();

    Validation validation();

    Activation activation();

    ExternalIds externalId();

    Limits limits();

    CleanUp cleanUp();

    Schedule schedule();

    Security security();

    /** The local AWS, which stands in for AWS in development and tests. */
    interface LocalAws {
        @WithDefault("4566")
        int port();

        /** Its URL; absent when the service runs in AWS. */
        Optional<URI> endpoint();

        /** The access key of the function's own role there; absent: the SDK's default credentials chain. */
        Optional<String> accessKeyId();

        Optional<String> secretAccessKey();
    }

    /** Time limits of a validation. */
    interface Validation {
        /** Time for one whole validation. */
        @WithDefault("10s")
        Duration budget();

        /** Time for one call to AWS, including its second attempt. */
        @WithDefault("5s")
        Duration callTimeout();

        /** How long a new denial may come from the time that IAM takes to spread a change. */
        @WithDefault("2m")
        Duration propagationWindow();

        /** How long one validation tries denied checks again. */
        @WithDefault("4s")
        Duration propagationPatience();
    }

    /** What activation requires. */
    interface Activation {
        /** The greatest age of a healthy report that activation accepts without a new validation. */
        @WithDefault("15m")
        Duration maxReportAge();
    }

    /** External IDs that this service generates. */
    interface ExternalIds {
        /** How long an unused external ID stays reserved for its tenant. */
        @WithDefault("48h")
        Duration reservation();
    }

    /** Limits of one tenant. */
    interface Limits {
        /** Integrations, active or not. */
        @WithDefault("200")
        int integrations();

        /** External IDs that are reserved and not yet used. */
        @WithDefault("50")
        int reservedExternalIds();

        /** Validations that the tenant requests in a minute, with any kind of request; 0: no limit. */
        @WithDefault("30")
        int validationsPerMinute();

        /** The former name of {@link #validationsPerMinute}; used if it is set. */
        Optional<Integer> draftValidationsPerMinute();

        /** Requested validations that run at the same time; 0: no limit. */
        @WithDefault("5")
        int validationsAtATime();

        /**
         * External IDs that the tenant tries against one AWS account in 24 hours, without those that belong to it; 0: no
         * limit.
         */
        @WithDefault("5")
        int externalIdsPerAccount();
    }

    /** Removal of secrets that a request left behind when it died half-way. */
    interface CleanUp {
        /** The age at which a secret's marker is looked at; must be longer than any request runs. */
        @WithDefault("30m")
        Duration age();
    }

    /** When health is checked next, and when failures count. */
    interface Schedule {
        /** Time to the next check of a healthy integration. */
        @WithDefault("60m")
        Duration healthyInterval();

        /** Time to the next check after the first failure in a row, the second, and so on; the last one repeats. */
        @WithDefault("5m,10m,20m,40m,60m")
        List<Duration> failureIntervals();

        /** The same while a denial may come from IAM's own delay. */
        @WithDefault("30s,1m,2m,5m")
        List<Duration> propagatingIntervals();

        /** Time to the next check after one that learned nothing. */
        @WithDefault("5m")
        Duration unknownInterval();

        /** Failures in a row that make an active integration unhealthy. */
        @WithDefault("3")
        int unhealthyAfter();

        /** Time between two full validations of a healthy integration by the schedule; those in between are light. */
        @WithDefault("24h")
        Duration fullInterval();

        /** How long after the last proof that learned something an active integration counts as stale. */
        @WithDefault("6h")
        Duration staleAfter();

        /** How long an integration belongs to the sweep that took it. If the sweep dies, it is due again afterwards. */
        @WithDefault("2m")
        Duration lease();

        /** The number of shards of the due integrations, for a sweep whose request does not tell. */
        @WithDefault("1")
        int shards();

        /** Validations that one sweep runs at the same time. */
        @WithDefault("32")
        int concurrency();

        /** Time for one sweep outside Lambda, whose deadline is used otherwise. */
        @WithDefault("50s")
        Duration timeLimit();
    }

    /** The names of the claims of a token. */
    interface Security {
        /** The claim that holds the tenant. */
        @WithDefault("custom:tenant_id")
        String tenantClaim();

        /** The claim that holds the roles. */
        @WithDefault("cognito:groups")
        String rolesClaim();
    }
}
