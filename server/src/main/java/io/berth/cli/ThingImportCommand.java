package io.berth.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "import", description = "Read the thing model of a product from a file; it becomes the draft.")
final class ThingImportCommand implements Runnable {
    /// More than any format allows, and little enough to hold; the server knows the exact bound.
    private static final int MAX_BYTES = 16 * 1024 * 1024;

    private final Root root;

    @Parameters(index = "0", paramLabel = "PRODUCT", description = "The key of the product.")
    private String product = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "TSL JSON, or Huawei's JSON or zip.")
    private Path file = Path.of("");

    @Option(
            names = "--format",
            paramLabel = "tsl|huawei|native",
            description = "What the file is; guessed from its content otherwise.")
    private @Nullable String format;

    @Option(names = "--publish", description = "Let devices meet it at once.")
    private boolean publish;

    @Option(names = "--dry-run", description = "Change nothing, only tell what would be read.")
    private boolean dryRun;

    ThingImportCommand(Root root) {
        this.root = root;
    }

    @Override
    public void run() {
        if (dryRun && publish) {
            throw new RefusedException("--dry-run changes nothing: leave out --publish");
        }
        Route model =
                dryRun ? Route.of("products", product, "model", "validate") : Route.of("products", product, "model");
        JsonObject read =
                root.api().upload(model.with("format", format).with("publish", publish ? true : null), content());
        ThingNotes.print(root, read);
        root.output().say(read, sentence(read));
    }

    private String sentence(JsonObject read) {
        String counts = "%d properties, %d events and %d services in %d modules"
                .formatted(
                        read.number("properties"),
                        read.number("events"),
                        read.number("services"),
                        read.number("modules"));
        if (dryRun) {
            return file + " is a valid thing model: " + counts;
        }
        return read.has("version")
                ? "published version " + read.number("version") + " of the thing model of " + product + ": " + counts
                : "the draft of the thing model of " + product + " has " + counts + " (berth thing publish " + product
                        + " lets devices meet it)";
    }

    private byte[] content() {
        try (InputStream bytes = Files.newInputStream(file)) {
            byte[] content = bytes.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                throw new RefusedException(file + " is too long for a thing model");
            }
            return content;
        } catch (IOException e) {
            throw RefusedException.unreadable(file, e);
        }
    }
}
