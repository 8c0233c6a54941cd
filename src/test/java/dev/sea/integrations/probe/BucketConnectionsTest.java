package dev.sea.integrations.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.Deadline;
import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.aws.AccessKeyId;
import dev.sea.integrations.aws.AccountId;
import dev.sea.integrations.aws.AwsRegion;
import dev.sea.integrations.aws.BucketName;
import dev.sea.integrations.aws.KeyPrefix;
import dev.sea.integrations.aws.SecretAccessKey;
import dev.sea.integrations.client.RegionalClients;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.testing.Configured;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Each bucket is a host of its own, as in AWS. When a validation is over, it leaves no connection to it. */
class BucketConnectionsTest {
    private static final int BUCKETS = 60;
    private static final Duration AMPLE = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx();
    private final OpenConnections connections = new OpenConnections();

    /** How the buckets answer. */
    enum Answering {
        /** With all that is asked for. An upload has an answer without a body. */
        GIVEN,
        /** With an upload refused by its condition, since the object is there. */
        ALREADY_THERE,
        DENIED
    }

    /** Counts those that the buckets' servers see. */
    private static final class OpenConnections {
        private int opened;
        private int open;
        private CompletableFuture<Void> none = new CompletableFuture<>();

        synchronized void onOpened() {
            opened++;
            open++;
            none = new CompletableFuture<>();
        }

        synchronized void onClosed() {
            open--;
            if (open == 0) {
                none.complete(null);
            }
        }

        synchronized int open() {
            return open;
        }

        synchronized int opened() {
            return opened;
        }

        void awaitNone() throws InterruptedException, ExecutionException {
            CompletableFuture<Void> closed;
            synchronized (this) {
                closed = none;
            }
            try {
                closed.get(AMPLE.toSeconds(), TimeUnit.SECONDS);
            } catch (TimeoutException open) {
                assertThat(open()).as("connections still open").isZero();
            }
        }
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @EnumSource
    void areClosedWhenTheValidationIsOver(Answering answering) throws Exception {
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            validate(bucket(answering), true);
        }

        connections.awaitNone();
    }

    @Test
    void areClosedTooWhenTagsAreNotAskedFor() throws Exception {
        validate(bucket(Answering.GIVEN), false);

        connections.awaitNone();
    }

    /** Two of the three calls that read wait for a connection. The other takes the one that writing opened. */
    @Test
    void thatOfAnUploadIsUsedAgain() {
        validate(bucket(Answering.GIVEN), true);

        assertThat(connections.opened()).isEqualTo(5);
    }

    /** The calls of one validation: reading when writing is through. */
    private static void validate(RegionalClients clients, boolean tagsToo) {
        S3Calls s3 = calls(clients);
        try (ParallelCalls parallel = new ParallelCalls(Deadline.in(AMPLE))) {
            List<Pending<?>> first = List.of(
                    parallel.ask(s3::head), parallel.ask(s3::list), parallel.ask(() -> ObjectProbe.PUT.ask(s3, false)));
            first.forEach(Pending::await);
            List<Pending<?>> then = new ArrayList<>(
                    List.of(parallel.ask(() -> s3.get(false)), parallel.ask(() -> s3.getPresigned(false))));
            if (tagsToo) {
                then.add(parallel.ask(s3::tagging));
            }
            then.forEach(Pending::await);
        }
        clients.s3(new AwsRegion("us-east-1")).close();
    }

    private RegionalClients bucket(Answering answering) {
        HttpServer server = vertx.createHttpServer()
                .connectionHandler(connection -> {
                    connections.onOpened();
                    connection.closeHandler(_ -> connections.onClosed());
                })
                .requestHandler(request -> request.body().onSuccess(_ -> answer(request, answering)))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return new RegionalClients(
                Configured.only(Map.of("sea.local-aws.endpoint", "http://127.0.0.1:" + server.actualPort()))
                        .getConfigMapping(SeaConfig.class));
    }

    /** Lets the client keep each connection for an hour, so that none is closed only because it was idle. */
    private static void answer(HttpServerRequest request, Answering answering) {
        request.response().putHeader("Connection", "keep-alive").putHeader("Keep-Alive", "timeout=3600");
        request.response().putHeader("x-amz-request-id", "REQ1");
        boolean bodiless = request.method().name().equals("HEAD");
        boolean isUpload = request.method().name().equals("PUT");
        if (answering == Answering.DENIED) {
            request.response().setStatusCode(403).end(bodiless ? "" : "<Error><Code>AccessDenied</Code></Error>");
        } else if (isUpload && answering == Answering.ALREADY_THERE) {
            request.response().setStatusCode(412).end("<Error><Code>PreconditionFailed</Code></Error>");
        } else if (isUpload || bodiless) {
            request.response().putHeader("ETag", "\"e\"").end();
        } else {
            request.response().putHeader("ETag", "\"e\"").end(body(String.valueOf(request.query())));
        }
    }

    private static String body(String query) {
        if (query.contains("list-type")) {
            return "<ListBucketResult><Name>acme-recordings</Name></ListBucketResult>";
        }
        return query.contains("tagging") ? "<Tagging><TagSet></TagSet></Tagging>" : "content";
    }

    private static S3Calls calls(RegionalClients clients) {
        Target target = new Target(
                new AwsRegion("us-east-1"),
                new BucketName("acme-recordings"),
                KeyPrefix.NONE,
                Optional.empty(),
                Optional.empty());
        Session session = new Session(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIAIOSFODNN7EXAMPLE", "secret")),
                new AccountId("222233334444"),
                "arn:aws:iam::222233334444:user/any");
        Subject subject = new Subject(
                new Tenant("acme"),
                Optional.empty(),
                target,
                true,
                new PresentedAccess.Keys(
                        new AccessKeyId("AKIAIOSFODNN7EXAMPLE"),
                        new SecretAccessKey("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")),
                Optional.empty(),
                false);
        return new S3Calls(clients.s3(target.region()), target, BucketOwner.of(subject, session), true, session);
    }
}
