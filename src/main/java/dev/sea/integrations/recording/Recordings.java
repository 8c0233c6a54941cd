package dev.sea.integrations.recording;

import dev.sea.integrations.RuleViolation;
import dev.sea.integrations.aws.ObjectKey;
import dev.sea.integrations.call.Answer;
import dev.sea.integrations.call.AwsFailure;
import dev.sea.integrations.event.Metrics;
import dev.sea.integrations.externalid.ExternalIdRefused;
import dev.sea.integrations.grant.GrantRefused;
import dev.sea.integrations.grant.GrantSessions;
import dev.sea.integrations.grant.GrantSessions.ClaimAhead;
import dev.sea.integrations.input.PageCursor;
import dev.sea.integrations.input.QueryParameters;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.integration.NoSuchIntegration;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.problem.InvalidInput;
import dev.sea.integrations.report.CheckId;
import dev.sea.integrations.report.FailureCode;
import dev.sea.integrations.security.Actor;
import dev.sea.integrations.security.AuditLog;
import dev.sea.integrations.store.IntegrationStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Lists and describes what is below an active integration's prefix. Each call reads the record by one consistent GetItem, and
 * uses a session of its own kind, so that neither may do what the other, or a grant, needs.
 */
@ApplicationScoped
class Recordings {
    /** S3's continuation tokens are opaque, and have some 100 characters. */
    private static final Pattern TOKEN = Pattern.compile("(?s).{1,2048}");

    /** How S3 refuses a continuation token that it did not give. */
    private static final String INVALID_ARGUMENT = "InvalidArgument";

    private static final Logger LOG = Logger.getLogger(Recordings.class);

    private final IntegrationStore integrations;
    private final GrantSessions sessions;
    private final RecordingCalls calls;
    private final AuditLog audit;
    private final Metrics metrics;

    Recordings(
            IntegrationStore integrations,
            GrantSessions sessions,
            RecordingCalls calls,
            AuditLog audit,
            Metrics metrics) {
        this.integrations = integrations;
        this.sessions = sessions;
        this.calls = calls;
        this.audit = audit;
        this.metrics = metrics;
    }

    /**
     * One page of the objects whose keys start so, in the order of S3. Objects whose keys no grant takes are left out, and
     * those of validations, of a target below this one, too. So a page may have fewer items than wanted, or none, and still
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
        return audited("list-recordings", actor, id, "prefix", start.value(), () -> {
            Optional<ClaimAhead> ahead = sessions.lookAhead(actor.tenant(), id, Look.LIST, revision, true);
            return sessions.withSecret(Look.LIST, active(actor, id), integration -> {
                int which = revision.orElse(integration.targetRevision());
                Target target = target(integration, which);
                String whole = kept("prefix", () -> start.under(target.prefix()));
                String list = String.join("#", actor.tenant().id(), id.value(), Integer.toString(which), whole);
                Optional<String> token = cursor.map(text -> PageCursor.position(text, list, TOKEN));
                Answer<ListObjectsV2Response> answer =
                        ask(integration, which, Look.LIST, ahead, place -> calls.list(place, whole, token, limit));
                ListObjectsV2Response page = answer.given().orElseThrow(() -> {
                    AwsFailure failure = answer.refusal().orElseThrow();
                    return token.isPresent() && failure.awsCode().equals(INVALID_ARGUMENT)
                            ? PageCursor.refused()
                            : refusal(integration, Look.LIST, failure, List.of(CheckId.LIST));
                });
                return new RecordingPage(
                        page.contents().stream()
                                .flatMap(object -> item(object, target).stream())
                                .toList(),
                        Optional.ofNullable(page.nextContinuationToken())
                                .map(next -> PageCursor.after(next, list))
                                .orElse(null));
            });
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
        return audited("describe-recording", actor, id, "key", key.value(), () -> {
            Optional<ClaimAhead> ahead = sessions.lookAhead(actor.tenant(), id, Look.DESCRIBE, revision, true);
            return sessions.withSecret(Look.DESCRIBE, active(actor, id), integration -> {
                int which = revision.orElse(integration.targetRevision());
                Target target = target(integration, which);
                String whole = kept("key", () -> key.under(target.prefix()));
                Answer<HeadObjectResponse> answer =
                        ask(integration, which, Look.DESCRIBE, ahead, place -> calls.head(place, whole));
                HeadObjectResponse head = answer.given()
                        .orElseThrow(() -> whyNot(
                                integration, which, whole, answer.refusal().orElseThrow()));
                return RecordingMetadata.of(key.value(), which, head, tags(integration, which, whole));
            });
        });
    }

    /**
     * S3 tells only callers with s3:ListBucket that an object is missing, and never those whose permission has a condition
     * on the prefix. So whether it is there is asked by a list.
     */
    private RuntimeException whyNot(Integration integration, int which, String whole, AwsFailure failure) {
        if (!failure.isNoSuchKey() && !failure.isDenial()) {
            return refusal(integration, Look.DESCRIBE, failure, List.of(CheckId.GET));
        }
        Answer<ListObjectsV2Response> listed = ask(
                integration,
                which,
                Look.LIST,
                Optional.empty(),
                place -> calls.list(place, whole, Optional.empty(), 1));
        return switch (listed) {
            case Answer.Given<ListObjectsV2Response>(ListObjectsV2Response page, var _, var _) ->
                page.contents().stream().anyMatch(object -> object.key().equals(whole))
                        ? refusal(integration, Look.DESCRIBE, failure, List.of(CheckId.GET))
                        : new NoSuchRecording();
            case Answer.Refused<ListObjectsV2Response>(AwsFailure unlisted, var _) ->
                failure.isNoSuchKey() && unlisted.isDenial()
                        ? new NoSuchRecording()
                        : refusal(integration, Look.DESCRIBE, unlisted, List.of(CheckId.LIST, CheckId.GET));
            case Answer.Unasked<ListObjectsV2Response> _ -> throw new IllegalStateException("S3 was asked");
        };
    }

