package io.berth.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "cert")
final class CertCommands {
    private static final String[] FIRST = {"product", "device", "serial", "state", "issued", "expires"};
    private static final String[] PINS = {"product", "device", "byCertificate", "first", "second"};

    private final Root root;

    CertCommands(Root root) {
        this.root = root;
    }

    static CommandSpec of(Root root) {
        CommandSpec cert = CommandSpec.forAnnotatedObject(new CertCommands(root));
        cert.addSubcommand("ca", new CommandLine(new CertAuthorityCommands(root)));
        cert.addSubcommand("template", new CommandLine(new CertTemplateCommands(root)));
        return cert;
    }

    static final class Which {
        @Parameters(index = "0", paramLabel = "PRODUCT", description = "The key of the product.")
        private String product = "";

        @Parameters(index = "1", paramLabel = "DEVICE", description = "The name of the device.")
        private String device = "";

        private Route route(String... more) {
            String[] path = new String[4 + more.length];
            System.arraycopy(new String[] {"products", product, "devices", device}, 0, path, 0, 4);
            System.arraycopy(more, 0, path, 4, more.length);
            return Route.of(path);
        }
    }

    /// What kind of certificate.
    static final class Kind {
        @Option(names = "--key", paramLabel = "ec|rsa", description = "What kind of key; as configured otherwise.")
        private @Nullable String key;

        @Option(names = "--days", paramLabel = "N", description = "Valid for so long; as configured otherwise.")
        private @Nullable Long days;

        private JsonObject body() {
            return new JsonObject().with("key", key).with("days", days);
        }
    }

    /// Where the files go.
    static final class Into {
        @Option(
                names = "--into",
                paramLabel = "DIR",
                description = "Write DEVICE.crt, DEVICE.key and root.pem there, not to standard output.")
        private @Nullable Path directory;
    }

    @Command(description = "Make a key and a certificate for a device.")
    void issue(@Mixin Which which, @Mixin Kind kind, @Mixin Into into) {
        hand(root.api().post(which.route("certificates"), kind.body()), which, into);
    }

    @Command(description = "Make a new one and take the others back that the device has.")
    void renew(
            @Mixin Which which,
            @Mixin Kind kind,
            @Mixin Into into,
            @Option(names = "--keep-old", description = "Let the others work until they end.") boolean keepOld) {
        JsonObject made = root.api().post(which.route("certificates"), kind.body());
        hand(made, which, into);
        if (!keepOld) {
            String serial = made.object("about").orElseThrow().text("serial");
            Route valid =
                    Route.of("certificates").with("product", which.product).with("device", which.device);
            root.api()
                    .list(
                            valid,
                            Long.MAX_VALUE,
                            page -> page.stream()
                                    .filter(other -> other.text("state").equals("valid")
                                            && !other.text("serial").equals(serial))
                                    .forEach(other -> root.api()
                                            .post(
                                                    which.route("certificates", other.text("serial"), "revoke"),
                                                    new JsonObject())));
        }
    }

    @Command(description = "List certificates that were made here.")
    void list(
            @Parameters(
                            index = "0",
                            arity = "0..1",
                            paramLabel = "PRODUCT",
                            description = "Those of one product's devices; all otherwise.")
                    @Nullable
                    String product,
            @Parameters(index = "1", arity = "0..1", paramLabel = "DEVICE", description = "Those of one device.")
                    @Nullable
                    String device,
            @Option(names = "--ending", description = "Only those about to end that nothing replaces.")
                    boolean ending) {
        Route route = Route.of("certificates").with("product", product).with("device", device);
        root.output().list(root.api(), ending ? route.with("ending", true) : route, Long.MAX_VALUE, FIRST);
    }

    @Command(description = "Show a certificate.")
    void show(
            @Mixin Which which,
            @Parameters(index = "2", paramLabel = "SERIAL", description = "Its number.") String serial) {
        root.output().show(root.api().get(which.route("certificates", serial)), FIRST);
    }

    @Command(description = "Take a certificate back; a device that came in by it is thrown out.")
    void revoke(
            @Mixin Which which,
            @Parameters(index = "2", paramLabel = "SERIAL", description = "Its number.") String serial) {
        root.output().show(root.api().post(which.route("certificates", serial, "revoke"), new JsonObject()), FIRST);
    }

    @Command(description = "Get a certificate and its key once more, while the key is kept.")
    void download(
            @Mixin Which which,
            @Parameters(index = "2", paramLabel = "SERIAL", description = "Its number.") String serial,
            @Mixin Into into) {
        hand(root.api().post(which.route("certificates", serial, "download"), new JsonObject()), which, into);
    }

    @Command(description = "Let a device log in by a certificate of its owner's authority.")
    void pin(
            @Mixin Which which,
            @Parameters(
                            index = "2",
                            arity = "0..1",
                            paramLabel = "FINGERPRINT",
                            description = "SHA-1 or SHA-256; that of the next login otherwise.")
                    @Nullable
                    String first,
            @Option(names = "--second", paramLabel = "FINGERPRINT", description = "Another that works too.") @Nullable
                    String second,
            @Option(names = "--off", description = "Let it log in as its product demands again.") boolean off) {
        JsonObject body = new JsonObject().with("first", first).with("second", second);
        root.output().show(root.api().post(which.route("pins"), off ? body.with("off", true) : body), PINS);
    }

    @Command(description = "Make a link to the certificates and keys of all devices of a batch.")
    void link(@Parameters(paramLabel = "BATCH", description = "Its id.") String batch) {
        root.output()
                .show(root.api().post(Route.of("batches", batch, "certificates"), new JsonObject()), "url", "expires");
    }

    @Command(name = "root", description = "Print the certificate of the authority that signs them.")
    void authority() {
        JsonObject answer = root.api().get(Route.of("certificates", "root"));
        root.output().say(answer, answer.text("certificate").stripTrailing());
    }

    private void hand(JsonObject handed, Which which, Into into) {
        if (into.directory == null) {
            String key = handed.find("privateKey").orElse("");
            root.output().say(handed, (handed.text("certificate") + key).stripTrailing());
            return;
        }
        KeyFiles files = new KeyFiles(into.directory);
        files.certificate(which.device + ".crt", handed.text("certificate"));
        files.certificate("root.pem", handed.text("root"));
        files.key(which.device + ".key", handed.find("privateKey"));
        root.output().show(handed.object("about").orElseThrow(), FIRST);
    }
}
