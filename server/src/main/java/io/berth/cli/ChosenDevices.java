package io.berth.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which devices a batch is about.
final class ChosenDevices {
    @Option(
            names = "--devices",
            paramLabel = "FILE",
            description = "Those of a file: PRODUCT/DEVICE or PRODUCT,DEVICE or an alias a line; - for stdin.")
    private @Nullable String devices;

    @Option(names = "--group", paramLabel = "G", description = "Those in this group now.")
    private @Nullable String group;

    @Option(names = "--query", paramLabel = "TEXT", description = "Those this query finds now.")
    private @Nullable String query;

    @Option(names = "--batch", paramLabel = "ID", description = "Those of an earlier batch.")
    private @Nullable String batch;

    String words() {
        return group != null
                ? "all devices of group " + group
                : query != null
                        ? "all devices with " + query
                        : batch != null ? "all devices of batch " + batch : "these devices";
    }

    JsonObject into(JsonObject body, Shell shell) {
        return body.with("devices", devices == null ? null : DeviceLines.targets(shell, devices))
                .with("group", group)
                .with("query", query)
                .with("batch", batch);
    }
}
