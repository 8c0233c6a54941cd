package dev.sea.integrations.simulation;

import dev.sea.integrations.simulation.Fault.Kind;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One call of a request or sweep, and what goes wrong at it.
 *
 * @param call which one, from 1; 0 where nothing goes wrong
 * @param landing for {@link Kind#LATE}: how many calls later AWS gets this one. It gets it before the time moves on, at the
 *     latest
 */
public record CrashPoint(int call, Kind kind, int landing) {
    /** Nothing goes wrong. */
    public static final CrashPoint NONE = new CrashPoint(0, Kind.CRASH_BEFORE, 0);

    private static final List<Integer> LANDINGS = List.of(0, 1, Integer.MAX_VALUE);

    /** All points of one kind, of a request or sweep that makes this many calls when nothing goes wrong. */
    public static Stream<CrashPoint> all(Kind kind, int calls) {
        List<Integer> landings = kind == Kind.LATE ? LANDINGS : List.of(0);
        return IntStream.rangeClosed(1, calls)
                .boxed()
                .flatMap(call -> landings.stream().map(landing -> new CrashPoint(call, kind, landing)));
    }
}
