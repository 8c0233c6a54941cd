package dev.sea.integrations.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.testing.Gateway;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.quarkus.netty.runtime.virtual.VirtualChannel;
import io.quarkus.netty.runtime.virtual.VirtualClientConnection;
import io.quarkus.netty.runtime.virtual.VirtualResponseHandler;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import java.lang.reflect.Field;
import java.util.AbstractQueue;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Lambda thread sends at the worst moment: after the event loop found the buffer empty, and before it waits. */
@QuarkusTest
class RequestServerTest {
    private static final List<String> PARTS = List.of("head", "end");
    private static final int PATIENCE_SECONDS = 20;

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void theServerReadsWhatIsSentAsItBeginsToWait(int sentBefore) throws Exception {
        Gateway.admin(Gateway.freshTenant()).get("/v1/integrations");
        CompletableFuture<Void> prepared = new CompletableFuture<>();
        acceptingLoop().execute(prepared::join);
        VirtualClientConnection<?> connection = connect();
        Received received = new Received();
        connection.peer().pipeline().addFirst(received);
        HeldBuffer buffer = HeldBuffer.of(connection.peer(), sentBefore);
        prepared.complete(null);
        EventLoop loop = get(received.loop);

        for (String part : PARTS.subList(0, sentBefore)) {
            idle(loop);
            connection.sendMessage(part);
        }
        get(CompletableFuture.anyOf(buffer.foundEmpty, afterAll(loop)));
        PARTS.subList(sentBefore, PARTS.size()).forEach(connection::sendMessage);
        buffer.sent.complete(null);

        try {
            for (String part : PARTS) {
                assertThat(received.parts.poll(PATIENCE_SECONDS, TimeUnit.SECONDS))
                        .as("the server read it")
                        .isEqualTo(part);
            }
            idle(loop);
            assertThat(received.parts).isEmpty();
        } finally {
            connection.close();
        }
    }

    private static VirtualClientConnection<?> connect() {
        return VirtualClientConnection.connect(new NoAnswer(), VertxHttpRecorder.VIRTUAL_HTTP);
    }

    private static EventLoop acceptingLoop() throws Exception {
        VirtualClientConnection<?> connection = connect();
        Received received = new Received();
        connection.peer().pipeline().addFirst(received);
        get(received.loop);
        connection.close();
        return connection.peer().parent().eventLoop();
    }

    private static void idle(EventLoop loop) throws Exception {
        get(afterAll(loop));
    }

    private static CompletableFuture<Void> afterAll(EventLoop loop) {
        return CompletableFuture.runAsync(() -> {}, loop);
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Keeps what the server reads to itself, so the parts need not be HTTP. */
    private static final class Received extends ChannelInboundHandlerAdapter {
        final CompletableFuture<EventLoop> loop = new CompletableFuture<>();
        final BlockingQueue<Object> parts = new LinkedBlockingQueue<>();

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            loop.complete(context.channel().eventLoop());
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object part) {
            parts.add(part);
        }
    }

    private static final class NoAnswer implements VirtualResponseHandler {
        @Override
        public void handleMessage(Object part) {}

        @Override
        public void close() {}
    }

    /** Holds the event loop that found the buffer empty until the rest was sent. */
    private static final class HeldBuffer extends AbstractQueue<Object> {
        final CompletableFuture<Void> foundEmpty = new CompletableFuture<>();
        final CompletableFuture<Void> sent = new CompletableFuture<>();
        private final Queue<Object> buffer;
        private final VirtualChannel channel;
        private int passes;

        private HeldBuffer(Queue<Object> buffer, VirtualChannel channel, int passes) {
            this.buffer = buffer;
            this.channel = channel;
            this.passes = passes;
        }

        /** @param passes how often the event loop may find the buffer empty before it is held */
        @SuppressWarnings("unchecked")
        static HeldBuffer of(VirtualChannel channel, int passes) throws ReflectiveOperationException {
            Field field = VirtualChannel.class.getDeclaredField("inboundBuffer");
            field.setAccessible(true);
            HeldBuffer held = new HeldBuffer((Queue<Object>) field.get(channel), channel, passes);
            field.set(channel, held);
            return held;
        }

        @Override
        public boolean isEmpty() {
            boolean empty = buffer.isEmpty();
            if (empty && channel.eventLoop().inEventLoop() && passes-- == 0) {
                foundEmpty.complete(null);
                sent.join();
            }
            return empty;
        }

        @Override
        public boolean offer(Object part) {
            return buffer.offer(part);
        }

        @Override
        public @Nullable Object poll() {
            return buffer.poll();
        }

        @Override
        public @Nullable Object peek() {
            return buffer.peek();
        }

        @Override
        public int size() {
            return buffer.size();
        }

        @Override
        public Iterator<Object> iterator() {
            return buffer.iterator();
        }
    }
}
