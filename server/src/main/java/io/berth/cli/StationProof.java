package io.berth.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// By what a station is to prove itself, and where what it needs for that goes.
final class StationProof {
    private static final List<String> SHOWN = List.of("name", "proof", "secret", "sha256", "expires");

    @Option(
            names = "--proof",
            paramLabel = "token|key|certificate",
            description =
                    "It sends a token (usual), signs with a key its devices share, or shows a certificate made for it.")
    private @Nullable Kind kind;

    @Option(
            names = "--certificate",
            paramLabel = "FILE",
            description = "It shows this certificate (PEM), which it has already.")
    private @Nullable Path own;

    @Option(names = "--days", paramLabel = "N", description = "The certificate made for it is valid for so long.")
    private @Nullable Long days;

    @Option(
            names = "--into",
            paramLabel = "DIR",
            description = "Write its certificate and key to NAME.crt and NAME.key there, not to standard output.")
    private @Nullable Path directory;

    enum Kind {
        TOKEN,
        KEY,
        CERTIFICATE
    }

    JsonObject body() {
        return new JsonObject()
                .with("proof", kind == null ? null : kind.name().toLowerCase(Locale.ROOT))
                .with("certificate", own == null ? null : text(own))
                .with("days", days);
    }

    /// Hands out what the server answered.
    void hand(JsonObject station, Output output) {
        Optional<String> key = station.find("privateKey");
        if (key.isPresent()) {
            if (directory == null) {
                output.say(station, (station.text("certificate") + key.get()).stripTrailing());
                return;
            }
            KeyFiles files = new KeyFiles(directory);
            files.certificate(station.text("name") + ".crt", station.text("certificate"));
            files.key(station.text("name") + ".key", key);
        }
        JsonObject shown = new JsonObject();
        SHOWN.forEach(field -> shown.with(field, station.find(field).orElse(null)));
        output.show(shown);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw RefusedException.unreadable(file, e);
        }
    }
}
