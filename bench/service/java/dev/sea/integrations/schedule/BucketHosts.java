package dev.sea.integrations.schedule;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Gives buckets of certain names a host each, as S3 does: an address of this machine (127.0.0.0/8, on Linux). S3's clients use
 * this, since {@code software/amazon/awssdk/services/s3/execution.interceptors} names it.
 */
public final class BucketHosts implements ExecutionInterceptor {
    private static final String START_OF_NAME = "bench-host-";
    private static final int ADDRESSES = 250;

    static String bucket(int number) {
        return START_OF_NAME + number;
    }

    @Override
    public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
        String bucket = context.httpRequest().encodedPath().split("/", -1)[1];
        if (!bucket.startsWith(START_OF_NAME)) {
            return context.httpRequest();
        }
        int number = Integer.parseInt(bucket.substring(START_OF_NAME.length()));
        String host = "127.1.%d.%d".formatted(number / ADDRESSES, number % ADDRESSES + 1);
        return context.httpRequest().toBuilder().host(host).build();
    }
}
