package io.berth.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// `berth` itself: the options every command takes, before or after its name, and what they lead to.
@Command(
        name = "berth",
        versionProvider = Root.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        header = "Berth: devices built for Alibaba Cloud IoT and Huawei IoTDA, on your own server.",
        footer = {
            "",
            "Without --server or --data the server is found through BERTH_SERVER and BERTH_TOKEN,",
            "then BERTH_DATA, then the checkout's own data directory."
        })
final class Root implements Runnable {
    private final Shell shell;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", scope = ScopeType.INHERIT, order = 100, description = "One JSON object, or one a line.")
    private boolean json;

    @Option(
            names = "--server",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            order = 101,
            description = "The server, http://HOST:PORT.")
    private @Nullable String server;

    @Option(
            names = "--token",
            paramLabel = "T",
            scope = ScopeType.INHERIT,
            order = 102,
            description = "The bearer token for that server.")
    private @Nullable String token;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            order = 103,
            description = "PEM of the root its TLS certificate is signed with.")
    private @Nullable Path authority;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            order = 104,
            description = "The data directory of a server on this machine.")
    private @Nullable Path data;

    Root(Shell shell) {
        this.shell = shell;
    }

    Shell shell() {
        return shell;
    }

    Api api() {
        return new Api(endpoint());
    }

    Output output() {
        return new Output(shell.out(), json, new Times(shell.clock(), shell.zone()));
    }

    /// Asks before a deletion, unless the answer was given in advance or nobody is there to ask.
    void confirmDeletion(boolean yes, String what) {
        if (!yes && shell.asks() && !shell.confirms("Delete " + what + "?")) {
            throw new RefusedException("nothing was deleted");
        }
    }

    /// Asks, deletes what the route leads to, and says so.
    ///
    /// @param kind the word for such a thing: `rule`
    void delete(boolean yes, String kind, String name, Route route) {
        confirmDeletion(yes, kind + " " + name);
        api().delete(route);
        output().say(new JsonObject().with(kind, name).with("deleted", true), "deleted " + kind + " " + name);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing required subcommand");
    }

    /// The nearest word wins: options before the environment, the environment before the default.
    private Endpoint endpoint() {
        if (server != null && data != null) {
            throw new ParameterException(spec.commandLine(), "--server and --data exclude each other");
        }
        if (server != null) {
            return remote(server);
        }
        if (data != null) {
            return Endpoint.local(data);
        }
        Optional<String> named = environment("BERTH_SERVER");
        if (named.isPresent()) {
            return remote(named.get());
        }
        return Endpoint.local(environment("BERTH_DATA").map(Path::of).orElse(shell.defaultData()));
    }

    private Endpoint remote(String url) {
        String bearer = token != null
                ? token
                : environment("BERTH_TOKEN")
                        .orElseThrow(() -> new ParameterException(
                                spec.commandLine(), "a server named by its address needs --token or BERTH_TOKEN"));
        return Endpoint.remote(url, bearer, Optional.ofNullable(authority));
    }

    private Optional<String> environment(String name) {
        return Optional.ofNullable(shell.environment().get(name)).filter(value -> !value.isBlank());
    }

    /// From the manifest of the jar.
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Root.class.getPackage().getImplementationVersion();
            return new String[] {"Berth " + (version == null ? "(unpackaged)" : version)};
        }
    }
}
