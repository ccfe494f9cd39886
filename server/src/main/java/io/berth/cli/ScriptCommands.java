package io.berth.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "script")
final class ScriptCommands {
    private static final int HEX_PER_LINE = 16;

    private final Root root;

    ScriptCommands(Root root) {
        this.root = root;
    }

    /// What the script is called with.
    static final class Sample {
        @Option(
                names = "--up",
                paramLabel = "HEX",
                required = true,
                description = "Bytes of a device, for rawDataToProtocol.")
        private @Nullable String up;

        @Option(
                names = "--down",
                paramLabel = "JSON",
                required = true,
                description = "A message for a device, for protocolToRawData.")
        private @Nullable String down;

        @ArgGroup(exclusive = false)
        private @Nullable OnTopic onTopic;

        private JsonObject addTo(JsonObject body) {
            if (up != null) {
                return body.with("function", "rawDataToProtocol").with("hex", up);
            }
            if (down != null) {
                return body.with("function", "protocolToRawData").with("message", object(down));
            }
            return onTopic == null ? body : onTopic.addTo(body);
        }

        private static JsonObject object(String json) {
            try {
                return Json.read(json);
            } catch (IllegalArgumentException e) {
                throw new RefusedException("--down is no JSON object: " + e.getMessage());
            }
        }
    }

    static final class OnTopic {
        @Option(names = "--topic", paramLabel = "T", required = true, description = "The topic, for transformPayload.")
        private String topic = "";

        @Option(names = "--payload", paramLabel = "HEX", required = true, description = "The bytes that came on it.")
        private String payload = "";

        private JsonObject addTo(JsonObject body) {
            return body.with("function", "transformPayload")
                    .with("topic", topic)
                    .with("hex", payload);
        }
    }

    /// Whose script it is.
    static final class Which {
        @Parameters(index = "0", arity = "0..1", paramLabel = "FILE", description = "A script that is not stored.")
        private @Nullable Path file;

        @Option(names = "--product", paramLabel = "P", description = "The script of this product.")
        private @Nullable String product;
    }

    @Command(description = "Give a product its script; devices meet it at once.")
    void put(
            @Parameters(paramLabel = "PRODUCT", description = "The key of the product.") String product,
            @Parameters(paramLabel = "FILE", description = "JavaScript, at most 48 KB.") Path file) {
        JsonObject answer = root.api().post(script(product), new JsonObject().with("source", source(file)));
        root.output().say(answer, "product " + product + " has the script of " + file);
    }

    @Command(description = "Print the script of a product.")
    void show(@Parameters(paramLabel = "PRODUCT", description = "The key of the product.") String product) {
        JsonObject answer = root.api().get(script(product));
        // as it was given: it may be piped into a file
        root.output().say(answer, answer.text("source"));
    }

    @Command(description = "Delete the script of a product.")
    void delete(
            @Parameters(paramLabel = "PRODUCT", description = "The key of the product.") String product,
            @Option(
                            names = {"-y", "--yes"},
                            description = "Do not ask.")
                    boolean yes) {
        root.confirmDeletion(yes, "the script of product " + product);
        root.api().delete(script(product));
        root.output()
                .say(
                        new JsonObject()
                                .with("product", product)
                                .with("script", true)
                                .with("deleted", true),
                        "deleted the script of " + product);
    }

    @Command(name = "try", description = "Show what a script makes of a sample.")
    void attempt(
            @ArgGroup(exclusive = true, multiplicity = "1") Which which,
            @ArgGroup(exclusive = true, multiplicity = "1") Sample sample) {
        JsonObject tried = which.product != null
                ? root.api().post(Route.of("products", which.product, "script", "try"), sample.addTo(new JsonObject()))
                : root.api()
                        .post(
                                Route.of("scripts", "try"),
                                sample.addTo(new JsonObject().with("source", source(which.file))));
        tried.find("fault").ifPresent(fault -> {
            if (!root.output().isJson()) {
                throw new RefusedException(failure(fault, tried));
            }
        });
        root.output().say(tried, readable(tried));
    }

    private static String failure(String fault, JsonObject tried) {
        String where = tried.find("line").map(line -> "line " + line + ": ").orElse("");
        return where + tried.text("detail") + " (" + fault.replace('_', ' ') + ")";
    }

    private static String readable(JsonObject tried) {
        return tried.object("message").map(Json::indented).orElseGet(() -> hexLines(tried.text("hex")));
    }

    /// `01 00 0c`, sixteen bytes a line.
    private static String hexLines(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < bytes.length; i++) {
            if (i > 0) {
                lines.append(i % HEX_PER_LINE == 0 ? '\n' : ' ');
            }
            lines.append(HexFormat.of().toHexDigits(bytes[i]));
        }
        return lines.toString();
    }

    private static String source(@Nullable Path file) {
        if (file == null) {
            throw new RefusedException("name a FILE, or --product");
        }
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw RefusedException.unreadable(file, e);
        }
    }

    private static Route script(String product) {
        return Route.of("products", product, "script");
    }
}
