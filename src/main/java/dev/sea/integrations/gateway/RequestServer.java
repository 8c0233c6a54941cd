package dev.sea.integrations.gateway;

import io.netty.channel.ChannelHandlerAdapter;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.quarkus.netty.runtime.virtual.VirtualAddress;
import io.quarkus.netty.runtime.virtual.VirtualChannel;
import io.quarkus.netty.runtime.virtual.VirtualClientConnection;
import io.quarkus.netty.runtime.virtual.VirtualResponseHandler;
import io.quarkus.netty.runtime.virtual.VirtualServerChannel;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jspecify.annotations.Nullable;

/**
 * Stands before Quarkus's HTTP server inside the process, which it gives connections that lose no part of a request:
 * {@link RequestChannel}.
 */
@ApplicationScoped
public class RequestServer {
    private static final VirtualAddress ADDRESS = new VirtualAddress("requests");

    private final VirtualAddress behind = VertxHttpRecorder.VIRTUAL_HTTP;
    private @Nullable Acceptor acceptor;

    /** Sends the connections of the Lambda extension here. Quarkus starts its server after the beans, so this is no observer. */
    synchronized void start() {
        if (acceptor == null) {
            VirtualServerChannel server = server(behind);
            Acceptor started = new Acceptor(server);
            server.eventLoop().register(started).syncUninterruptibly();
            started.bind(ADDRESS).syncUninterruptibly();
            acceptor = started;
            VertxHttpRecorder.VIRTUAL_HTTP = ADDRESS;
        }
    }

    synchronized void stop(@Observes ShutdownEvent event) {
        if (acceptor != null) {
            VertxHttpRecorder.VIRTUAL_HTTP = behind;
            acceptor.close().syncUninterruptibly();
        }
    }

    /** The server at an address. Only a connection tells it. */
    private static VirtualServerChannel server(VirtualAddress address) {
        VirtualClientConnection<?> connection = VirtualClientConnection.connect(new Unanswered(), address);
        connection.peer().pipeline().addFirst(new ChannelHandlerAdapter() {
            @Override
            public void handlerAdded(ChannelHandlerContext context) {
                connection.close();
            }
        });
        return connection.peer().parent();
    }

    private static final class Acceptor extends VirtualServerChannel {
        Acceptor(VirtualServerChannel server) {
            pipeline().addLast(new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext context, Object connection) {
                    server.pipeline().fireChannelRead(connection);
                }
            });
        }

        @Override
        @SuppressWarnings("rawtypes")
        protected VirtualChannel newLocalChannel(VirtualClientConnection client) {
            return new RequestChannel(this, client);
        }
    }

    private static final class Unanswered implements VirtualResponseHandler {
        @Override
        public void handleMessage(Object part) {
            ReferenceCountUtil.release(part);
        }

        @Override
        public void close() {}
    }
}
