package dev.sea.integrations.client;

import dev.sea.integrations.problem.Unavailable;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/**
 * Calls to the service's own storage (DynamoDB, Secrets Manager): one that was throttled, timed out or met AWS's own
 * error is {@link Unavailable}, to be tried again. What else AWS refuses is a mistake of ours and passes as it is.
 */
public final class Availability {
    private static final int SERVER_ERROR = 500;

    private Availability() {}

    public static <T> T required(Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException failure) {
            if (mayPass(failure)) {
                throw new Unavailable(failure);
            }
            throw failure;
        }
    }

    private static boolean mayPass(SdkException failure) {
        return switch (failure) {
            case SdkServiceException answer -> answer.isThrottlingException() || answer.statusCode() >= SERVER_ERROR;
            // No answer at all: time-outs, broken connections.
            case SdkClientException _ -> true;
            default -> false;
        };
    }
}
