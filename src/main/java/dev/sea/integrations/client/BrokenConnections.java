package dev.sea.integrations.client;

import java.io.UncheckedIOException;
import java.net.SocketException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Treats as a broken connection whatever the HTTP client throws beside the exceptions that the SDK knows, and passes on as they
 * are:
 *
 * <ul>
 *   <li>where the answer is no HTTP, an {@link UncheckedIOException} or, for an answer without a body, an {@link
 *       IllegalArgumentException} about the status;
 *   <li>where the JDK's {@code HttpURLConnection} loses a connection at the wrong moment, as on a machine without memory or
 *       time: its own {@code NullPointerException}, or a {@code RuntimeException} around one.
 * </ul>
 *
 * Every client uses this, since {@code software/amazon/awssdk/global/handlers/execution.interceptors} names it. Such a call is
 * not made again.
 */
public final class BrokenConnections implements ExecutionInterceptor {
    private static final String JDK_CLIENT = "sun.net.www.";
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
            case SdkException _ -> false;
            case UncheckedIOException _ -> true;
            case IllegalArgumentException _ ->
                Arrays.stream(thrown.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().startsWith(SDK_CLIENT));
            case NullPointerException _ -> isOfTheJdk(thrown);
            default -> thrown.getClass() == RuntimeException.class && isOfTheJdk(thrown.getCause());
        };
    }

    private static boolean isOfTheJdk(@Nullable Throwable cause) {
        return cause instanceof NullPointerException
                && cause.getStackTrace().length > 0
                && cause.getStackTrace()[0].getClassName().startsWith(JDK_CLIENT);
    }
}
