package io.berth.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;

/// A stream of messages written and read at the same time, which the JDK's clients cannot do over HTTP/1.1.
final class OpenStream implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Socket socket;
    private final OutputStream out;
    private final BufferedReader answers;

    OpenStream(ApiServer server, String query) throws IOException {
        socket = new Socket("127.0.0.1", server.uri().getPort());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        out = socket.getOutputStream();
        out.write(("POST /api/v1/messages" + query + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                        + server.localToken() + "\r\nTransfer-Encoding: chunked\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        String head = head(in);
        if (!head.startsWith("HTTP/1.1 200 ")) {
            throw new IOException(head);
        }
        answers = new BufferedReader(new InputStreamReader(new Chunks(in), StandardCharsets.UTF_8));
    }

    void write(String lines) {
        byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
        send(Integer.toHexString(bytes.length) + "\r\n" + lines + "\r\n");
    }

    void end() {
        send("0\r\n\r\n");
    }

    private void send(String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String next() throws IOException {
        return Objects.requireNonNull(answers.readLine(), "the answers ended");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        return head.toString();
    }

    /// Takes the chunks of an answer out of their envelopes.
    private static final class Chunks extends InputStream {
        private final InputStream in;
        private int left;
        private boolean begun;

        Chunks(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0) {
                left = size();
            }
            int read = left == 0 ? -1 : in.read(bytes, offset, Math.min(length, left));
            left -= Math.max(0, read);
            return read;
        }

        private int size() throws IOException {
            String line = line();
            if (begun) {
                line = line(); // the first one ended the chunk before
            }
            begun = true;
            return Integer.parseInt(line, 16);
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    throw new IOException("the connection ended");
                }
                line.append((char) c);
            }
            return line.toString().strip();
        }
    }
}
