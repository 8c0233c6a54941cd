package dev.sea.integrations.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.call.AssumedSession;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.security.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

class SessionCacheTest {
    private static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");
    private static final ExternalId ID = new ExternalId("sea-7");

    private final SessionCache cache = new SessionCache(4, 10_000);
    private final AtomicInteger opened = new AtomicInteger();

    @Test
    void aSessionServesUntilHalfOfItsLife() {
        GrantSession first = cache.session(use(1), 1, NOW, this::open);

        assertThat(cache.session(use(1), 1, NOW.plusSeconds(1799), this::open)).isSameAs(first);
        assertThat(cache.session(use(1), 1, NOW.plusSeconds(1800), this::open)).isNotSameAs(first);
        assertThat(opened).hasValue(2);
    }

    @Test
    void itServesNoOtherTenantIntegrationVersionOrPurpose() {
        cache.session(use(1), 1, NOW, this::open);
        cache.session(
                new SessionCache.Use(new Tenant("other"), id(1), Purpose.RECORD, Optional.empty()), 1, NOW, this::open);
        cache.session(use(2), 1, NOW, this::open);
        cache.session(
                new SessionCache.Use(new Tenant("acme"), id(1), Purpose.PLAY, Optional.empty()), 1, NOW, this::open);
        assertThat(opened).hasValue(4);

        cache.session(use(1), 2, NOW, this::open);
        assertThat(opened).hasValue(5);
        assertThat(cache.size()).as("of two versions one is kept").isEqualTo(4);
    }

    @Test
    void anOlderVersionDoesNotComeBack() {
        GrantSession newer = cache.session(use(1), 2, NOW, this::open);
        GrantSession older = cache.session(use(1), 1, NOW, this::open);

        assertThat(older).isNotSameAs(newer);
        assertThat(cache.session(use(1), 2, NOW, this::open)).isSameAs(newer);
    }

    @Test
    void aFailureIsNotKept() {
        assertThatThrownBy(() -> cache.session(use(1), 1, NOW, () -> {
                    throw new NoSession();
                }))
                .isInstanceOf(NoSession.class);

        cache.session(use(1), 1, NOW, this::open);
        assertThat(opened).hasValue(1);
    }

    @Test
    void theOldestGoFirst() {
        for (int i = 0; i < 5; i++) {
            cache.session(use(i), 1, NOW, this::open);
        }

        assertThat(cache.size()).isEqualTo(4);
        assertThat(cache.last(use(0))).isEmpty();
        assertThat(cache.last(use(1))).isPresent();
    }

    @Test
    void longTokensTakeThePlaceOfMany() {
        cache.session(use(1), 1, NOW, () -> session("t".repeat(6_000)));
        cache.session(use(2), 1, NOW, () -> session("t".repeat(6_000)));
        assertThat(cache.size()).isEqualTo(1);
        assertThat(cache.characters()).isBetween(6_000L, 10_000L);

        cache.session(use(3), 1, NOW, () -> session("t".repeat(60_000)));
        assertThat(cache.size()).isEqualTo(1);
        cache.session(use(3), 2, NOW, this::open);
        assertThat(cache.characters()).isLessThan(100);
    }

    @Test
    void manyAtOnceWaitForOne() throws InterruptedException, ExecutionException {
        List<GrantSession> sessions = together(() -> cache.session(use(1), 1, NOW, this::slowly));

        assertThat(opened).hasValue(1);
        assertThat(sessions).allMatch(session -> session == sessions.getFirst());
    }

    @Test
    void manyAtOnceGetTheOneFailure() throws InterruptedException, ExecutionException {
        List<String> failures = together(() -> {
            try {
                return cache.session(use(1), 1, NOW, () -> {
                            slowly();
                            throw new NoSession();
                        })
                        .toString();
            } catch (NoSession failure) {
                return "failed";
            }
        });

        assertThat(failures).containsOnly("failed");
        assertThat(opened).hasValue(1);
    }

    private final CountDownLatch waiting = new CountDownLatch(1);

    /** Opens one when all others had the time to ask for it: they cannot do anything but wait. */
    private GrantSession slowly() {
        try {
            waiting.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return open();
    }

    private <T> List<T> together(Callable<T> call) throws InterruptedException, ExecutionException {
        List<T> answers = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        try (ExecutorService pool = Executors.newThreadPerTaskExecutor(task -> {
            Thread thread = new Thread(task);
            threads.add(thread);
            return thread;
        })) {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                futures.add(pool.submit(call));
            }
            while (!threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING)) {
                Thread.onSpinWait();
            }
            waiting.countDown();
            for (Future<T> future : futures) {
                answers.add(future.get());
            }
        }
        return answers;
    }

    private GrantSession open() {
        opened.incrementAndGet();
        return session("token");
    }

    private static GrantSession session(String token) {
        Supplier<AssumedSession> assumed = () -> new AssumedSession(
                AwsSessionCredentials.create("ASIAEXAMPLE", "secret", token), NOW.plus(Duration.ofHours(1)));
        return GrantSession.of(assumed.get(), ID, NOW);
    }

    private static SessionCache.Use use(int number) {
        return new SessionCache.Use(new Tenant("acme"), id(number), Purpose.RECORD, Optional.empty());
    }

    private static IntegrationId id(int number) {
        return new IntegrationId("int_01JD9Z0000000000000000000" + number);
    }
}
