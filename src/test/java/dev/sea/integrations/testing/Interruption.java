package dev.sea.integrations.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Makes the n-th call of the service to its own storage or event bus go wrong. Every SDK client in the tests has it
 * (named in {@code execution.interceptors}). It does nothing until a test runs something under it.
 */
public final class Interruption implements ExecutionInterceptor {

    /** What goes wrong. */
    public enum Kind {
        /**
         * The process dies before the call. Neither this call nor a later one is made, and nothing is caught or
         * undone.
         */
        CRASH,
        /** The call and its retries fail before anything is done. Later calls work. */
        REFUSED,
        /** The call is carried out, but its answer and those of its retries are lost. Later calls work. */
        LOST,
        /** The call is carried out and its answer is lost. The SDK retries it and finds its own work. */
        REPEATED
    }

    /** The process ends. Nobody catches an Error. */
    public static final class Crash extends Error {
        private static final long serialVersionUID = 1;
    }

    private static final class Plan {
        private final Kind kind;
        private final int at;
        private final List<String> calls = new ArrayList<>();
        private final List<LocalAws.Fault> faults = new ArrayList<>();

        Plan(Kind kind, int at) {
            this.kind = kind;
            this.at = at;
        }

        synchronized int next(String call) {
            calls.add(call);
            return calls.size();
        }
    }

    /**
     * The outcome.
     *
     * @param result null if it failed
     * @param calls to the service's storage and bus, failed ones included
     */
    public record Outcome<T>(@Nullable T result, @Nullable Throwable failure, List<String> calls) {}

    /** The service's own storage as the local AWS names it. Calls to customers' accounts are left alone. */
    private static final Map<String, String> LOCAL_NAMES =
            Map.of("DynamoDb", "dynamodb", "SecretsManager", "secretsmanager", "EventBridge", "events");

    private static final AtomicReference<@Nullable Plan> PLAN = new AtomicReference<>();
    private static final ExecutionAttribute<Integer> NUMBER = new ExecutionAttribute<>("sea.test.call");

    /** Runs something, and makes its n-th call go wrong. With n = 0 none does. */
    public static <T> Outcome<T> at(int n, Kind kind, Callable<T> work) {
        Plan plan = new Plan(kind, n);
        PLAN.set(plan);
        try {
            return new Outcome<>(work.call(), null, plan.calls);
        } catch (Throwable failure) {
            return new Outcome<>(null, failure, plan.calls);
        } finally {
            PLAN.set(null);
            plan.faults.forEach(LocalAws.Fault::close);
        }
    }

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        Plan plan = PLAN.get();
        String service = attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME);
        if (plan == null || !LOCAL_NAMES.containsKey(service)) {
            return;
        }
        String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
        int number = plan.next(service + " " + operation);
        attributes.putAttribute(NUMBER, number);
        if (plan.at == 0) {
            return;
        }
        if (plan.kind == Kind.CRASH && number >= plan.at) {
            throw new Crash();
        }
        if (plan.kind == Kind.REFUSED && number == plan.at) {
            throw SdkClientException.create("no answer, and nothing done");
        }
        if (plan.kind == Kind.REPEATED && number == plan.at) {
            String local = LOCAL_NAMES.getOrDefault(service, "");
            plan.faults.add(LocalAws.fault("lost-answer", local, operation, Map.of(), 1));
        }
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        Plan plan = PLAN.get();
        Integer number = attributes.getAttribute(NUMBER);
        if (plan != null && plan.kind == Kind.LOST && number != null && number == plan.at) {
            throw SdkClientException.create("done, and the answer lost");
        }
    }
}
