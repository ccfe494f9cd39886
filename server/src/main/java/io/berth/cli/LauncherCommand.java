package io.berth.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/// A command that the `./berth` script runs itself, because it is more than a call of a server.
@Command
final class LauncherCommand implements Runnable {
    private final String name;

    @Unmatched
    private String[] arguments = {};

    LauncherCommand(String name) {
        this.name = name;
    }

    @Override
    public void run() {
        String call = ("./berth " + name + " " + String.join(" ", arguments)).strip();
        throw new RefusedException("run it through the script of the checkout: " + call);
    }
}
