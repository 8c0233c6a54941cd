package dev.sea.integrations.recording;

import dev.sea.integrations.RuleViolation;
import dev.sea.integrations.aws.ObjectKey;
import dev.sea.integrations.call.Answer;
import dev.sea.integrations.call.AwsFailure;
import dev.sea.integrations.externalid.ExternalIdRefused;
import dev.sea.integrations.grant.GrantRefused;
import dev.sea.integrations.grant.GrantSessions.ClaimAhead;
import dev.sea.integrations.input.PageCursor;
import dev.sea.integrations.input.QueryParameters;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.integration.NoSuchIntegration;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.problem.InvalidInput;
import dev.sea.integrations.recording.RecordingSessions.ActiveTarget;
import dev.sea.integrations.report.CheckId;
import dev.sea.integrations.security.Actor;
import dev.sea.integrations.security.AuditLog;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Lists and describes what is below an active integration's prefix. Each call uses a session of its own kind, so that neither
 * may do what the other, or a grant, needs.
 */
@ApplicationScoped
class Recordings {
    /** S3's continuation tokens are opaque, and have some 100 characters. */
    private static final Pattern TOKEN = Pattern.compile("(?s).{1,2048}");

    /** How S3 refuses a continuation token that it did not give. */
    private static final String INVALID_ARGUMENT = "InvalidArgument";

    private final RecordingSessions sessions;
    private final RecordingCalls calls;
    private final AuditLog audit;

    Recordings(RecordingSessions sessions, RecordingCalls calls, AuditLog audit) {
        this.sessions = sessions;
        this.calls = calls;
        this.audit = audit;
    }

    /**
     * One page of the objects whose keys start so, in the order of S3. Leaves out objects whose keys no grant accepts, and
     * those that validations of targets below this one have written. So a page may have fewer items than wanted, or none, and still
     * not be the last.
     *
     * @param revision of the target; empty for the current one
     * @param cursor of the page before
     * @param limit 1 to 100
     * @throws NoSuchIntegration where the tenant has none of this ID
     * @throws InvalidInput where the integration has no such target, or the cursor is not from this list
     * @throws GrantRefused where the integration is not active, or its access does not allow this
     * @throws NoAnswerFromBucket where S3 fails
     * @throws ExternalIdRefused where another tenant holds the external ID
     */
    RecordingPage list(
            Actor actor,
            IntegrationId id,
            Optional<Integer> revision,
            KeyStart start,
            Optional<String> cursor,
            int limit) {
        return audited(
                "list-recordings",
                actor,
                id,
                "prefix",
                start.value(),
                () -> sessions.with(actor, id, revision, Look.LIST, (where, ahead) -> {
                    String whole =
                            checked("prefix", () -> start.under(where.target().prefix()));
                    String list = String.join(
                            "#", actor.tenant().id(), id.value(), Integer.toString(where.revision()), whole);
                    Optional<String> token = cursor.map(text -> PageCursor.position(text, list, TOKEN));
                    ListObjectsV2Response page = page(where, whole, token, limit, ahead);
                    return new RecordingPage(
                            page.contents().stream()
                                    .flatMap(object -> item(object, where.target()).stream())
                                    .toList(),
                            Optional.ofNullable(page.nextContinuationToken())
                                    .map(next -> PageCursor.after(next, list))
                                    .orElse(null));
                }));
    }

    private ListObjectsV2Response page(
            ActiveTarget where, String whole, Optional<String> token, int limit, Optional<ClaimAhead> ahead) {
        Answer<ListObjectsV2Response> answer =
                sessions.ask(where, Look.LIST, ahead, place -> calls.list(place, whole, token, limit));
        return answer.given().orElseThrow(() -> {
            AwsFailure failure = answer.refusal().orElseThrow();
            return token.isPresent() && failure.awsCode().equals(INVALID_ARGUMENT)
                    ? PageCursor.refused()
                    : sessions.problem(where, Look.LIST, failure, List.of(CheckId.LIST));
        });
    }

