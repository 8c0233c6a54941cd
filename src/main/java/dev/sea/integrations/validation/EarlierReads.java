package dev.sea.integrations.validation;

import dev.sea.integrations.Deadline;
import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.call.Answer;
import dev.sea.integrations.call.AwsFailure;
import dev.sea.integrations.client.RegionalClients;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.policy.AccessNeeds;
import dev.sea.integrations.policy.NeededAction;
import dev.sea.integrations.policy.Statement;
import dev.sea.integrations.probe.CredentialBroker;
import dev.sea.integrations.probe.ParallelCalls;
import dev.sea.integrations.probe.Pending;
import dev.sea.integrations.probe.RecordingRead;
import dev.sea.integrations.probe.RecordingRead.Seen;
import dev.sea.integrations.probe.Session;
import dev.sea.integrations.probe.Subject;
import dev.sea.integrations.report.Check;
import dev.sea.integrations.report.CheckId;
import dev.sea.integrations.report.FailureCode;
import dev.sea.integrations.report.Outcome;
import dev.sea.integrations.report.Outcome.Failed;
import dev.sea.integrations.report.Outcome.Passed;
import dev.sea.integrations.report.Outcome.Skipped;
import dev.sea.integrations.report.Outcome.Unknown;
import dev.sea.integrations.report.Outcome.Warning;
import dev.sea.integrations.report.Remedy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code earlier-recordings}: whether an access reads what was recorded at the targets that an integration had before. It works
 * for new recordings without, so a denial is a warning.
 */
@ApplicationScoped
public class EarlierReads {
    private static final String OUT_OF_RANGE = "InvalidRange";

    private final SeaConfig config;
    private final CredentialBroker broker;
    private final RegionalClients clients;

    EarlierReads(SeaConfig config, CredentialBroker broker, RegionalClients clients) {
        this.config = config;
        this.broker = broker;
        this.clients = clients;
    }

    /**
     * Where an earlier recording lies.
     *
     * @param revision of the target
     * @param subject the access that shall read it, at that target
     * @param key the object's whole key, with the prefix
     */
    public record Place(long revision, Subject subject, String key) {
        private String resource() {
            return needs().resource(NeededAction.GET_OBJECT, key);
        }

        private AccessNeeds needs() {
            return new AccessNeeds(subject.target(), false);
        }
    }

    private record Looked(Place place, Answer<Seen> answer) {
        private boolean isReadable() {
            return read().filter(it -> it.isAllowed()
                            || it.refusal().filter(Looked::mayRead).isPresent())
                    .isPresent();
        }

        /**
         * S3 says only to those who may read an object that it is archived, or empty, where its first byte is beyond its end.
         * It names s3:ListBucket only to them, too: the object is gone, which they may not be told.
         */
        private static boolean mayRead(AwsFailure failure) {
            return failure.isArchived()
                    || failure.awsCode().equals(OUT_OF_RANGE)
                    || failure.denial()
                            .filter(denial -> denial.names(NeededAction.LIST_BUCKET.id()))
                            .isPresent();
        }

        private Optional<Answer<?>> read() {
            return answer.given().map(Seen::read);
        }

        /** Why it cannot be read; empty where it can. */
        private Optional<Outcome> problem() {
            return isReadable() ? Optional.empty() : Optional.of(refused());
        }

        private Outcome refused() {
            if (answer.given().filter(seen -> !seen.session().isGiven()).isPresent()) {
                return Judge.WITHOUT_CREDENTIALS;
            }
            AwsFailure failure =
                    answer.refusal().or(() -> read().flatMap(Answer::refusal)).orElse(AwsFailure.UNEXPECTED);
            Answer<Session> session = answer.given().map(Seen::session).orElseGet(Answer.Unasked::new);
            Target target = place.subject().target();
            return failure.code() == FailureCode.NO_SUCH_BUCKET || failure.code() == FailureCode.WRONG_REGION
                    ? new Failed(
                            failure.code(),
                            "There is no bucket " + target.bucket() + " in " + target.region() + " any more.",
                            Remedy.of("If the recordings in it are needed, restore bucket " + target.bucket() + " in "
                                    + target.region() + "."))
                    : new Diagnosis(
                                    place.needs(),
                                    Principal.of(place.subject().access(), session),
                                    new Remedies.Seen(false, false))
                            .of(failure, NeededAction.GET_OBJECT, place.resource());
        }
    }

