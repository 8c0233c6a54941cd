package dev.sea.integrations.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sea.integrations.problem.Unavailable;
import java.net.SocketException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class BrokenConnectionsTest {

    @Test
    void aConnectionThatTheJdkLosesIsOneThatBroke() {
        assertThat(catchThrowable(() -> call(new RuntimeException(nullPointerIn("sun.net.www.http.HttpClient")))))
                .isInstanceOf(SdkClientException.class)
                .hasCauseInstanceOf(SocketException.class);
    }

    /** Seen on a busy machine, while a request was sent. */
    @Test
    void aConnectionThatIsLostWhileTheRequestIsSentBrokeToo() {
        assertThat(catchThrowable(() -> call(nullPointerIn("sun.net.www.protocol.http.HttpURLConnection"))))
                .isInstanceOf(SdkClientException.class)
                .hasCauseInstanceOf(SocketException.class);
    }

    @Test
    void itMakesTheServiceUnavailableAndIsNoFaultOfIts() {
        assertThatThrownBy(() -> Availability.required(
                        () -> call(new RuntimeException(nullPointerIn("sun.net.www.http.HttpClient")))))
                .isInstanceOf(Unavailable.class);
    }

    @Test
    void aMistakeOfOurOwnStaysOne() {
        RuntimeException ours = new RuntimeException(nullPointerIn("dev.sea.integrations.Somewhere"));

        assertThat(catchThrowable(() -> call(ours))).isSameAs(ours);
        NullPointerException bare = nullPointerIn("dev.sea.integrations.Somewhere");
        assertThat(catchThrowable(() -> call(bare))).isSameAs(bare);
    }

    private static NullPointerException nullPointerIn(String className) {
        NullPointerException thrown = new NullPointerException("because \"this.http\" is null");
        thrown.setStackTrace(new StackTraceElement[] {new StackTraceElement(className, "getInputStream", null, 1)});
        return thrown;
    }

    /** A call over an HTTP client that throws this. */
    private static Object call(RuntimeException thrown) {
        try (DynamoDbClient client = DynamoDbClient.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClient(new Losing(thrown))
                .build()) {
            return client.listTables();
        }
    }

    private record Losing(RuntimeException thrown) implements SdkHttpClient {

        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            return new ExecutableHttpRequest() {
                @Override
                public HttpExecuteResponse call() {
                    throw thrown;
                }

                @Override
                public void abort() {}
            };
        }

        @Override
        public void close() {}
    }
}
