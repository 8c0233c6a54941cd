package dev.sea.integrations;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.Range;

/**
 * The configuration. The names of its properties are fixed; {@code docs/configuration.md} explains each. Hibernate Validator
 * stops the start if a value breaks a rule. It names a group as the method does, so {@code WithName} says the property's name.
 */
@ConfigMapping(prefix = "sea")
public interface SeaConfig {

    /** Which requests a process serves. */
    enum Function {
        API,
        SWEEP,
        ALL
    }

    Function function();

    /** Name of the DynamoDB table. */
    @Pattern(regexp = "[A-Za-z0-9_.-]{3,255}")
    String table();

    /** Name of the EventBridge bus for changes of health. */
    @Pattern(regexp = "[A-Za-z0-9/_.-]{1,256}")
    String eventBus();

    /** Name of the deployment's stage. */
    @NotBlank
    String stage();

    @WithName("local-aws")
    LocalAws localAws();

    Validation validation();

    Activation activation();

    @WithName("external-id")
    ExternalIds externalId();

    Limits limits();

    @WithName("clean-up")
    CleanUp cleanUp();

    ScheduleConfig schedule();

    Playback playback();

    Security security();

    /** The local AWS, which stands in for AWS in development and tests. */
    interface LocalAws {
        @WithDefault("4566")
        @Range(min = 1, max = 65_535)
        int port();

        /** Its URL; absent when the service runs in AWS. */
        Optional<URI> endpoint();

        /** The access key of the function's own role there; absent: the SDK's default credentials chain. */
        Optional<String> accessKeyId();

        Optional<String> secretAccessKey();
    }

    /** Time limits of a validation. */
    @InProportion(
            message =
                    "needs sea.validation.call-timeout and sea.validation.propagation-patience of at most sea.validation.budget")
    interface Validation {
        /** Time for one whole validation. */
        @WithDefault("10s")
        // API Gateway gives up after 30 s.
        @Lasting(least = "PT1S", most = "PT25S")
        Duration budget();

        /** Time for one call to AWS, including its second attempt. */
        @WithDefault("5s")
        @Lasting(least = "PT0.1S", most = "PT25S")
        Duration callTimeout();

        /** How long a new denial may come from the time that IAM takes to spread a change. */
        @WithDefault("2m")
        @Lasting(least = "PT0S", most = "PT15M")
        Duration propagationWindow();

        /** How long one validation tries denied checks again. */
        @WithDefault("4s")
        @Lasting(least = "PT0S", most = "PT25S")
        Duration propagationPatience();
    }

    /** What activation requires. */
    interface Activation {
        /** The greatest age of a healthy report that activation accepts without a new validation. */
        @WithDefault("15m")
        @Lasting(least = "PT0S", most = "P1D")
        Duration maxReportAge();
    }

    /** External IDs that this service generates. */
    interface ExternalIds {
        /** How long an unused external ID stays reserved for its tenant. */
        @WithDefault("48h")
        @Lasting(least = "PT1M", most = "P30D")
        Duration reservation();
    }

    /** Limits of one tenant. */
    interface Limits {
        /** Integrations, active or not. */
        @WithDefault("200")
        @Range(min = 1, max = 1_000_000)
        int integrations();

        /** External IDs that are reserved and not yet used. */
        @WithDefault("50")
        // Each of them is read when a tenant has no place left.
        @Range(min = 1, max = 100)
        int reservedExternalIds();

        /** Validations that the tenant requests in a minute, with any kind of request; 0: no limit. */
        @WithDefault("30")
        @Range(max = 1_000_000)
        int validationsPerMinute();

        /** The former name of {@link #validationsPerMinute}; used if it is set. */
        Optional<@Range(max = 1_000_000) Integer> draftValidationsPerMinute();

        /** Requested validations that run at the same time; 0: no limit. */
        @WithDefault("5")
        @Range(max = 1_000)
        int validationsAtATime();

        /**
         * External IDs that the tenant tries against one AWS account in 24 hours, without those that belong to it; 0: no
         * limit.
         */
        @WithDefault("5")
        // The set of a tenant and account is one item.
        @Range(max = 1_000)
        int externalIdsPerAccount();
    }

    /** Removal of secrets that a request left behind when it died half-way. */
    interface CleanUp {
        /** The age at which a secret's marker is looked at; must be longer than any request runs. */
        @WithDefault("30m")
        // An hour at most for a secret that nothing points to, the time until the next sweep included.
        @Lasting(least = "PT1M", most = "PT55M")
        Duration age();
    }

    /** Where recordings are played. */
    interface Playback {
        /** Origin of the page that plays them, as browsers send it; absent: no bucket is asked whether it lets the page. */
        Optional<
                        @Pattern(
                                regexp =
                                        "(https://[a-z0-9.-]{1,253}(?!:443$)|http://[a-z0-9.-]{1,253}(?!:80$))(:[0-9]{1,5})?")
                        String>
                origin();
    }

    /** The names of the claims of a token. */
    interface Security {
        /** The claim that holds the tenant. */
        @WithDefault("custom:tenant_id")
        @NotBlank
        String tenantClaim();

        /** The claim that holds the roles. */
        @WithDefault("cognito:groups")
        @NotBlank
        String rolesClaim();
    }
}
