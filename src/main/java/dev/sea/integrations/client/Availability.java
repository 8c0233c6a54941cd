package dev.sea.integrations.client;

import dev.sea.integrations.problem.Unavailable;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/**
 * Makes calls to the service's own storage (DynamoDB, Secrets Manager). If one was throttled or timed out, or AWS answered with
 * status 500 or above, that is {@link Unavailable} and worth another try. Any other failure is a mistake of ours and is thrown
 * as it is.
 */
public final class Availability {
    private static final int SERVER_ERROR = 500;

    private Availability() {}

    /**
     * Makes a call that must succeed.
     *
     * @throws Unavailable if it may succeed later
     */
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
            // There was no answer at all: a timeout or a broken connection.
            case SdkClientException _ -> true;
            default -> false;
        };
    }
}
