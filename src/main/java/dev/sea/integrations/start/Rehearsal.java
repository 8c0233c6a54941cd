package dev.sea.integrations.start;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.aws.AwsRegion;
import dev.sea.integrations.client.AwsConfig;
import dev.sea.integrations.client.RegionalClients;
import io.quarkus.amazon.lambda.runtime.AmazonLambdaRecorder;
import io.quarkus.runtime.PreloadClassesRecorder;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Runs the function's most common requests before SnapStart takes its snapshot, so that the snapshot has the code loaded and
 * compiled and the clients made. The requests only read. Clients for customers' accounts are made but not used.
 */
@ApplicationScoped
public class Rehearsal {
    /** Enough for the JIT compiler, which compiles what ran 200 times: a request runs most of its code several times. */
    private static final int ROUNDS = 50;

    /** Includes the page, whose files are joined on its first request. */
    private static final List<String> PATHS = List.of("/v1/integrations", "/v1/settings", "/");

    private final SeaConfig config;
    private final AwsConfig aws;
    private final RegionalClients clients;

    public Rehearsal(SeaConfig config, AwsConfig aws, RegionalClients clients) {
        this.config = config;
        this.aws = aws;
        this.clients = clients;
    }

    /**
     * Loads the application's classes, makes the clients, and runs each request {@value #ROUNDS} times.
     *
     * @throws IOException when a request could not be run; a failure of AWS is an answer, not an exception
     */
    public void run() throws IOException {
        // Also of the requests that are not rehearsed.
        PreloadClassesRecorder.preloadClasses(true);
        AwsRegion region = new AwsRegion(aws.region());
        clients.s3(region);
        clients.kms(region);
        clients.sts(region.id());
        // Nobody waits for a sweep, and the sweep function has no request that only reads.
        int rounds = config.function() == SeaConfig.Function.SWEEP ? 0 : ROUNDS;
        for (int round = 0; round < rounds; round++) {
            for (String path : PATHS) {
                request(path);
            }
        }
    }

    /** Runs a request as if the gateway had sent it for an administrator of a tenant without integrations. */
    private void request(String path) throws IOException {
        String event = """
                {"version": "2.0", "rawPath": "%1$s", "rawQueryString": "", "headers": {"accept": "application/json"},
                 "requestContext": {"apiId": "rehearsal", "requestId": "rehearsal",
                   "http": {"method": "GET", "path": "%1$s", "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1"},
                   "authorizer": {"jwt": {"claims":
                     {"sub": "rehearsal", "%2$s": "rehearsal", "%3$s": "[SEA_SYSTEM_ADMIN]"}}}},
                 "isBase64Encoded": false}""".formatted(
                        path, config.security().tenantClaim(), config.security().rolesClaim());
        AmazonLambdaRecorder.handle(
                new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), new ByteArrayOutputStream(), null);
    }
}
