package dev.sea.integrations.gateway;

import io.quarkus.netty.runtime.virtual.VirtualChannel;
import io.quarkus.netty.runtime.virtual.VirtualClientConnection;
import io.quarkus.netty.runtime.virtual.VirtualServerChannel;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The server's end of a connection inside the process, which loses no part of a request. The Lambda thread sends, and only
 * the event loop reads.
 *
 * <p>In Quarkus's channel, the event loop finds the buffer empty and then notes that it waits. The Lambda thread adds to the
 * buffer and then looks whether the event loop waits. What it adds between those two steps is never read, and the invocation
 * lasts until Lambda stops it. Here, each part is counted when it has been added, and the event loop reads what is counted.
 */
final class RequestChannel extends VirtualChannel {
    /** Parts that were sent and not read. The Lambda thread counts up, the event loop down. */
    private final AtomicInteger unread = new AtomicInteger();

    /** Whether the server asked for the next part; of the event loop only. */
    private boolean wanted;

    RequestChannel(VirtualServerChannel server, VirtualClientConnection<?> client) {
        super(server, client);
        readInProgress = true;
    }

    /** Netty calls this on the event loop when the server wants a part. */
    @Override
    protected void doBeginRead() {
        wanted = true;
        readNext();
    }

    /** The client calls this after each part, as it is told that the event loop waits. */
    @Override
    protected void readInbound() {
        readInProgress = true;
        unread.incrementAndGet();
        // An event loop that has not got the channel yet finds the count when it has.
        if (isRegistered()) {
            eventLoop().execute(this::readNext);
        }
    }

    private void readNext() {
        if (wanted && unread.get() > 0) {
            wanted = false;
            unread.decrementAndGet();
            super.readInbound();
        }
    }
}
