package dev.sea.integrations.simulation;

import dev.sea.integrations.simulation.Fault.Kind;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/**
 * A client of the SDK whose calls go to a model, each a step of the run: others may go on before it, and a fault may come
 * to it. What the SDK does on its own way, such as forms with a builder, is left to its interface.
 */
final class AwsCalls implements InvocationHandler {
    private final String service;
    private final Object model;
    private final Steps steps;
    /** Only these can meet a transaction. */
    private final Set<String> inTransactions = new HashSet<>();

    private AwsCalls(String service, Object model, Steps steps) {
        this.service = service;
        this.model = model;
        this.steps = steps;
    }

    /** What the run does around calls. */
    interface Steps {
        /** Lets others go on, and time pass. Tells which fault comes to the call. */
        Optional<Kind> before(String call, SdkRequest request);

        /** After AWS has done what was asked, or refused it. Checks what must hold after each step. */
        void done(String call, SdkRequest request, String answer);

        /** The process of the caller dies. Does not return. */
        void crash();

        /** Keeps a call that AWS will get later. */
        void later(Runnable call);
    }

    static <T> T client(Class<T> type, T model, Steps steps) {
        String service = type.getSimpleName().replace("Client", "");
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, new AwsCalls(service, model, steps)));
    }

    @Override
    public @Nullable Object invoke(Object client, Method method, Object @Nullable [] arguments) throws Throwable {
        Object first = arguments == null || arguments.length == 0 ? null : arguments[0];
        if (first instanceof Consumer || method.getName().endsWith("Paginator")) {
            return InvocationHandler.invokeDefault(client, method, arguments);
        }
        return first instanceof SdkRequest request ? step(request, method, arguments) : asked(method, arguments);
    }

    private @Nullable Object step(SdkRequest request, Method method, Object @Nullable [] arguments) throws Throwable {
        String call = service + "." + method.getName();
        Kind fault = steps.before(call, request).orElse(null);
        if (request instanceof TransactWriteItemsRequest) {
            Collections.addAll(inTransactions, Calls.subject(request).split(" \\+ ", -1));
        }
        // As the SDK does it: nothing is sent by a thread that nobody waits for any more.
        if (Thread.currentThread().isInterrupted()) {
            throw AbortedException.builder().message("Thread was interrupted").build();
        }
        switch (fault) {
            case null -> {}
            case THROTTLED -> throw answer("ThrottlingException", 400, "Rate exceeded");
            case SERVER_ERROR -> throw answer("InternalServerError", 500, "Internal server error");
            case NOT_SENT -> throw SdkClientException.create("Unable to execute HTTP request: Connection refused");
            case REFUSED -> {
                return refused(request);
            }
            case CRASH_BEFORE -> steps.crash();
            case LATE -> {
                steps.later(() -> lateCall(call, request, method, arguments));
                throw SdkClientException.create("Unable to execute HTTP request: Read timed out");
            }
            case REPEATED -> firstAttempt(call, request, method, arguments);
            case ANSWER_LOST, DONE_ALL_THE_SAME, CRASH_AFTER -> {
                firstAttempt(call, request, method, arguments);
                if (fault == Kind.CRASH_AFTER) {
                    steps.crash();
                }
                throw fault == Kind.ANSWER_LOST
                        ? SdkClientException.create("Unable to execute HTTP request: Read timed out")
                        : answer("InternalServerError", 500, "Internal server error");
            }
            case STALL -> {}
        }
        return done(call, request, method, arguments);
    }

    /** One whose answer nobody reads, whatever it is. */
    private void firstAttempt(String call, SdkRequest request, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            done(call, request, method, arguments);
        } catch (AwsServiceException unread) {
            // The SDK reads the answer of the next attempt only.
        }
    }

    private void lateCall(String call, SdkRequest request, Method method, Object @Nullable [] arguments) {
        try {
            firstAttempt(call + " (late)", request, method, arguments);
        } catch (Throwable broken) {
            throw new IllegalStateException(broken);
        }
    }

    private @Nullable Object done(String call, SdkRequest request, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            Object answer = asked(method, arguments);
            steps.done(call, request, "ok");
            return answer;
        } catch (AwsServiceException refused) {
            steps.done(call, request, refused.awsErrorDetails().errorCode());
            throw refused;
        }
    }

    private @Nullable Object asked(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(model, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    private Object refused(SdkRequest request) {
        return switch (service) {
            case "EventBridge" -> {
                int entries =
                        request instanceof PutEventsRequest put ? put.entries().size() : 0;
                yield PutEventsResponse.builder()
                        .failedEntryCount(entries)
                        .entries(Collections.nCopies(
                                entries,
                                PutEventsResultEntry.builder()
                                        .errorCode("InternalFailure")
                                        .build()))
                        .build();
            }
            case "DynamoDb" -> {
                if (request instanceof TransactWriteItemsRequest transaction) {
                    throw conflict(transaction.transactItems().size());
                }
                if (Calls.isWrite(request) && inTransactions.contains(Calls.subject(request))) {
                    throw TransactionConflictException.builder()
                            .message("Transaction is ongoing for the item")
                            .awsErrorDetails(details("TransactionConflictException", "Transaction is ongoing"))
                            .statusCode(400)
                            .build();
                }
                throw answer("ThrottlingException", 400, "Rate exceeded");
            }
            // The service's own account denies it nothing.
            case "SecretsManager" -> throw answer("ThrottlingException", 400, "Rate exceeded");
            default -> throw answer("AccessDenied", 403, "Access Denied");
        };
    }

    /** Another write has the first item. */
    private TransactionCanceledException conflict(int items) {
        List<CancellationReason> reasons = new ArrayList<>(Collections.nCopies(
                items, CancellationReason.builder().code("None").build()));
        reasons.set(0, CancellationReason.builder().code("TransactionConflict").build());
        return TransactionCanceledException.builder()
                .cancellationReasons(reasons)
                .message("Transaction cancelled")
                .awsErrorDetails(details("TransactionCanceledException", "Transaction cancelled"))
                .statusCode(400)
                .build();
    }

    private AwsServiceException answer(String code, int status, String message) {
        return AwsServiceException.builder()
                .awsErrorDetails(details(code, message))
                .message(message)
                .statusCode(status)
                .requestId("simulated")
                .build();
    }

    private AwsErrorDetails details(String code, String message) {
        return AwsErrorDetails.builder()
                .errorCode(code)
                .errorMessage(message)
                .serviceName(service)
                .build();
    }
}
