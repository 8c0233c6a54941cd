package dev.sea.integrations.grant;

import static dev.sea.integrations.rule.BrokenRules.value;

import dev.sea.integrations.RuleViolation;
import dev.sea.integrations.aws.ContentSha256;
import dev.sea.integrations.aws.ContentType;
import dev.sea.integrations.aws.ObjectKey;
import dev.sea.integrations.input.AcrossMembers;
import dev.sea.integrations.input.Deployment;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.rule.BrokenRules;
import dev.sea.integrations.rule.ValueOf;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.Range;
import org.jspecify.annotations.Nullable;

/** The body that asks for a grant. Which members belong depends on purpose and form. */
@RegisterForReflection
@AcrossMembers
@Schema(
        description =
                "The grant that is wanted. A purpose or form refuses the members that do not belong to it, and unknown members"
                        + " are rejected.")
public record GrantInput(
        @NotNull
        @Pattern(regexp = "RECORD|PLAY", message = "The purpose must be RECORD or PLAY.")
        @Schema(ref = "GrantPurpose")
        String purpose,

        @NotNull
        @ValueOf(ObjectKey.class)
        @Schema(
                description =
                        "Of the object, below the integration's prefix. With the prefix at most 1,024 bytes of UTF-8.",
                examples = "2026/11/28/9f2c.mp4")
        String key,

        @Range(max = MAX_CONTENT_LENGTH, message = RANGE)
        @Schema(
                description = "RECORD: how many bytes the object will have, up to 5 GB. Required.",
                minimum = "0",
                maximum = "5368709120",
                examples = "48211094")
        @Nullable
        Long contentLength,

        @ValueOf(ContentSha256.class)
        @Schema(
                description = "RECORD: the base64 of the content's SHA-256. Required.",
                examples = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
        @Nullable
        String sha256,

        @ValueOf(ContentType.class)
        @Schema(
                description =
                        "RECORD: the object's media type. Required. PLAY as URL: answered in place of the object's own.",
                examples = "video/mp4")
        @Nullable
        String contentType,

        @Range(min = 1, max = Target.MOST_FORMER + 1, message = RANGE)
        @Schema(
                description =
                        "PLAY: which of the integration's targets the object is in, as the grant to record said. The current one"
                                + " if it is left out.",
                minimum = "1",
                maximum = "51",
                examples = "1")
        @Nullable
        Integer targetRevision,

        @Schema(
                description = "PLAY as URL: the name under which a browser saves the object.",
                minLength = 1,
                maxLength = FileName.MAX_LENGTH)
        @Nullable
        String fileName,

        @Pattern(regexp = "URL|CREDENTIALS", message = "The form must be URL or CREDENTIALS.")
        @Schema(ref = "GrantForm")
        @Nullable
        String form,

        @Range(min = 60, max = 3600, message = RANGE)
        @Schema(
                description =
                        "URL: how long it is valid. Less if the session that signs it ends before. Credentials are valid for 900"
                                + " seconds.",
                minimum = "60",
                maximum = "3600",
                defaultValue = "300")
        @Nullable
        Integer expiresInSeconds)
        implements AcrossMembers.Input {
    private static final String RANGE = "This member must be from {min} to {max}.";

    /** The most that one PutObject stores: 5 GB. */
    private static final long MAX_CONTENT_LENGTH = 5_368_709_120L;

    private static final int USUAL_SECONDS = 300;
    private static final String OF_PURPOSE = "purpose";
    private static final String OF_FORM = "form";

    /** How the holder of a grant gets to the object. */
    @Schema(
            name = "GrantForm",
            description =
                    "URL: one presigned request, the default. CREDENTIALS: a session for the one object; for roles only.")
    public enum Form {
        URL,
        CREDENTIALS
    }

    @Override
    public void check(Deployment deployment, BrokenRules broken) {
        value(fileName, name -> name).ifPresent(name -> broken.kept("fileName", () -> new FileName(name)));
        if (Purpose.RECORD.name().equals(purpose)) {
            require(broken, "contentLength", contentLength);
            require(broken, "sha256", sha256);
            require(broken, "contentType", contentType);
            refuse(broken, "fileName", fileName, OF_PURPOSE, purpose);
            refuse(broken, "targetRevision", targetRevision, OF_PURPOSE, purpose);
        }
        if (Purpose.PLAY.name().equals(purpose)) {
            refuse(broken, "contentLength", contentLength, OF_PURPOSE, purpose);
            refuse(broken, "sha256", sha256, OF_PURPOSE, purpose);
        }
        if (chosenForm() == Form.CREDENTIALS) {
            refuse(broken, "expiresInSeconds", expiresInSeconds, OF_FORM, form);
            if (Purpose.PLAY.name().equals(purpose)) {
                refuse(broken, "contentType", contentType, OF_FORM, form);
                refuse(broken, "fileName", fileName, OF_FORM, form);
            }
        }
    }

    private static void require(BrokenRules broken, String member, @Nullable Object value) {
        if (value == null) {
            broken.add(member, new RuleViolation("REQUIRED", "This member is required."));
        }
    }

    private static void refuse(
            BrokenRules broken, String member, @Nullable Object value, String of, @Nullable String which) {
        if (value != null) {
            broken.add(
                    member,
                    new RuleViolation(
                            "NOT_WITH_" + of.toUpperCase(Locale.ROOT),
                            "This member does not belong to the " + of + " " + which + "."));
        }
    }

    private Form chosenForm() {
        return Form.CREDENTIALS.name().equals(form) ? Form.CREDENTIALS : Form.URL;
    }

    /** What an input asks for that breaks no rule. */
    Wanted wanted() {
        ObjectKey object = new ObjectKey(key);
        Duration lifetime = Duration.ofSeconds(expiresInSeconds == null ? USUAL_SECONDS : expiresInSeconds);
        Optional<ContentType> type = value(contentType, ContentType::new);
        return switch (Purpose.valueOf(purpose)) {
            case RECORD ->
                new Wanted.Recording(
                        object,
                        chosenForm(),
                        lifetime,
                        Objects.requireNonNull(contentLength),
                        value(sha256, ContentSha256::new).orElseThrow(),
                        type.orElseThrow());
            case PLAY ->
                new Wanted.Playback(
                        object,
                        Optional.ofNullable(targetRevision),
                        chosenForm(),
                        lifetime,
                        type,
                        value(fileName, FileName::new));
        };
    }
}