    private static Optional<RecordingPage.Item> item(S3Object object, Target target) {
        String key = object.key().substring(target.prefix().value().length());
        if (key.endsWith("/" + ObjectKey.OF_VALIDATIONS)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new RecordingPage.Item(new ObjectKey(key).value(), object.size(), object.lastModified()));
        } catch (RuleViolation nobodysRecording) {
            return Optional.empty();
        }
    }

    /**
     * What S3 knows of one object.
     *
     * @throws NoSuchRecording where there is none
     * @throws NoSuchIntegration where the tenant has none of this ID
     * @throws InvalidInput where the integration has no such target, or prefix and key together are too long for S3
     * @throws GrantRefused where the integration is not active, or its access does not allow this
     * @throws NoAnswerFromBucket where S3 fails
     * @throws ExternalIdRefused where another tenant holds the external ID
     */
    RecordingMetadata describe(Actor actor, IntegrationId id, Optional<Integer> revision, ObjectKey key) {
        return audited(
                "describe-recording",
                actor,
                id,
                "key",
                key.value(),
                () -> sessions.with(actor, id, revision, Look.DESCRIBE, (where, ahead) -> {
                    String whole = checked("key", () -> key.under(where.target().prefix()));
                    Answer<HeadObjectResponse> answer =
                            sessions.ask(where, Look.DESCRIBE, ahead, place -> calls.head(place, whole));
                    HeadObjectResponse head = answer.given()
                            .orElseThrow(
                                    () -> whyNot(where, whole, answer.refusal().orElseThrow()));
                    return RecordingMetadata.of(key.value(), where.revision(), head, tags(where, whole));
                }));
    }

    /**
     * S3 tells only callers with s3:ListBucket that an object is missing, and never those whose permission has a condition
     * on the prefix. So whether it is there is asked by a list.
     */
    private RuntimeException whyNot(ActiveTarget where, String whole, AwsFailure failure) {
        if (!failure.isNoSuchKey() && !failure.isDenial()) {
            return sessions.problem(where, Look.DESCRIBE, failure, List.of(CheckId.GET));
        }
        Answer<ListObjectsV2Response> listed = sessions.ask(
                where, Look.LIST, Optional.empty(), place -> calls.list(place, whole, Optional.empty(), 1));
        return switch (listed) {
            case Answer.Given<ListObjectsV2Response>(ListObjectsV2Response page, var _, var _) ->
                page.contents().stream().anyMatch(object -> object.key().equals(whole))
                        ? sessions.problem(where, Look.DESCRIBE, failure, List.of(CheckId.GET))
                        : new NoSuchRecording();
            case Answer.Refused<ListObjectsV2Response>(AwsFailure unlisted, var _) ->
                failure.isNoSuchKey() && unlisted.isDenial()
                        ? new NoSuchRecording()
                        : sessions.problem(where, Look.DESCRIBE, unlisted, List.of(CheckId.LIST, CheckId.GET));
            case Answer.Unasked<ListObjectsV2Response> _ -> throw new IllegalStateException("S3 was asked");
        };
    }

    /** Empty if SEA cannot read the tags, for whatever reason: the rest is known all the same. */
    private Optional<Map<String, String>> tags(ActiveTarget where, String whole) {
        if (!where.integration().sessionMetadata()) {
            return Optional.empty();
        }
        return sessions.ask(where, Look.DESCRIBE, Optional.empty(), place -> calls.tags(place, whole))
                .given()
                .map(Recordings::sorted);
    }

    private static Map<String, String> sorted(GetObjectTaggingResponse tagging) {
        Map<String, String> tags = new TreeMap<>();
        tagging.tagSet().forEach(tag -> tags.put(tag.key(), tag.value()));
        return tags;
    }

    /** A value, if it keeps the rules. */
    private static <T> T checked(String parameter, Supplier<T> value) {
        try {
            return value.get();
        } catch (RuleViolation violation) {
            throw QueryParameters.refused(parameter, violation.code(), violation.getMessage());
        }
    }

    private <T> T audited(String what, Actor actor, IntegrationId id, String name, String value, Supplier<T> action) {
        List<AuditLog.Detail> details =
                List.of(new AuditLog.Detail(name, URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return audit.inOneLine(what, id.value(), actor, details, action, _ -> List.of());
    }
}
