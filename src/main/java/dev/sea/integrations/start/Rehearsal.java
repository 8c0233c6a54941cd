package dev.sea.integrations.start;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.aws.AwsRegion;
import dev.sea.integrations.client.RegionalClients;
import io.quarkus.amazon.lambda.runtime.AmazonLambdaRecorder;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a function does all day, done once for nobody, so that its code is loaded and compiled and its clients are there.
 * Only reads, and of the customers' accounts nothing: clients for them are made, and not used.
 */
@ApplicationScoped
public class Rehearsal {
    /** Enough for the compiler to take notice: it compiles what ran 200 times, and a request runs most code repeatedly. */
    private static final int ROUNDS = 50;

    /** The page among them: its files are joined when first asked for. */
    private static final List<String> PATHS = List.of("/v1/integrations", "/v1/settings", "/");

    private final SeaConfig config;
    private final RegionalClients clients;

    public Rehearsal(SeaConfig config, RegionalClients clients) {
        this.config = config;
        this.clients = clients;
    }

    /**
     * Answers each request some times over.
     *
     * @throws IOException when a request could not be made at all; one that AWS failed is answered with a problem
     */
    public void run() throws IOException {
        AwsRegion region = new AwsRegion(config.region());
        clients.s3(region);
        clients.kms(region);
        clients.sts(region.id());
        // Nobody waits for a sweep, and it has nothing to answer that only reads.
        int rounds = config.function() == SeaConfig.Function.SWEEP ? 0 : ROUNDS;
        for (int round = 0; round < rounds; round++) {
            for (String path : PATHS) {
                request(path);
            }
        }
    }

    /** As the gateway would have sent it for an administrator of a tenant that has nothing. */
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
