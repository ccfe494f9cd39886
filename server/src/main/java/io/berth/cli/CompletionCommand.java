package io.berth.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "completion")
final class CompletionCommand implements Runnable {
    private final Root root;

    @Parameters(paramLabel = "bash", description = "The shell: source <(berth completion bash)")
    private Shells shell = Shells.BASH;

    enum Shells {
        BASH
    }

    CompletionCommand(Root root) {
        this.root = root;
    }

    @Override
    public void run() {
        switch (shell) {
            case BASH -> root.shell().out().print(AutoComplete.bash("berth", Cli.everyCommand(root)));
        }
    }
}
