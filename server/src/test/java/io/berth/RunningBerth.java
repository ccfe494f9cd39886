package io.berth;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A whole server in this process, on free ports and a directory of the test, with an operator beside it.
final class RunningBerth implements AutoCloseable {
    /// Every listener on any free port, and a stop that does not wait for a slow reconnect wave.
    private static final List<String> SETTINGS = List.of(
            "listener.mqtt.port=0",
            "listener.mqtts.port=0",
            "listener.mqtt-psk.port=0",
            "listener.https.port=0",
            "listener.coap-sym.port=0",
            "listener.coaps.port=0",
            "listener.amqp.port=0",
            "listener.amqps.port=0",
            "listener.web.port=0",
            "mqtt.drain.over=0s",
            "passwords.rounds=1000");

    private final Berth berth;
    private final Path data;

    private RunningBerth(Berth berth, Path data) {
        this.berth = berth;
        this.data = data;
    }

    static RunningBerth on(Path data, String... settings) {
        List<String> all =
                Stream.concat(SETTINGS.stream(), Arrays.stream(settings)).toList();
        if (all.stream().noneMatch(setting -> setting.startsWith("storage.url="))) {
            FirstStart.spare(data);
        }
        return started(new UpArguments(data, Optional.empty(), all, false), data);
    }

    /// One with a configuration file of this text: lists are given in files only.
    static RunningBerth configured(Path data, String text) throws IOException {
        FirstStart.spare(data);
        Path file = Files.writeString(data.resolve("test.conf"), text);
        return started(new UpArguments(data, Optional.of(file), SETTINGS, false), data);
    }

    private static RunningBerth started(UpArguments arguments, Path data) {
        return new RunningBerth(Berth.start(arguments, Map.of(), InstantSource.system()), data);
    }

    Operator operator() {
        return new Operator(data);
    }

    /// What the operator reads at the start.
    String announcement() {
        StringWriter text = new StringWriter();
        berth.announce(new PrintWriter(text), 1);
        return text.toString();
    }

    int port(String listener) {
        return berth.port(listener);
    }

    /// Where the native API answers.
    String url() {
        return "http://127.0.0.1:" + berth.port("web");
    }

    /// An application that follows all events of one product.
    Tail tail(String product) {
        return Tail.open(data, "product=" + product);
    }

    /// A device with Alibaba's firmware.
    TestDevice alibaba(String product, String name, String secret) {
        return TestDevice.alibaba(berth.port("mqtt"), product, name, secret);
    }

    /// The same with more parameters in its client id, for example `,_ss=1`.
    TestDevice alibaba(String product, String name, String secret, String parameters) {
        return TestDevice.alibaba(berth.port("mqtt"), product, name, secret, parameters);
    }

    /// A device with Huawei's firmware.
    TestDevice huawei(String id, String secret) {
        return TestDevice.huawei(berth.port("mqtt"), id, secret);
    }

    @Override
    public void close() {
        berth.close();
    }
}
