package dev.sea.integrations.grant;

import dev.sea.integrations.aws.ContentSha256;
import dev.sea.integrations.aws.ContentType;
import dev.sea.integrations.aws.ObjectKey;
import dev.sea.integrations.aws.ObjectLocation;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.security.Actor;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Grants without HTTP. */
public final class SimulatedGrants {
    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final Pattern SIGNER = Pattern.compile("X-Amz-Credential=([A-Z0-9]+)");

    private SimulatedGrants() {}

    /** The type of the bean that gives grants. */
    public static Class<?> bean() {
        return Granting.class;
    }

    /**
     * A grant that was given, as far as it matters to its holder.
     *
     * @param accessKeyId with which its URL is signed
     */
    public record Given(IntegrationId integration, GrantId id, ObjectLocation object, String accessKeyId) {}

    public static Given record(Object granting, Actor actor, IntegrationId id, String key, long size, String sha256) {
        return given(
                granting,
                actor,
                id,
                new Wanted.Recording(
                        new ObjectKey(key),
                        GrantInput.Form.URL,
                        LIFETIME,
                        size,
                        new ContentSha256(sha256),
                        new ContentType("video/mp4")));
    }

    public static Given play(Object granting, Actor actor, IntegrationId id, String key) {
        return given(
                granting,
                actor,
                id,
                new Wanted.Playback(
                        new ObjectKey(key),
                        Optional.empty(),
                        GrantInput.Form.URL,
                        LIFETIME,
                        Optional.empty(),
                        Optional.empty()));
    }

    private static Given given(Object granting, Actor actor, IntegrationId id, Wanted wanted) {
        Granting.Granted granted = ((Granting) granting).grant(actor, id, wanted);
        if (!(granted.means() instanceof Granting.Means.Url url)) {
            throw new IllegalStateException("not a URL: " + granted.id());
        }
        Matcher signer = SIGNER.matcher(url.request().url().getRawQuery());
        if (!signer.find()) {
            throw new IllegalStateException("not signed: " + granted.id());
        }
        return new Given(granted.integration(), granted.id(), granted.object(), signer.group(1));
    }
}
