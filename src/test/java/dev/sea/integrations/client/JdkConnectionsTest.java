package dev.sea.integrations.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sea.integrations.problem.Unavailable;
import java.io.ByteArrayInputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class JdkConnectionsTest {

    /** As seen on busy machines, while an answer was read and while a request was sent. */
    static Stream<RuntimeException> lost() {
        return Stream.of(
                new RuntimeException(nullPointerIn("sun.net.www.http.HttpClient")),
                nullPointerIn("sun.net.www.protocol.http.HttpURLConnection"));
    }

    @ParameterizedTest
    @MethodSource("lost")
    void aCallWhoseConnectionTheJdkLosesIsMadeOnceMore(RuntimeException thrown) {
        Losing http = new Losing(thrown, 1);

        assertThat(call(http)).containsExactly("table");
        assertThat(http.calls).hasValue(2);
    }

    @ParameterizedTest
    @MethodSource("lost")
    void whereItLosesEachTheConnectionBrokeAndAwsIsUnavailable(RuntimeException thrown) {
        assertThat(catchThrowable(() -> call(new Losing(thrown, 2))))
                .isInstanceOf(SdkClientException.class)
                .hasCauseInstanceOf(SocketException.class);
        assertThatThrownBy(() -> Availability.required(() -> call(new Losing(thrown, 2))))
                .isInstanceOf(Unavailable.class);
    }

    @Test
    void aMistakeOfOurOwnStaysOne() {
        RuntimeException ours = new RuntimeException(nullPointerIn("dev.sea.integrations.Somewhere"));
        NullPointerException bare = nullPointerIn("dev.sea.integrations.Somewhere");

        assertThat(catchThrowable(() -> call(new Losing(ours, 1)))).isSameAs(ours);
        assertThat(catchThrowable(() -> call(new Losing(bare, 1)))).isSameAs(bare);
    }

    private static NullPointerException nullPointerIn(String className) {
        NullPointerException thrown = new NullPointerException("because \"this.http\" is null");
        thrown.setStackTrace(new StackTraceElement[] {new StackTraceElement(className, "getInputStream", null, 1)});
        return thrown;
    }

    /** A call of two attempts. */
    private static Iterable<String> call(SdkHttpClient http) {
        try (DynamoDbClient client = DynamoDbClient.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .overrideConfiguration(limits -> limits.retryStrategy(retries -> retries.maxAttempts(2)))
                .httpClient(new JdkConnections(http))
                .build()) {
            return client.listTables().tableNames();
        }
    }

    /** Answers, but first throws so many times. */
    private record Losing(RuntimeException thrown, int times, AtomicInteger calls) implements SdkHttpClient {
        Losing(RuntimeException thrown, int times) {
            this(thrown, times, new AtomicInteger());
        }

        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            return new ExecutableHttpRequest() {
                @Override
                public HttpExecuteResponse call() {
                    if (calls.incrementAndGet() <= times) {
                        throw thrown;
                    }
                    byte[] tables = "{\"TableNames\": [\"table\"]}".getBytes(StandardCharsets.UTF_8);
                    return HttpExecuteResponse.builder()
                            .response(SdkHttpResponse.builder()
                                    .statusCode(200)
                                    .putHeader("Content-Type", "application/x-amz-json-1.0")
                                    .build())
                            .responseBody(AbortableInputStream.create(new ByteArrayInputStream(tables)))
                            .build();
                }

                @Override
                public void abort() {}
            };
        }

        @Override
        public void close() {}
    }
}
