package dev.sea.integrations.client;

import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * The HTTP client of all calls to AWS (docs/adr/0014). If an attempt's time limit ends while the JDK's {@code HttpURLConnection}
 * is still writing the request, as on a slow machine, that class throws a {@code NullPointerException}, or a {@code
 * RuntimeException} around one. The SDK does not retry after that. It does after a broken connection, so such a call fails with a
 * {@link SocketException} here.
 */
final class JdkConnections implements SdkHttpClient {
    private static final String JDK_CLIENT = "sun.net.www.";

    private final SdkHttpClient http;

    JdkConnections(SdkHttpClient http) {
        this.http = http;
    }

    /** @param attempt how long the connection, and then each wait for octets, may take */
    static SdkHttpClient limited(Duration attempt) {
        return new JdkConnections(UrlConnectionHttpClient.builder()
                .connectionTimeout(attempt)
                .socketTimeout(attempt)
                .build());
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        ExecutableHttpRequest prepared = http.prepareRequest(request);
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                try {
                    return prepared.call();
                } catch (RuntimeException thrown) {
                    if (isLost(thrown)) {
                        throw broken(thrown);
                    }
                    throw thrown;
                }
            }

            @Override
            public void abort() {
                prepared.abort();
            }
        };
    }

    private static boolean isLost(RuntimeException thrown) {
        return isOfTheJdk(thrown) || (thrown.getClass() == RuntimeException.class && isOfTheJdk(thrown.getCause()));
    }

    private static boolean isOfTheJdk(@Nullable Throwable thrown) {
        return thrown instanceof NullPointerException
                && thrown.getStackTrace().length > 0
                && thrown.getStackTrace()[0].getClassName().startsWith(JDK_CLIENT);
    }

    private static IOException broken(RuntimeException thrown) {
        IOException broken = new SocketException("The JDK's HTTP client lost the connection.");
        broken.initCause(thrown);
        return broken;
    }

    @Override
    public String clientName() {
        return http.clientName();
    }

    @Override
    public void close() {
        http.close();
    }
}
