package dev.sea.integrations.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.InterceptorContext;
import software.amazon.awssdk.http.Abortable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;

class BoundedAnswersTest {
    private static final int MOST = 512 * 1024;
    private static final int BUFFER = 64 * 1024;

    @Test
    void anAnswerWithoutEndIsReadNoFurtherThanAnyOfAws() {
        Endless endless = new Endless();

        assertThatThrownBy(() -> bounded(endless).readAllBytes())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("524288");
        assertThat(endless.read).isBetween(MOST, MOST + BUFFER);
    }

    @Test
    void whatAwsAnswersIsReadWhole() throws IOException {
        byte[] answer = new byte[MOST];

        assertThat(bounded(new ByteArrayInputStream(answer)).readAllBytes()).isEqualTo(answer);
    }

    /** Past a deadline, the SDK lets the connection go by way of the answer's body. */
    @Test
    void theConnectionCanStillBeBrokenOff() {
        AtomicBoolean aborted = new AtomicBoolean();
        InputStream body = bounded(AbortableInputStream.create(new Endless(), () -> aborted.set(true)));

        ((Abortable) body).abort();

        assertThat(aborted).isTrue();
    }

    private static InputStream bounded(InputStream body) {
        InterceptorContext answered = InterceptorContext.builder()
                .request(ListObjectsV2Request.builder().build())
                .responseBody(body)
                .build();
        return new BoundedAnswers()
                .modifyHttpResponseContent(answered, new ExecutionAttributes())
                .orElseThrow();
    }

    private static final class Endless extends InputStream {
        private int read;

        @Override
        public int read() {
            read++;
            return ' ';
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            read += length;
            return length;
        }
    }
}
