package io.berth.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// A device that is `openssl s_client` and the octets of one CONNECT.
public final class OpenSslDevice implements AutoCloseable {
    private final Process client;

    private OpenSslDevice(Process client) {
        this.client = client;
    }

    /// Shakes hands and sends a CONNECT of MQTT 3.1.1 with a clean session, 60 seconds and no password.
    ///
    /// @param options of `s_client`
    public static OpenSslDevice connect(
            int port, ClientFiles files, String clientId, String username, String... options) {
        List<String> line = new ArrayList<>(List.of("openssl", "s_client", "-quiet", "-connect", "127.0.0.1:" + port));
        line.addAll(List.of(
                "-cert", files.certificate().toString(), "-key", files.key().toString()));
        line.addAll(List.of(options));
        try {
            Process client = new ProcessBuilder(line)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            OutputStream up = client.getOutputStream();
            up.write(packet(clientId, username));
            up.flush();
            return new OpenSslDevice(client);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The next octets from the server; fewer when it closes before.
    public byte[] hears(int octets) {
        try {
            InputStream down = client.getInputStream();
            return down.readNBytes(octets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The return code of the CONNACK.
    public int isAnswered() {
        byte[] connack = hears(4);
        return connack.length == 4 && connack[0] == 0x20 ? connack[3] : -1;
    }

    @Override
    public void close() {
        client.destroy();
    }

    private static byte[] packet(String clientId, String username) {
        String body = "00044d5154540482003c" + text(clientId) + text(username);
        String length = HexFormat.of().toHexDigits((byte) (body.length() / 2));
        return HexFormat.of().parseHex("10" + length + body);
    }

    private static String text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return HexFormat.of().toHexDigits((short) bytes.length) + HexFormat.of().formatHex(bytes);
    }
}
