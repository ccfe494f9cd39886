package io.berth.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/// Runs one command line. Exit codes: 0 done, 1 refused with the reason on stderr, 2 wrong usage.
public final class Cli {
    private static final int REFUSED = 1;
    private static final int USAGE = 2;

    /// Every command with its line in the help. The order is the order of the help.
    private static final Map<String, String> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("up", "Start the server in the foreground: [--config FILE] [--set key=value] [--ephemeral].");
        COMMANDS.put("demo", "Show two fleets of devices at work on this machine.");
        COMMANDS.put("node", "Tell how the server is doing.");
        COMMANDS.put("space", "Create, list, rename and delete resource spaces.");
        COMMANDS.put("product", "Create, list, show, update, release and delete products.");
        COMMANDS.put("topic", "Add, list and remove the custom topics of a product.");
        COMMANDS.put("script", "Give products their data-parsing scripts, and try them.");
        COMMANDS.put("device", "Create, import, list, show, update, delete, enable, disable and reset devices.");
        COMMANDS.put(
                "cert", "Issue, list, renew, revoke and download certificates of devices; trust owners' authorities.");
        COMMANDS.put("tag", "List, set and remove the tags of a device.");
        COMMANDS.put("device-group", "Create, list, show, fill and delete groups of devices.");
        COMMANDS.put("gateway", "List, add and remove the devices behind a gateway.");
        COMMANDS.put("config", "Show, replace and push the configuration devices of a product fetch.");
        COMMANDS.put("log", "Show what a device logged, or ask it to send its log.");
        COMMANDS.put("rule", "Create, list, show, update, stop, try, test and delete forwarding rules.");
        COMMANDS.put("publish", "Send a message to a device.");
        COMMANDS.put("broadcast", "Send a message to every connected device of a product.");
        COMMANDS.put("rrpc", "Ask a device and print its answer.");
        COMMANDS.put("call", "Call a service of a device; list, show and cancel calls.");
        COMMANDS.put("thing", "The thing model of a product, and what its devices are and are wanted to be.");
        COMMANDS.put("history", "Show the values a property had, or when an event happened.");
        COMMANDS.put("shadow", "Show, set and delete the shadow document of a device.");
        COMMANDS.put(
                "batch", "Do something to many devices: register, disable, delete, set, call; watch, stop, retry.");
        COMMANDS.put("scene", "Create, list, show, try, enable, disable and delete device linkage.");
        COMMANDS.put("alarm", "List, show, acknowledge and clear alarms.");
        COMMANDS.put("tail", "Watch what devices do, one line an event.");
        COMMANDS.put("group", "Create, list, show, reset and delete consumer groups of events; show dead letters.");
        COMMANDS.put("risk", "Look after names that several physical devices go by.");
        COMMANDS.put("explain", "Tell why logins were refused, or would be.");
        COMMANDS.put("user", "Create, list, show, enable, disable and delete those who log in with a password.");
        COMMANDS.put("accesskey", "Create, rotate, list, disable and delete the key pairs applications sign with.");
        COMMANDS.put("token", "Create, list and delete bearer tokens for the native API.");
        COMMANDS.put("audit", "Tell who changed what.");
        COMMANDS.put("simulate", "Run simulated devices.");
        COMMANDS.put("bench", "Measure the server under a load.");
        COMMANDS.put("completion", "Print the completion script of a shell.");
    }

    private static final OptionSpec HELP = OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .scopeType(ScopeType.INHERIT)
            .order(105)
            .description("Show this help.")
            .build();

    private static final OptionSpec VERSION = OptionSpec.builder("--version")
            .versionHelp(true)
            .order(106)
            .description("Show the version.")
            .build();

    private Cli() {}

    public static void main(String[] args) {
        // always UTF-8: JSON is, and a container's POSIX locale would turn every Chinese name into question marks
        PrintWriter out = new PrintWriter(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(new FileOutputStream(FileDescriptor.err), false, StandardCharsets.UTF_8);
        int code = run(args, out, err, Path.of(System.getProperty("berth.data.default", "data")));
        System.exit(code);
    }

    /// Runs the command and returns its exit code.
    ///
    /// @param defaultData the data directory of the server when neither an option nor the environment names one
    public static int run(String[] args, PrintWriter out, PrintWriter err, Path defaultData) {
        return run(args, Shell.ofProcess(out, err, defaultData));
    }

    static int run(String[] args, Shell shell) {
        int code = commandLine(Arrays.asList(args), new Root(shell))
                .setOut(shell.out())
                .setErr(shell.err())
                .setParameterExceptionHandler((wrong, _) -> usage(wrong, shell.err()))
                .setExecutionExceptionHandler((failure, _, _) -> refused(failure, shell.err()))
                .execute(args);
        shell.out().flush();
        shell.err().flush();
        return code;
    }

    // a command is built only when its name occurs among the arguments: reading annotations costs more than a call
    private static CommandLine commandLine(Collection<String> wanted, Root root) {
        CommandLine berth = new CommandLine(root);
        berth.getCommandSpec().addOption(HELP).addOption(VERSION);
        COMMANDS.forEach((name, summary) -> {
            boolean named = wanted.contains(name);
            CommandLine command = new CommandLine(
                    named ? command(name, root) : CommandSpec.create().name(name));
            command.getCommandSpec().usageMessage().description(summary);
            berth.addSubcommand(name, command);
        });
        listOwnOptionsFirst(berth);
        // a payload or a name may start with @; picocli would read arguments from a file of that name
        return berth.setExpandAtFiles(false)
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(100)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(Duration.class, Times::parse);
    }

    private static void listOwnOptionsFirst(CommandLine command) {
        command.getCommandSpec().usageMessage().sortOptions(false);
        command.getSubcommands().values().forEach(Cli::listOwnOptionsFirst);
    }

    static CommandLine everyCommand(Root root) {
        return commandLine(COMMANDS.keySet(), root);
    }

    private static Object command(String name, Root root) {
        return switch (name) {
            case "node" -> new NodeCommand(root);
            case "space" -> new SpaceCommands(root);
            case "product" -> new ProductCommands(root);
            case "topic" -> new TopicCommands(root);
            case "script" -> new ScriptCommands(root);
            case "device" -> new DeviceCommands(root);
            case "cert" -> CertCommands.of(root);
            case "tag" -> new TagCommands(root);
            case "device-group" -> new DeviceGroupCommands(root);
            case "group" -> new GroupCommands(root);
            case "gateway" -> new GatewayCommands(root);
            case "config" -> new ConfigCommands(root);
            case "log" -> new LogCommand(root);
            case "rule" -> new RuleCommands(root);
            case "publish" -> new PublishCommand(root);
            case "broadcast" -> new BroadcastCommand(root);
            case "rrpc" -> new RrpcCommand(root);
            case "thing" -> ThingCommands.of(root);
            case "call" -> new CallCommand(root);
            case "history" -> new HistoryCommand(root);
            case "shadow" -> new ShadowCommands(root);
            case "batch" -> new BatchCommands(root);
            case "scene" -> new SceneCommands(root);
            case "alarm" -> new AlarmCommands(root);
            case "tail" -> new TailCommand(root);
            case "risk" -> new RiskCommands(root);
            case "explain" -> new ExplainCommand(root);
            case "user" -> new UserCommands(root);
            case "audit" -> new AuditCommand(root);
            case "accesskey" -> new AccessKeyCommands(root);
            case "token" -> new TokenCommands(root);
            case "completion" -> new CompletionCommand(root);
            default -> new LauncherCommand(name);
        };
    }

    private static int usage(ParameterException wrong, PrintWriter err) {
        err.println("berth: " + Printable.of(String.valueOf(wrong.getMessage())));
        meant(wrong).ifPresent(word -> err.println("Did you mean " + word + "?"));
        err.println("Try: " + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return USAGE;
    }

    private static Optional<String> meant(ParameterException wrong) {
        if (!(wrong instanceof UnmatchedArgumentException unmatched)) {
            return Optional.empty();
        }
        String typed = unmatched.getUnmatched().getFirst();
        CommandSpec spec = wrong.getCommandLine().getCommandSpec();
        return NearWord.to(
                typed,
                typed.startsWith("-")
                        ? spec.optionsMap().keySet()
                        : spec.subcommands().keySet());
    }

    private static int refused(Exception failure, PrintWriter err) throws Exception {
        if (failure instanceof ParameterException wrong) {
            return usage(wrong, err);
        }
        err.println("berth: "
                + Printable.of(
                        failure instanceof RefusedException
                                ? String.valueOf(failure.getMessage())
                                : failure.toString()));
        return REFUSED;
    }
}
