package dev.sea.integrations.simulation;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** Errors as the SDK throws them for answers of AWS. */
final class AwsErrors {
    /** All answers of the models have it: nothing depends on its value. */
    static final String REQUEST_ID = "00000000-0000-4000-8000-000000000000";

    private static final int BAD_REQUEST = 400;

    private AwsErrors() {}

    /** Fills an exception's builder with what the SDK takes from an answer of status 400. */
    static <B extends AwsServiceException.Builder> B with(B builder, String code, String message) {
        return with(builder, BAD_REQUEST, code, message);
    }

    static <B extends AwsServiceException.Builder> B with(B builder, int status, String code, String message) {
        return with(builder, SdkHttpResponse.builder().statusCode(status).build(), code, message);
    }

    /** @param answer with the headers that the caller may look at */
    static <B extends AwsServiceException.Builder> B with(
            B builder, SdkHttpResponse answer, String code, String message) {
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
    static AwsServiceException validation(String message) {
        return with(DynamoDbException.builder(), "ValidationException", message).build();
    }
}
