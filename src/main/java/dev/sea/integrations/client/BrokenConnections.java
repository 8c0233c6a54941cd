package dev.sea.integrations.client;

import java.io.UncheckedIOException;
import java.net.SocketException;
import java.util.Arrays;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Treats an answer that is no HTTP as a broken connection. The HTTP client throws an exception that the SDK does not know, and
 * so passes on: an {@link UncheckedIOException} or, for an answer without a body, an {@link IllegalArgumentException} about the
 * status.
 *
 * <p>Every client uses this, since {@code software/amazon/awssdk/global/handlers/execution.interceptors} names it. The SDK
 * does not retry such a call.
 */
public final class BrokenConnections implements ExecutionInterceptor {
    private static final String SDK_CLIENT = "software.amazon.awssdk.http.urlconnection.";

    /**
     * Returns the exception as it is, if it is not of the HTTP client.
     *
     * @throws SdkClientException in its place otherwise. The SDK accepts no replacement of another class
     */
    @Override
    public Throwable modifyException(Context.FailedExecution context, ExecutionAttributes attributes) {
        Throwable thrown = context.exception();
        if (isOfTheHttpClient(thrown)) {
            throw SdkClientException.create(
                    "The connection broke, or the answer is no HTTP.",
                    new SocketException("The HTTP client lost it.").initCause(thrown));
        }
        return thrown;
    }

    private static boolean isOfTheHttpClient(Throwable thrown) {
        return switch (thrown) {
            case UncheckedIOException _ -> true;
            case IllegalArgumentException _ ->
                Arrays.stream(thrown.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().startsWith(SDK_CLIENT));
            default -> false;
        };
    }
}
