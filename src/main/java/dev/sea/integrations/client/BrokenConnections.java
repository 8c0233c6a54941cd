package dev.sea.integrations.client;

import java.net.SocketException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Treats as a broken connection what the JDK's {@code HttpURLConnection} throws when it loses one at the wrong moment, as on a
 * machine without memory: a {@code RuntimeException} around its own {@code NullPointerException}. The SDK would pass that on as
 * it is. Every client uses this, since {@code software/amazon/awssdk/global/handlers/execution.interceptors} names it.
 */
public final class BrokenConnections implements ExecutionInterceptor {
    private static final String JDK_CLIENT = "sun.net.www.";

    @Override
    public Throwable modifyException(Context.FailedExecution context, ExecutionAttributes attributes) {
        Throwable thrown = context.exception();
        // Of no other class: the SDK requires the replacement to be of the class of what it replaces.
        return thrown.getClass() == RuntimeException.class && isOfTheJdk(thrown.getCause())
                ? SdkClientException.create(
                        "The connection broke.",
                        new SocketException("The JDK's HTTP client lost it.").initCause(thrown))
                : thrown;
    }

    private static boolean isOfTheJdk(@Nullable Throwable cause) {
        return cause instanceof NullPointerException
                && cause.getStackTrace().length > 0
                && cause.getStackTrace()[0].getClassName().startsWith(JDK_CLIENT);
    }
}
