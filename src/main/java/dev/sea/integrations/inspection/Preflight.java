package dev.sea.integrations.inspection;

import dev.sea.integrations.integration.Target;
import dev.sea.integrations.probe.S3Calls;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The question that a browser asks a bucket before it plays a recording on a page of another origin: whether that page may send
 * a GET with the header {@code Range}. S3 answers it to anybody, from the bucket's CORS rules alone.
 *
 * <p>The SDK has no such call, and its HTTP client, the JDK's {@code HttpURLConnection}, sends no {@code Origin} unless the
 * whole process may send any header. So this is the one call by {@link HttpClient}. Its client lives as long as the call, since
 * it would keep the connection for half a minute, and a sweep calls as many hosts as there are buckets (docs/adr/0014).
 *
 * @param origin of the page, as a browser sends it
 * @param timeout until S3's answer has begun
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/RESTOPTIONSobject.html">OPTIONS object</a>
 * @see <a href="https://fetch.spec.whatwg.org/#cors-preflight-fetch">Fetch, CORS-preflight fetch</a>
 */
public record Preflight(String origin, Duration timeout) {
    private static final String METHOD = "GET";
    private static final String HEADER = "range";
    private static final String ANY = "*";

    private static final int OK = 200;
    private static final int FORBIDDEN = 403;
    private static final String REFUSAL = "<Code>AccessForbidden</Code>";
    private static final int MOST_READ = 4096;

    /**
     * Whether the page may play the object that validations leave in the bucket; empty if S3 did not say.
     *
     * @param s3 a client without credentials, which is asked for the bucket's URL only
     */
    Optional<Boolean> isAllowed(S3Client s3, Target target) {
        HttpRequest question = question(URI.create(s3.utilities()
                .getUrl(object -> object.bucket(target.bucket().value()).key(S3Calls.key(target)))
                .toString()));
        try (HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .build()) {
            try {
                return judged(http.send(question, HttpResponse.BodyHandlers.ofInputStream()));
            } finally {
                http.shutdownNow();
            }
        } catch (IOException nothingLearned) {
            return Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private HttpRequest question(URI object) {
        return HttpRequest.newBuilder(object)
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .timeout(timeout)
                .header("Origin", origin)
                .header("Access-Control-Request-Method", METHOD)
                .header("Access-Control-Request-Headers", HEADER)
                .build();
    }

    private Optional<Boolean> judged(HttpResponse<InputStream> answer) throws IOException {
        try (InputStream body = answer.body()) {
            // All of AWS's answers have a request ID.
            if (answer.headers().firstValue("x-amz-request-id").isEmpty()) {
                return Optional.empty();
            }
            return switch (answer.statusCode()) {
                case OK -> letsThePageRead(answer.headers());
                case FORBIDDEN -> isRefusal(body) ? Optional.of(false) : Optional.empty();
                default -> Optional.empty();
            };
        }
    }

    /** S3 answers so to whatever no rule allows, and without any rule. */
    private static boolean isRefusal(InputStream body) throws IOException {
        return new String(body.readNBytes(MOST_READ), StandardCharsets.UTF_8).contains(REFUSAL);
    }

    /** Empty if this is no answer to the question. */
    private Optional<Boolean> letsThePageRead(HttpHeaders headers) {
        List<String> origins = listed(headers, "access-control-allow-origin");
        return origins.isEmpty()
                ? Optional.empty()
                : Optional.of((origins.contains(ANY) || origins.contains(origin))
                        && listed(headers, "access-control-allow-methods").contains(METHOD.toLowerCase(Locale.ROOT))
                        && listed(headers, "access-control-allow-headers").contains(HEADER));
    }

    private static List<String> listed(HttpHeaders headers, String name) {
        return headers.allValues(name).stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .map(each -> each.strip().toLowerCase(Locale.ROOT))
                .toList();
    }
}
