package dev.sea.integrations.testing;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Lets calls of the service fail for good, as they do after the SDK's last attempt, but at once: its pauses take up to five
 * seconds. What the SDK itself does with such answers is tested with {@link LocalAws#fault}.
 */
public final class Outage implements AutoCloseable {
    private static final Set<Outage> OUTAGES = ConcurrentHashMap.newKeySet();

    private final String kind;
    private final String service;
    private final Set<String> operations;
    private final String about;

    private Outage(String kind, String service, Set<String> operations, String about) {
        this.kind = kind;
        this.service = service;
        this.operations = operations;
        this.about = about;
    }

    /**
     * Until it is closed.
     *
     * @param kind {@code throttle}, {@code 500} or {@code reset}, as of {@link LocalAws#fault}
     * @param service as the SDK names it, such as {@code DynamoDb}
     * @param operations none for all
     * @param about a part of the requests that fail
     */
    public static Outage of(String kind, String service, Set<String> operations, String about) {
        Outage outage = new Outage(kind, service, operations, about);
        OUTAGES.add(outage);
        return outage;
    }

    @Override
    public void close() {
        OUTAGES.remove(this);
    }

    private SdkException failure() {
        return switch (kind) {
            case "throttle" -> answer(400, "ThrottlingException", "Rate exceeded");
            case "500" -> answer(500, "InternalServerError", "Internal server error");
            case "reset" -> SdkClientException.create("Unable to execute HTTP request: Connection reset");
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private AwsServiceException answer(int status, String code, String message) {
        return AwsServiceException.builder()
                .statusCode(status)
                .message(message)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .serviceName(service)
                        .build())
                .build();
    }

    /** Every SDK client in the tests has it (named in {@code execution.interceptors}). */
    public static final class Interceptor implements ExecutionInterceptor {
        @Override
        public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
            String service = attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME);
            String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
            Parked.stop(operation, context.request());
            for (Outage outage : OUTAGES) {
                if (outage.service.equals(service)
                        && (outage.operations.isEmpty() || outage.operations.contains(operation))
                        && context.request().toString().contains(outage.about)) {
                    throw outage.failure();
                }
            }
        }
    }
}
