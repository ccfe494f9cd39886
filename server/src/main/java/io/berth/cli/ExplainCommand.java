package io.berth.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// With a device: the refusals the server remembers, newest first. With a login's fields: what it would say
/// to them.
@Command(name = "explain")
final class ExplainCommand implements Runnable {
    private final Root root;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", arity = "0..1", paramLabel = "PRODUCT", description = "The key of the device's product.")
    private @Nullable String product;

    @Parameters(index = "1", arity = "0..1", paramLabel = "DEVICE", description = "The name of the device.")
    private @Nullable String device;

    @Option(names = "--key", paramLabel = "ID", description = "What was refused of this access key.")
    private @Nullable String key;

    @Option(names = "--user", paramLabel = "NAME", description = "What was refused of this user.")
    private @Nullable String user;

    @Option(names = "--unit", paramLabel = "ID", description = "What was refused of this hardware id on the line.")
    private @Nullable String unit;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "10", description = "At most N refusals (10).")
    private long limit;

    @ArgGroup(exclusive = false, heading = "The login to try instead:%n")
    private @Nullable Login login;

    ExplainCommand(Root root) {
        this.root = root;
    }

    static final class Login {
        @Option(names = "--client-id", paramLabel = "ID", required = true, description = "Its MQTT client id.")
        private String clientId = "";

        @Option(names = "--username", paramLabel = "U", description = "Its user name.")
        private @Nullable String username;

        @Option(names = "--password", paramLabel = "P", description = "Its password.")
        private @Nullable String password;

        @Option(names = "--listener", paramLabel = "NAME", description = "The listener it came to, as mqtt.")
        private @Nullable String listener;

        @Option(names = "--port", paramLabel = "N", description = "The port it came to.")
        private @Nullable Integer port;

        @Option(names = "--keep-alive", paramLabel = "S", description = "Its keep-alive in seconds.")
        private @Nullable Integer keepAlive;

        @Option(names = "--protocol", paramLabel = "3.1|3.1.1|5", description = "Its MQTT version (3.1.1).")
        private @Nullable String protocol;

        @Option(names = "--tls", description = "It came over TLS.")
        private boolean tls;

        JsonObject body() {
            return new JsonObject()
                    .with("clientId", clientId)
                    .with("username", username)
                    .with("password", password)
                    .with("listener", listener)
                    .with("port", port)
                    .with("secure", tls ? true : null)
                    .with("keepAlive", keepAlive)
                    .with("protocol", protocol == null ? null : level(protocol));
        }

        /// The level that the CONNECT packet carries for a version of MQTT.
        private static int level(String version) {
            return switch (version) {
                case "3.1" -> 3;
                case "3.1.1" -> 4;
                case "5", "5.0" -> 5;
                default -> throw new RefusedException("--protocol is 3.1, 3.1.1 or 5, not " + version);
            };
        }
    }

    @Override
    public void run() {
        if (login != null && product != null) {
            throw new ParameterException(spec.commandLine(), "name a device, or the fields of a login, not both");
        }
        if (product != null && device == null) {
            throw new ParameterException(spec.commandLine(), "Missing required parameter: 'DEVICE'");
        }
        if (login != null) {
            tell(root.api().post(Route.of("explain"), login.body()));
        } else {
            remember();
        }
    }

    private void remember() {
        Route refusals = Route.of("refusals")
                .with("product", product)
                .with("device", device)
                .with("claimed", key != null ? key : user != null ? user : unit)
                .with("limit", Math.min(limit, Api.PAGE));
        List<JsonObject> items = root.api().get(refusals).objects("items");
        items.forEach(this::tell);
        if (items.isEmpty() && !root.output().isJson()) {
            root.shell()
                    .out()
                    .println(
                            "no refused login is remembered" + (device == null ? "" : " of " + product + "/" + device));
        }
    }

    private void tell(JsonObject login) {
        PrintWriter out = root.shell().out();
        if (root.output().isJson()) {
            out.println(login);
            return;
        }
        out.println(Printable.of(headline(login)));
        line("cause", login.text("cause"));
        line("fix", login.text("fix"));
        line("answer", login.text("answer"));
        login.object("channel").ifPresent(channel -> line("came to", values(channel)));
        login.object("fields")
                .ifPresent(fields -> fields.fields().keySet().forEach(name -> line(name, fields.text(name))));
        login.object("check").ifPresent(this::tellCheck);
    }

    private String headline(JsonObject login) {
        return Stream.of(
                        login.instant("time")
                                .map(root.output().times()::withAge)
                                .orElse(""),
                        login.find("outcome").orElse("refused"),
                        login.find("fault").map(fault -> "(" + fault + ")").orElse(""),
                        login.find("device").or(() -> login.find("claimed")).orElse(""),
                        login.find("dialect").map(dialect -> "by " + dialect).orElse(""))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("  "));
    }

    private void tellCheck(JsonObject check) {
        line("signed text", check.text("content"));
        if (!check.text("algorithm").equals("none")) { // then nothing was signed, and the clock is what counts
            line(
                    "digest",
                    check.text("algorithm") + " expected " + check.text("expectedPrefix") + "…, given "
                            + check.text("givenPrefix") + "…");
        }
        if (check.has("skewSeconds")) {
            long skew = check.number("skewSeconds");
            line("its clock", Times.span(Duration.ofSeconds(skew)) + (skew < 0 ? " behind" : " ahead"));
        }
    }

    private void line(String label, String value) {
        if (!value.isEmpty()) {
            root.shell().out().println("  " + Printable.padded(label, 14) + Printable.of(value));
        }
    }

    private static String values(JsonObject object) {
        return object.fields().keySet().stream()
                .map(object::text)
                .filter(value -> !value.isEmpty())
                .collect(Collectors.joining(", "));
    }
}
