package io.berth.simulator.target;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// DATA/runtime.json: what a ready server tells programs on its machine.
@JsonIgnoreProperties(ignoreUnknown = true)
public record RuntimeFile(
        long pid,
        String url,
        @Nullable String tokenFile,
        @Nullable String caFile,
        Map<String, Listener> listeners) {
    public static final String NAME = "runtime.json";
    private static final JsonMapper JSON = new JsonMapper();

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Listener(String bind, int port) {
        InetSocketAddress address() {
            boolean everywhere = bind.equals("0.0.0.0") || bind.equals("::");
            return new InetSocketAddress(everywhere ? "127.0.0.1" : bind, port);
        }
    }

    public static RuntimeFile read(Path dataDirectory) {
        Path file = dataDirectory.resolve(NAME);
        try {
            return JSON.readValue(Files.readString(file), RuntimeFile.class);
        } catch (IOException e) {
            throw new IllegalArgumentException("no server is ready in " + dataDirectory + ": no " + file, e);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(file + " is not what a server writes: " + e.getOriginalMessage(), e);
        }
    }

    public void write(Path dataDirectory) throws IOException {
        Path draft = dataDirectory.resolve(NAME + ".new");
        Files.writeString(draft, JSON.writeValueAsString(this));
        Files.move(draft, dataDirectory.resolve(NAME)); // whole or not at all: somebody waits for this file
    }

    Optional<InetSocketAddress> listener(String name) {
        return Optional.ofNullable(listeners.get(name)).map(Listener::address);
    }

    String token() {
        if (tokenFile == null) {
            return "";
        }
        try {
            return Files.readString(Path.of(tokenFile)).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the token in " + tokenFile, e);
        }
    }
}
