package dev.sea.integrations.simulation;

import dev.sea.integrations.api.RecordedAnswer;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.lifecycle.Creation;
import dev.sea.integrations.problem.ProblemType;
import dev.sea.integrations.simulation.Ledger.Attempt;
import dev.sea.integrations.simulation.Ledger.Verdict;
import dev.sea.integrations.simulation.Operation.Kind;
import dev.sea.integrations.simulation.Stored.Item;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an answer promises its client, against what was answered and what is stored. */
final class Promises {
    private static final Set<Kind> CREATIONS = Set.of(Kind.CREATE, Kind.CREATE_UNPROVED);
    private static final Set<Kind> GRANTS = Set.of(Kind.RECORD, Kind.PLAY);

    private Promises() {}

    static Optional<String> afterAnswer(Attempt attempt, Ledger ledger) {
        if (attempt.verdict != Verdict.DONE) {
            return Optional.empty();
        }
        return Stream.of(ofItsTenant(attempt), grantedInTime(attempt, ledger), oneOfAKey(attempt, ledger))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> ofItsTenant(Attempt attempt) {
        return attempt.answer instanceof Integration integration
                        && !integration.tenant().id().equals(attempt.operation.tenant())
                ? Optional.of("the answer shows another tenant's integration: " + attempt)
                : Optional.empty();
    }

    /** No grant that was asked for after the answer of a deactivation, unless another activation was under way since. */
    private static Optional<String> grantedInTime(Attempt grant, Ledger ledger) {
        if (!GRANTS.contains(grant.operation.kind())) {
            return Optional.empty();
        }
        List<Attempt> others = ledger.attempts().stream()
                .filter(other -> other.integration.equals(grant.integration))
                .toList();
        return others.stream()
                .filter(ended -> (ended.is(Kind.DEACTIVATE) || ended.is(Kind.DELETE))
                        && ended.verdict == Verdict.DONE
                        && ended.ended < grant.started)
                .filter(ended -> others.stream()
                        .noneMatch(again -> again.is(Kind.ACTIVATE)
                                && again.verdict != Verdict.REFUSED
                                && again.ended > ended.started
                                && again.started < grant.ended))
                .map(ended -> "granted after the answer of " + ended + ": " + grant)
                .findFirst();
    }

    /** All answers to one key name one integration. */
    private static Optional<String> oneOfAKey(Attempt attempt, Ledger ledger) {
        if (!(attempt.answer instanceof RecordedAnswer answer)) {
            return Optional.empty();
        }
        return ledger.attempts().stream()
                .filter(other -> other.operation.equals(attempt.operation)
                        && other.answer instanceof RecordedAnswer before
                        && !location(before).equals(location(answer)))
                .map(other -> "one key, two integrations: " + other + " and " + attempt)
                .findFirst();
    }

    private static String location(RecordedAnswer answer) {
        return answer.headers().getOrDefault("Location", "");
    }

    static Optional<String> atTheEnd(Ledger ledger, Stored now) {
        Map<Operation, Verdict> verdicts = new HashMap<>();
        ledger.attempts().forEach(attempt -> verdicts.merge(attempt.operation, attempt.verdict, Promises::known));
        Map<String, Verdict> bySubject = new HashMap<>();
        verdicts.forEach((operation, verdict) -> bySubject.put("op" + operation.number(), verdict));
        return Stream.of(
                        unchangedByRefusals(now, bySubject),
                        deletedAsTold(ledger, now),
                        durable(ledger, now),
                        eachVersionOnce(ledger))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** What is known after several tries of a request: a success, or else only what all were answered. */
    private static Verdict known(Verdict one, Verdict other) {
        if (one == Verdict.DONE || other == Verdict.DONE) {
            return Verdict.DONE;
        }
        return one == other ? one : Verdict.UNKNOWN;
    }

    /** A client that is told that its integration is deleted makes another one. */
    private static Optional<String> deletedAsTold(Ledger ledger, Stored now) {
        return ledger.attempts().stream()
                .filter(attempt -> attempt.answer.equals(ProblemType.CREATED_AND_DELETED.name()))
                .filter(attempt -> now.integrations()
                        .anyMatch(item -> item.textOf("createdBy").equals(attempt.subject())))
                .map(attempt -> "told as deleted, but there: " + attempt)
                .findFirst();
    }

    private static Optional<String> unchangedByRefusals(Stored now, Map<String, Verdict> verdicts) {
        return now.integrations()
                .flatMap(item -> Stream.of("createdBy", "updatedBy").map(item::textOf))
                .filter(subject -> verdicts.get(subject) == Verdict.REFUSED)
                .map(subject -> "a refused request has changed something: " + subject)
                .findFirst();
    }

    /** What was answered with success is there, unless somebody may have changed it since. */
    private static Optional<String> durable(Ledger ledger, Stored now) {
        Map<String, Item> items = now.integrations().collect(Collectors.toMap(Item::id, item -> item));
        for (Attempt attempt : ledger.attempts()) {
            if (attempt.verdict != Verdict.DONE) {
                continue;
            }
            Optional<String> id = answered(attempt);
            if (attempt.is(Kind.DELETE)
                    && attempt.integration.filter(items::containsKey).isPresent()) {
                return Optional.of("deleted, but still there: " + attempt);
            }
            if (id.isPresent()
                    && !items.containsKey(id.get())
                    && ledger.attempts().stream()
                            .noneMatch(other -> other.is(Kind.DELETE)
                                    && other.verdict != Verdict.REFUSED
                                    && other.integration.equals(id))) {
                return Optional.of("answered, but not there: " + attempt);
            }
            if (attempt.answer instanceof Integration integration
                    && items.containsKey(integration.id().value())) {
                Item item = items.get(integration.id().value());
                if (item.number("version") < integration.version()) {
                    return Optional.of("answered, but not kept: " + attempt);
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> answered(Attempt attempt) {
        return switch (attempt.answer) {
            case Integration integration -> Optional.of(integration.id().value());
            case RecordedAnswer recorded -> Optional.of(location(recorded).substring("/v1/integrations/".length()));
            case Creation.Created created ->
                Optional.of(created.integration().id().value());
            default -> Optional.empty();
        };
    }

    /** Two changes never get the same version, or one of them would be lost. */
    private static Optional<String> eachVersionOnce(Ledger ledger) {
        Map<String, Attempt> versions = new HashMap<>();
        for (Attempt attempt : ledger.attempts()) {
            if (attempt.verdict == Verdict.DONE
                    && attempt.answer instanceof Integration integration
                    && !CREATIONS.contains(attempt.operation.kind())
                    && integration.updatedBy().equals(attempt.subject())) {
                Attempt other = versions.put(integration.id() + " " + integration.version(), attempt);
                if (other != null && !other.operation.equals(attempt.operation)) {
                    return Optional.of("two changes have one version: " + other + " and " + attempt);
                }
            }
        }
        return Optional.empty();
    }
}
