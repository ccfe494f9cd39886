package io.berth.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "export", description = "Write the thing model of a product, the published one unless told otherwise.")
final class ThingExportCommand implements Runnable {
    private final Root root;

    @Parameters(index = "0", paramLabel = "PRODUCT", description = "The key of the product.")
    private String product = "";

    @Option(
            names = "--format",
            paramLabel = "tsl|huawei|huawei-zip|native",
            defaultValue = "native",
            description = "native loses nothing, the others note what they do.")
    private String format = "";

    @Option(names = "--out", paramLabel = "FILE", description = "Where to; the terminal otherwise.")
    private @Nullable Path out;

    @Option(names = "--draft", description = "What was imported and not published yet.")
    private boolean draft;

    @Option(names = "--version", paramLabel = "N", description = "A published model other than the newest.")
    private @Nullable Integer version;

    ThingExportCommand(Root root) {
        this.root = root;
    }

    @Override
    public void run() {
        JsonObject file = root.api()
                .get(Route.of("products", product, "model")
                        .with("format", format)
                        .with("draft", draft ? true : null)
                        .with("version", version));
        ThingNotes.print(root, file);
        if (out != null) {
            write(out, content(file));
            JsonObject done = new JsonObject()
                    .with("format", file.text("format"))
                    .with("file", out)
                    .with("notes", file.fields().get("notes"));
            root.output().say(done, "wrote the thing model of " + product + " to " + out);
        } else if (file.has("base64") && !root.output().isJson()) {
            throw new RefusedException("a zip is nothing for a terminal: name a file with --out");
        } else {
            root.output().say(file, file.text("text"));
        }
    }

    private static byte[] content(JsonObject file) {
        return file.find("base64")
                .map(Base64.getDecoder()::decode)
                .orElseGet(() -> file.text("text").getBytes(StandardCharsets.UTF_8));
    }

    private static void write(Path out, byte[] content) {
        try {
            Files.write(out, content);
        } catch (IOException e) {
            throw new RefusedException("cannot write " + out + ": " + e);
        }
    }
}
