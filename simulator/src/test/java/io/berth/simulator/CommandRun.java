package io.berth.simulator;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/// What a command said and how it ended.
record CommandRun(int exit, String out, String err) {
    static CommandRun of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int exit = command.execute(arguments);
        return new CommandRun(exit, out.toString(), err.toString());
    }
}
