package io.berth.compat;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One device on Alibaba's unmodified Node SDK, in a Node process of its own (`compat/node/device.js`).
final class NodeSdkDevice implements AutoCloseable {
    private final Identity identity;
    private final Process process;
    private final BufferedWriter commands;
    private final Arrivals<JsonNode> events = new Arrivals<>();

    private NodeSdkDevice(Identity identity, Process process) {
        this.identity = identity;
        this.process = process;
        this.commands = process.outputWriter();
        Thread.ofVirtual().name("node " + identity.name()).start(this::readEvents);
    }

    /// Fetches the SDK as `package-lock.json` pins it, once: tests run in several processes, and the first one
    /// to come does it for all.
    static synchronized void install() throws IOException {
        Path folder = Checkout.nodeFolder();
        try (FileChannel file = FileChannel.open(
                        folder.resolve("install.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = file.lock()) {
            Path installed = folder.resolve("node_modules/.package-lock.json");
            Path wanted = folder.resolve("package-lock.json");
            if (!Files.exists(installed)
                    || Files.getLastModifiedTime(installed).compareTo(Files.getLastModifiedTime(wanted)) < 0) {
                fetch(folder);
            }
        }
    }

    private static void fetch(Path folder) throws IOException {
        Process npm = new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        try (var output = npm.inputReader()) {
            String said = output.readAllAsString();
            if (npm.waitFor() != 0) {
                throw new IOException("npm ci failed:\n" + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /// Starts the SDK and lets it connect; what comes of it are events.
    static NodeSdkDevice start(BerthServer server, Identity identity) throws IOException {
        return start("connect", identity, "mqtt://127.0.0.1:" + server.port("mqtt"), server.caFile());
    }

    /// The SDK's gateway instead of its plain device.
    static NodeSdkDevice startGateway(BerthServer server, Identity identity) throws IOException {
        return start("gateway", identity, "mqtt://127.0.0.1:" + server.port("mqtt"), server.caFile());
    }

    static NodeSdkDevice startOverTls(BerthServer server, Identity identity) throws IOException {
        return start("connect", identity, "mqtts://127.0.0.1:" + server.port("mqtts"), server.caFile());
    }

    /// What the SDK's user is told when a device asks for its secret with that of its product.
    static JsonNode register(BerthServer server, Identity identity, String productSecret) throws IOException {
        try (NodeSdkDevice device = launch(identity, server.caFile())) {
            return device.ask(
                    "register",
                    Map.of(
                            "productKey",
                            identity.product(),
                            "productSecret",
                            productSecret,
                            "deviceName",
                            identity.name(),
                            "registerURL",
                            "https://127.0.0.1:" + server.port("https") + "/auth/register/device"));
        }
    }

    private static NodeSdkDevice start(String kind, Identity identity, String brokerUrl, Path caFile)
            throws IOException {
        NodeSdkDevice device = launch(identity, caFile);
        device.command(
                kind,
                Map.of(
                        "productKey",
                        identity.product(),
                        "deviceName",
                        identity.name(),
                        "deviceSecret",
                        identity.secret(),
                        "brokerUrl",
                        brokerUrl));
        return device;
    }

    private static NodeSdkDevice launch(Identity identity, Path caFile) throws IOException {
        ProcessBuilder node = new ProcessBuilder("node", "device.js")
                .directory(Checkout.nodeFolder().toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        // the SDK has no option for the root to trust, Node has
        node.environment().put("NODE_EXTRA_CA_CERTS", caFile.toString());
        return new NodeSdkDevice(identity, node.start());
    }

    /// Waits until the SDK is connected and its own subscriptions are in place.
    NodeSdkDevice connected() {
        take("connect");
        settle();
        return this;
    }

    /// The server grants subscriptions in order: when this one is granted, all earlier ones are.
    void settle() {
        subscribe("/broadcast/" + identity.product() + "/settled");
    }

    /// @return the granted QoS of each filter, 128 where the server refused
    List<Integer> subscribe(String topic) {
        command("subscribe", Map.of("topic", topic));
        JsonNode granted = take(
                        "subscribed", event -> event.path("topic").asString().equals(topic))
                .path("granted");
        return granted.valueStream().map(JsonNode::asInt).toList();
    }

    /// Publishes with QoS 1 and comes back with the acknowledgement.
    void publish(String topic, String payload) {
        command("publish", Map.of("topic", topic, "payload", payload));
        take("published", event -> event.path("topic").asString().equals(topic));
    }

    /// Posts properties and returns the platform's reply, as the SDK's callback got it.
    JsonNode postProps(Map<String, Object> props) {
        command("postProps", Map.of("props", props));
        return take("postReply", _ -> true).path("reply");
    }

    /// Has the SDK ask the platform, and returns the reply its callback got.
    JsonNode ask(String what, Map<String, Object> with) {
        command(what, with);
        return take("answered", event -> event.path("what").asString().equals(what))
                .path("reply");
    }

    /// Answers every synchronous call of this service from now on.
    void serve(String service, Map<String, Object> output) {
        command("serve", Map.of("service", service, "output", output));
        settle();
    }

    /// Answers every asynchronous call of this service from now on. The SDK hears only of the first service a
    /// device serves so.
    void serveAsync(String service, Map<String, Object> output) {
        command("serve", Map.of("service", service, "output", output, "way", "async"));
        settle();
    }

    /// Answers every property set with this code from now on.
    void obey(int code) {
        String topic = "/sys/" + identity.product() + "/" + identity.name() + "/thing/service/property/set_reply";
        command("obey", Map.of("topic", topic, "code", code));
        settle();
    }

    /// The next message on a topic that begins like this.
    JsonNode message(String topicStart) {
        return take("message", event -> event.path("topic").asString().startsWith(topicStart));
    }

    JsonNode take(String event) {
        return take(event, _ -> true);
    }

    Identity identity() {
        return identity;
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            command("end", Map.of());
        }
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private JsonNode take(String event, Predicate<JsonNode> wanted) {
        return events.take(
                "the event " + event + " of " + identity.name(),
                each -> each.path("event").asString().equals(event) && wanted.test(each));
    }

    void command(String what, Map<String, Object> with) {
        Map<String, Object> command = new HashMap<>(with);
        command.put("do", what);
        try {
            commands.write(JsonMapper.shared().writeValueAsString(command));
            commands.newLine();
            commands.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the Node process of " + identity.name() + " has gone", e);
        }
    }

    private void readEvents() {
        try (BufferedReader lines = process.inputReader()) {
            lines.lines().map(JsonMapper.shared()::readTree).forEach(events::add);
        } catch (IOException e) {
            throw new IllegalStateException("lost the Node process of " + identity.name(), e);
        }
    }
}