    /** Whatever keeps SEA from the tags, the rest is known all the same. */
    private Optional<Map<String, String>> tags(Integration integration, int which, String whole) {
        if (!integration.sessionMetadata()) {
            return Optional.empty();
        }
        return ask(integration, which, Look.DESCRIBE, Optional.empty(), place -> calls.tags(place, whole))
                .given()
                .map(Recordings::sorted);
    }

    private static Map<String, String> sorted(GetObjectTaggingResponse tagging) {
        Map<String, String> tags = new TreeMap<>();
        tagging.tagSet().forEach(tag -> tags.put(tag.key(), tag.value()));
        return tags;
    }

    /** Asks S3; once more with another session if AWS accepts this one no longer, as after the role was made anew. */
    private <T> Answer<T> ask(
            Integration integration,
            int which,
            Look look,
            Optional<ClaimAhead> ahead,
            Function<Place, Answer<T>> question) {
        Place place = place(integration, which, look, ahead);
        Answer<T> answer = question.apply(place);
        boolean ended = answer.refusal().filter(AwsFailure::isOfEndedSession).isPresent();
        if (!ended) {
            return answer;
        }
        sessions.drop(integration, which, look, place.session());
        return question.apply(place(integration, which, look, Optional.empty()));
    }

    private Place place(Integration integration, int which, Look look, Optional<ClaimAhead> ahead) {
        return new Place(
                target(integration, which), integration.owner(which), sessions.shared(integration, which, look, ahead));
    }

    private RuntimeException refusal(Integration integration, Look look, AwsFailure failure, List<CheckId> checks) {
        FailureCode code = failure.code();
        if (code.isOurs()) {
            LOG.errorf("cannot %s of %s: %s %s", look, integration.id(), code, failure.awsCode());
            metrics.ownFault();
            return new NoAnswerFromBucket();
        }
        if (failure.isUnlearned()) {
            return new NoAnswerFromBucket();
        }
        return GrantRefused.purpose(
                look,
                switch (code) {
                    case INVALID_ACCESS_KEY, SIGNATURE_MISMATCH -> List.of(CheckId.CREDENTIALS);
                    case NO_SUCH_BUCKET, WRONG_REGION -> List.of(CheckId.BUCKET);
                    default -> checks;
                });
    }

    private Supplier<Integration> active(Actor actor, IntegrationId id) {
        return () -> {
            Integration integration = integrations.get(actor.tenant(), id);
            if (!integration.isActive()) {
                throw GrantRefused.notActive();
            }
            return integration;
        };
    }

    private static Target target(Integration integration, int which) {
        return integration
                .target(which)
                .orElseThrow(() -> QueryParameters.refused(
                        "targetRevision",
                        "NO_SUCH_TARGET",
                        "The integration has the targets 1 to " + integration.targetRevision() + "."));
    }

    private static <T> T kept(String parameter, Supplier<T> value) {
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
