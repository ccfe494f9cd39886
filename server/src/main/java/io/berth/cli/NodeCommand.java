package io.berth.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

@Command(name = "node")
final class NodeCommand implements Runnable {
    private final Root root;

    NodeCommand(Root root) {
        this.root = root;
    }

    @Override
    public void run() {
        status();
    }

    @Command(description = "Tell how the server is doing.")
    void status() {
        JsonObject node = root.api().get(Route.of("node"));
        Output output = root.output();
        if (output.isJson()) {
            output.show(node);
            return;
        }
        Map<String, @Nullable Object> facts = new LinkedHashMap<>(node.fields());
        // the start tells the same, and the listeners get a table
        facts.keySet().removeAll(List.of("uptimeMillis", "listeners"));
        output.show(new JsonObject(facts));
        JsonObject listeners = node.object("listeners").orElseGet(JsonObject::new);
        Table table = new Table(output.out(), "LISTENER", "BIND", "PORT");
        listeners
                .fields()
                .keySet()
                .forEach(name -> listeners
                        .object(name)
                        .ifPresent(listener -> table.row(name, listener.text("bind"), listener.text("port"))));
        output.out().println();
        table.print();
    }
}
