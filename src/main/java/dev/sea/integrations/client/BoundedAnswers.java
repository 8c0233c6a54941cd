package dev.sea.integrations.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.Abortable;
import software.amazon.awssdk.http.AbortableInputStream;

/**
 * Reads at most 512 KiB of an answer; the SDK alone would read all of it into memory. The longest that our calls ask for is a
 * list of 100 keys of 1,024 bytes, each encoded in three characters, with some 400 characters more for each. The others have
 * a few KiB. A call with a longer answer fails as if its connection had broken.
 */
final class BoundedAnswers implements ExecutionInterceptor {
    private static final int MOST = 512 * 1024;

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        return context.responseBody()
                .map(body -> AbortableInputStream.create(
                        new Bounded(body), body instanceof Abortable connection ? connection : () -> {}));
    }

    private static final class Bounded extends FilterInputStream {
        private int left = MOST;

        Bounded(InputStream body) {
            super(body);
        }

        @Override
        public int read() throws IOException {
            int octet = super.read();
            count(octet < 0 ? 0 : 1);
            return octet;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int read) throws IOException {
            left -= read;
            if (left < 0) {
                throw new IOException("an answer of more than " + MOST + " octets");
            }
        }
    }
}
