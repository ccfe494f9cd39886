package io.berth.cli;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "model", description = "Show what devices of a product have: properties, events and services.")
final class ThingModelCommand implements Runnable {
    private final Root root;

    @Parameters(index = "0", paramLabel = "PRODUCT", description = "The key of the product.")
    private String product = "";

    @Option(names = "--draft", description = "What was imported and not published yet.")
    private boolean draft;

    @Option(names = "--version", paramLabel = "N", description = "A published model other than the newest.")
    private @Nullable Integer version;

    ThingModelCommand(Root root) {
        this.root = root;
    }

    @Override
    public void run() {
        JsonObject file = root.api()
                .get(Route.of("products", product, "model")
                        .with("format", "native")
                        .with("draft", draft ? true : null)
                        .with("version", version));
        JsonObject model = Json.read(file.text("text"));
        if (root.output().isJson()) {
            root.shell().out().println(model);
            return;
        }
        List<JsonObject> modules = model.objects("modules");
        if (modules.isEmpty()) {
            throw new RefusedException("product " + product + " has no " + (draft ? "" : "published ")
                    + "thing model: bring one with berth thing import");
        }
        Table table = new Table(root.shell().out(), "KEY", "WHAT", "TYPE", "NAME");
        modules.forEach(module -> rows(table, module));
        table.print();
    }

    private static void rows(Table table, JsonObject module) {
        String prefix = module.find("id").map(id -> id + ":").orElse("");
        for (JsonObject property : module.objects("properties")) {
            table.row(
                    prefix + property.text("identifier"),
                    "property " + access(property),
                    ModelType.of(property) + unit(property),
                    property.text("name"));
        }
        for (JsonObject event : module.objects("events")) {
            table.row(
                    prefix + event.text("identifier"),
                    "event " + event.text("level"),
                    parameters(event.objects("output")),
                    event.text("name"));
        }
        for (JsonObject service : module.objects("services")) {
            String answer = parameters(service.objects("output"));
            table.row(
                    prefix + service.text("identifier"),
                    "service " + service.text("callType"),
                    parameters(service.objects("input")) + (answer.isEmpty() ? "" : " -> " + answer),
                    service.text("name"));
        }
    }

    /// As `r`, `rw` or `w`.
    private static String access(JsonObject property) {
        return (property.is("readable") || property.is("reportable") ? "r" : "") + (property.is("writable") ? "w" : "");
    }

    private static String unit(JsonObject property) {
        return property.find("unit").map(unit -> " " + unit).orElse("");
    }

    private static String parameters(List<JsonObject> parameters) {
        return parameters.stream()
                .map(each -> each.text("identifier") + " " + ModelType.of(each))
                .collect(Collectors.joining(", "));
    }
}
