package dev.sea.integrations.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Until it is closed, records which hosts the JDK's HTTP client asks, and lets no request leave this machine. */
public final class HostsAsked extends ProxySelector implements AutoCloseable {
    private static final Proxy NOBODY =
            new Proxy(Proxy.Type.HTTP, new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));

    private final ProxySelector before = ProxySelector.getDefault();
    private final Queue<String> hosts = new ConcurrentLinkedQueue<>();

    public HostsAsked() {
        ProxySelector.setDefault(this);
    }

    /** The hosts in the order of the requests, without this machine. */
    public List<String> hosts() {
        return List.copyOf(hosts);
    }

    @Override
    public List<Proxy> select(URI uri) {
        if (List.of("127.0.0.1", "localhost").contains(uri.getHost())) {
            return List.of(Proxy.NO_PROXY);
        }
        hosts.add(String.valueOf(uri.getHost()));
        return List.of(NOBODY);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {}

    @Override
    public void close() {
        ProxySelector.setDefault(before);
    }
}