    /**
     * The check, within {@code sea.validation.call-timeout}, since a validation went before it. Makes two calls for each place, all places side by side.
     *
     * @param places at least one
     */
    public Check check(List<Place> places) {
        try (ParallelCalls calls =
                new ParallelCalls(Deadline.in(config.validation().callTimeout()))) {
            List<Pending<Seen>> asked = places.stream()
                    .map(place -> new RecordingRead(broker, clients, place.subject(), place.key()))
                    .map(read -> calls.ask(read::ask))
                    .toList();
            List<Looked> looked = new ArrayList<>();
            for (int i = 0; i < places.size(); i++) {
                looked.add(new Looked(places.get(i), asked.get(i).await()));
            }
            return judged(looked);
        }
    }

    private static Check judged(List<Looked> all) {
        Looked shown = all.stream().filter(it -> !it.isReadable()).findFirst().orElse(all.getFirst());
        return new Check(
                CheckId.EARLIER_RECORDINGS,
                NeededAction.GET_OBJECT.id(),
                shown.place().resource(),
                false,
                outcome(all),
                all.stream()
                        .map(it -> it.answer().took())
                        .max(Comparator.naturalOrder())
                        .orElse(Duration.ZERO),
                shown.read().flatMap(Answer::requestId));
    }

    /** What was learned comes first: a target that cannot be read, then one of which nothing is known. */
    private static Outcome outcome(List<Looked> all) {
        List<Looked> denied = all.stream()
                .filter(it -> it.problem().filter(Failed.class::isInstance).isPresent())
                .toList();
        if (!denied.isEmpty()) {
            return warning(denied);
        }
        List<Outcome> unlearned =
                all.stream().flatMap(it -> it.problem().stream()).toList();
        return unlearned.stream()
                .filter(Unknown.class::isInstance)
                .findFirst()
                .or(() -> unlearned.stream().filter(Skipped.class::isInstance).findFirst())
                .orElseGet(() -> new Passed("SEA may read the recordings at " + targets(all) + "."));
    }

    private static Warning warning(List<Looked> denied) {
        String why = denied.stream()
                .map(it -> "Target " + it.place().revision() + ": " + failed(it).message())
                .collect(Collectors.joining(" "));
        return new Warning(
                FailureCode.EARLIER_RECORDINGS_UNREACHABLE,
                "Recordings at " + targets(denied) + " cannot be played. " + why,
                remedy(denied.stream().map(it -> failed(it).remedy()).toList()));
    }

    private static Failed failed(Looked looked) {
        return (Failed) looked.problem().orElseThrow();
    }

    /** The first one's, for all targets that need the same statement at the same place. */
    private static Remedy remedy(List<Remedy> all) {
        Remedy first = all.getFirst();
        List<Remedy> alike = all.stream()
                .filter(it -> it.text().equals(first.text())
                        && it.statement().isPresent() == first.statement().isPresent())
                .toList();
        Optional<Statement> statement = first.statement()
                .map(it -> it.on(alike.stream()
                        .flatMap(other -> other.statement().orElseThrow().resource().stream())
                        .distinct()
                        .toList()));
        String rest = alike.size() < all.size() ? " Then test again: another earlier target needs more." : "";
        return new Remedy(first.text() + rest, statement);
    }

    private static String targets(List<Looked> all) {
        String revisions =
                all.stream().map(it -> Long.toString(it.place().revision())).collect(Collectors.joining(", "));
        return (all.size() == 1 ? "the earlier target " : "the earlier targets ") + revisions;
    }
}
