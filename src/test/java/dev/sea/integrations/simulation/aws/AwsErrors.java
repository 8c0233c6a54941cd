package dev.sea.integrations.simulation.aws;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.awscore.AwsResponseMetadata;
import software.amazon.awssdk.awscore.DefaultAwsResponseMetadata;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** Answers and errors as the SDK makes them of what AWS sends. */
public final class AwsErrors {
    /** All answers of the models have it: nothing depends on its value. */
    public static final String REQUEST_ID = "00000000-0000-4000-8000-000000000000";

    private static final int BAD_REQUEST = 400;
    /** S3's answers have it under the name of its header. */
    private static final AwsResponseMetadata METADATA =
            DefaultAwsResponseMetadata.create(Map.of("AWS_REQUEST_ID", REQUEST_ID, "x-amz-request-id", REQUEST_ID));

    private static final SdkHttpResponse OK =
            SdkHttpResponse.builder().statusCode(200).build();

    private AwsErrors() {}

    /** Gives an answer its request ID. */
    public static <B extends AwsResponse.Builder> B answer(B builder) {
        builder.responseMetadata(METADATA).sdkHttpResponse(OK);
        return builder;
    }

    /** Fills an exception's builder with what the SDK takes from an answer of status 400. */
    public static <B extends AwsServiceException.Builder> B with(
            B builder, @Nullable String code, @Nullable String message) {
        return with(builder, BAD_REQUEST, code, message);
    }

    public static <B extends AwsServiceException.Builder> B with(
            B builder, int status, @Nullable String code, @Nullable String message) {
        return with(builder, SdkHttpResponse.builder().statusCode(status).build(), code, message);
    }

    /**
     * The same with headers.
     *
     * @param answer with the headers that the caller may look at
     */
    public static <B extends AwsServiceException.Builder> B with(
            B builder, SdkHttpResponse answer, @Nullable String code, @Nullable String message) {
        builder.awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .sdkHttpResponse(answer)
                        .build())
                .statusCode(answer.statusCode())
                .requestId(REQUEST_ID);
        return builder;
    }

    /** DynamoDB's ValidationException, for which the SDK has no class. */
    public static AwsServiceException validation(String message) {
        return with(DynamoDbException.builder(), "ValidationException", message).build();
    }
}
