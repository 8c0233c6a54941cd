package dev.sea.integrations.schedule;

import dev.sea.integrations.Deadline;
import dev.sea.integrations.store.DueIndex;
import dev.sea.integrations.store.DueIndex.Due;
import dev.sea.integrations.store.DueIndex.Page;
import dev.sea.integrations.store.DueIndex.Place;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What is due in a shard, page by page over all its partitions at once, so that no partition waits for another. */
final class DueQueue {
    private static final int PAGE = 100;

    private final DueIndex index;
    private final Shard shard;
    private final Instant now;
    private final Workers workers;
    private final Tally tally;
    private List<Place> places;

    DueQueue(DueIndex index, Shard shard, Instant now, Workers workers, Tally tally) {
        this.index = index;
        this.shard = shard;
        this.now = now;
        this.workers = workers;
        this.tally = tally;
        this.places = shard.partitions().mapToObj(Place::start).toList();
    }

    /** The next ones, the most overdue first. Empty when nothing is left, or no time. */
    List<Due> next(Deadline until) {
        List<Due> due = List.of();
        while (due.isEmpty() && !places.isEmpty() && !until.isOver()) {
            List<Page> pages = workers.answers(places, this::page, until);
            places = pages.stream().flatMap(page -> page.next().stream()).toList();
            due = pages.stream()
                    .flatMap(page -> page.due().stream())
                    .sorted(Comparator.comparing(Due::at))
                    .toList();
        }
        tally.due(due, now);
        return due;
    }

    void countLeftOver(Deadline until) {
        List<Integer> partitions = shard.partitions().boxed().toList();
        workers.answers(partitions, partition -> read(() -> index.count(partition, now)), until)
                .forEach(tally.leftOver::addAndGet);
    }

    private Optional<Page> page(Place place) {
        return read(() -> index.page(place, now, PAGE));
    }

    private <T> Optional<T> read(Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (RuntimeException failure) {
            tally.unread(failure);
            return Optional.empty();
        }
    }
}
