package io.berth.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// `openssl s_client`: TLS as a library of other people's speaks it, the old versions too.
public final class OpenSslClient implements AutoCloseable {
    private final Process client;
    private final Path said;

    private OpenSslClient(Process client, Path said) {
        this.client = client;
        this.said = said;
    }

    /// @param options of `s_client`
    public static OpenSslClient open(int port, String... options) {
        List<String> line = new ArrayList<>(List.of("openssl", "s_client", "-quiet", "-connect", "127.0.0.1:" + port));
        line.addAll(List.of(options));
        try {
            Path said = Files.createTempFile("berth-openssl", ".txt");
            return new OpenSslClient(
                    new ProcessBuilder(line).redirectError(said.toFile()).start(), said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// One that knows a pre-shared key.
    ///
    /// @param suite by OpenSSL's name
    public static OpenSslClient withKey(int port, String identity, String key, String suite, String... options) {
        List<String> all = new ArrayList<>(List.of("-psk_identity", identity));
        all.addAll(List.of("-psk", HexFormat.of().formatHex(key.getBytes(StandardCharsets.US_ASCII))));
        all.addAll(List.of("-cipher", suite + ":@SECLEVEL=0"));
        all.addAll(List.of(options));
        return open(port, all.toArray(new String[0]));
    }

    /// Sends a CONNECT of MQTT 3.1.1 with a clean session and 60 seconds, and answers the return code of the
    /// CONNACK, -1 when none comes.
    public int connects(String clientId, String username, String password) {
        sends(connect(clientId, username, password));
        byte[] connack = hears(4);
        return connack.length == 4 && connack[0] == 0x20 ? connack[3] : -1;
    }

    public void sends(byte[] bytes) {
        try {
            client.getOutputStream().write(bytes);
            client.getOutputStream().flush();
        } catch (IOException e) {
            // it is gone: what it heard before tells
        }
    }

    /// The next octets from the server; fewer when it closes before.
    public byte[] hears(int octets) {
        try {
            return client.getInputStream().readNBytes(octets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What the client had to say of the handshake, once it gave up.
    public String complains() {
        try {
            if (!client.waitFor(30, TimeUnit.SECONDS)) {
                throw new AssertionError("the client goes on: " + Files.readString(said));
            }
            return Files.readString(said).toLowerCase(Locale.ROOT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        client.destroy();
        try {
            Files.delete(said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] connect(String clientId, String username, String password) {
        String body = "00044d51545404c2003c" + text(clientId) + text(username) + text(password);
        int length = body.length() / 2;
        String digits = length < 128
                ? HexFormat.of().toHexDigits((byte) length)
                : HexFormat.of().toHexDigits((byte) ((length & 127) | 128))
                        + HexFormat.of().toHexDigits((byte) (length >> 7));
        return HexFormat.of().parseHex("10" + digits + body);
    }

    private static String text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return HexFormat.of().toHexDigits((short) bytes.length) + HexFormat.of().formatHex(bytes);
    }
}
