package dev.sea.integrations.testing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Holds back the upload of the next validation until all that is read beside it has been answered. A validation that reads
 * nothing before it has written is held for as long as possible.
 */
public final class HeldUpload implements AutoCloseable {
    private static final Set<String> OF_THE_KEY = Set.of("Encrypt", "GenerateDataKey");

    private final Customer customer;
    private final boolean full;
    private final long since = System.currentTimeMillis();
    private final Held held;

    private HeldUpload(Customer customer, boolean full) {
        this.customer = customer;
        this.full = full;
        held = Held.until(
                LocalAws.delay(Held.SECONDS_AT_MOST, "s3", "PutObject", Map.of("bucket", customer.name("bucket")), 1),
                this::isAllAnswered);
    }

    /** Until it is closed. */
    public static HeldUpload of(Customer customer, boolean full) {
        return new HeldUpload(customer, full);
    }

    private boolean isAllAnswered() {
        List<LocalAws.Call> calls = calls();
        List<LocalAws.Call> reads = calls.stream()
                .filter(call -> call.operation().equals("GetObject"))
                .toList();
        Optional<LocalAws.Call> signed =
                reads.stream().filter(call -> !call.isPresigned()).findFirst();
        // The object's answer names its key.
        boolean needsKey = signed.filter(read -> read.status() == 200).isPresent() && hasKey();
        return signed.isPresent()
                && (!full || reads.stream().anyMatch(LocalAws.Call::isPresigned))
                && calls.stream().anyMatch(call -> call.operation().equals("GetObjectTagging"))
                && (!needsKey
                        || OF_THE_KEY.stream()
                                .allMatch(operation -> calls.stream()
                                        .anyMatch(call -> call.operation().equals(operation))));
    }

    /**
     * The signed calls to the bucket and its key that have been answered so far, in the order in which they began. What is
     * asked without a signature is for advice: it waits for nothing, and nothing for it.
     */
    public List<LocalAws.Call> calls() {
        List<LocalAws.Call> calls = new ArrayList<>(LocalAws.calls(since, Map.of("bucket", customer.name("bucket"))));
        if (hasKey()) {
            calls.addAll(LocalAws.calls(since, Map.of("keyId", customer.name("keyArn"))));
        }
        calls.removeIf(LocalAws.Call::isUnsigned);
        calls.sort(Comparator.comparingDouble(LocalAws.Call::start));
        return calls;
    }

    private boolean hasKey() {
        return customer.names().containsKey("keyArn");
    }

    @Override
    public void close() {
        held.close();
    }
}
