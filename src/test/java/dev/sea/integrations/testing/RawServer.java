package dev.sea.integrations.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Takes connections, reads the beginning of each request and answers with the same octets, whether they are HTTP or not. */
public final class RawServer implements AutoCloseable {
    private final ServerSocket socket;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final byte[] answer;

    public RawServer(String answer) {
        this.answer = answer.getBytes(StandardCharsets.ISO_8859_1);
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::serve);
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                threads.execute(() -> answer(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void answer(Socket connection) {
        try (connection) {
            InputStream request = connection.getInputStream();
            if (request.read() >= 0) {
                connection.getOutputStream().write(answer);
                connection.shutdownOutput();
                // Closed with unread input, the connection would be reset, and the answer lost.
                request.transferTo(OutputStream.nullOutputStream());
            }
        } catch (IOException gone) {
            // The client has had enough.
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
