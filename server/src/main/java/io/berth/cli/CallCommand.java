package io.berth.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `berth call PRODUCT DEVICE SERVICE`, and beside it what became of earlier calls.
@Command(name = "call")
final class CallCommand implements Callable<Integer> {
    private static final String[] FIRST = {"id", "state", "kind", "target", "input", "output"};
    private static final String[] COLUMNS = {"id", "kind", "target", "state", "created", "ended"};

    private final Root root;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    // optional, because the other forms of the command have their own
    @Parameters(index = "0", arity = "0..1", paramLabel = "PRODUCT", description = "The key of the device's product.")
    private @Nullable String product;

    @Parameters(index = "1", arity = "0..1", paramLabel = "DEVICE", description = "The name of the device.")
    private @Nullable String device;

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "SERVICE",
            description = "The service; of a module, MODULE:SERVICE.")
    private @Nullable String service;

    @Parameters(index = "3", arity = "0..1", paramLabel = "JSON", description = "Its input, one object.")
    private @Nullable String input;

    @Option(names = "--timeout", paramLabel = "TIME", description = "How long the device may take to answer (5s).")
    private @Nullable Duration timeout;

    @Option(names = "--keep", paramLabel = "TIME", description = "How long it may wait for the device: --async.")
    private @Nullable Duration keep;

    @Option(names = "--sync", description = "Wait for the answer; without this and --async the model decides.")
    private boolean sync;

    @Option(names = "--async", description = "Only send it.")
    private boolean async;

    CallCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        if (product == null || device == null || service == null) {
            throw new ParameterException(spec.commandLine(), "name the product, the device and the service");
        }
        JsonObject body = new JsonObject()
                .with("service", service)
                .with("input", input == null ? null : object(input))
                .with("sync", isSync())
                .with("timeoutMillis", timeout == null ? null : timeout.toMillis())
                .with("keepForSeconds", keep == null ? null : keep.toSeconds());
        JsonObject answer = root.api().post(calls(product, device), body, timeout == null ? Duration.ZERO : timeout);
        return new CallOutcome(answer).tell(root);
    }

    private @Nullable Boolean isSync() {
        if (sync && async) {
            throw new ParameterException(spec.commandLine(), "--sync and --async exclude each other");
        }
        if (sync) {
            return true;
        }
        return (async || keep != null) ? false : null;
    }

    @Command(description = "List the calls of a device, the newest first.")
    void list(
            @Parameters(paramLabel = "PRODUCT", description = "The key of the device's product.") String product,
            @Parameters(paramLabel = "DEVICE", description = "The name of the device.") String device,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "At most N (20).")
                    long limit) {
        root.output().list(root.api(), calls(product, device), limit, COLUMNS);
    }

    @Command(description = "Show one call and its answer.")
    void show(
            @Parameters(paramLabel = "PRODUCT", description = "The key of the device's product.") String product,
            @Parameters(paramLabel = "DEVICE", description = "The name of the device.") String device,
            @Parameters(paramLabel = "CALL", description = "The id of the call.") String call) {
        root.output().show(root.api().get(Route.of("products", product, "devices", device, "calls", call)), FIRST);
    }

    @Command(description = "Withdraw a call that was not sent.")
    void cancel(
            @Parameters(paramLabel = "PRODUCT", description = "The key of the device's product.") String product,
            @Parameters(paramLabel = "DEVICE", description = "The name of the device.") String device,
            @Parameters(paramLabel = "CALL", description = "The id of the call.") String call) {
        root.api().delete(Route.of("products", product, "devices", device, "calls", call));
        JsonObject gone = new JsonObject().with("call", call).with("cancelled", true);
        root.output().say(gone, "withdrew call " + call);
    }

    private JsonObject object(String text) {
        try {
            return Json.read(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "the input is one JSON object: " + e.getMessage(), e);
        }
    }

    private static Route calls(String product, String device) {
        return Route.of("products", product, "devices", device, "calls");
    }
}
