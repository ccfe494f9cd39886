package io.berth.simulator;

import io.berth.simulator.bench.BenchCommand;
import io.berth.simulator.simulate.SimulateCommand;
import io.berth.simulator.yardstick.YardstickCommand;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The program: what the launcher runs for `berth bench` and `berth simulate`. Exit 0 ok, 1 failed with the reason on
/// stderr, 2 usage.
@Command(
        name = "berth",
        description = "Devices and load for a device-access server, through its sockets.",
        subcommands = {BenchCommand.class, SimulateCommand.class, YardstickCommand.class},
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
public final class Main {
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println("berth " + command.getCommandName() + ": " + reason(failure));
                    return 1;
                });
    }

    /// The innermost cause speaks about the thing itself; what wraps it speaks about threads.
    private static String reason(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null && innermost instanceof ExecutionException) {
            innermost = innermost.getCause();
        }
        return innermost.getMessage() == null ? innermost.toString() : innermost.getMessage();
    }
}
