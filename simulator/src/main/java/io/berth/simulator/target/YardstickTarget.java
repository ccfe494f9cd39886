package io.berth.simulator.target;

import io.berth.simulator.device.Fleet;
import io.berth.simulator.wire.Endpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The yardstick server as a child process, which ends with this one.
public final class YardstickTarget implements Target {
    private final ChildServer child;
    private final ServerAddress address;
    private final Endpoint mqtt;
    private final Endpoint mqtts;
    private final ApiDoor api;

    public YardstickTarget(Fleet fleet) {
        Path directory = ChildServer.newDirectory("yardstick");
        child = new ChildServer("yardstick", directory, command(fleet, directory));
        child.awaitReady(() -> Files.exists(directory.resolve(RuntimeFile.NAME)));
        address = ServerAddress.of(RuntimeFile.read(directory));
        mqtt = Endpoint.clear(address.mqtt());
        mqtts = address.tls(address.mqtts().orElseThrow());
        api = address.api();
    }

    private static List<String> command(Fleet fleet, Path directory) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "io.berth.simulator.Main",
                "yardstick",
                "serve",
                "--with-parent",
                "--data=" + directory,
                "--seed=" + fleet.seed(),
                "--devices=" + fleet.size());
    }

    @Override
    public String name() {
        return "yardstick";
    }

    @Override
    public long pid() {
        return child.pid();
    }

    @Override
    public Endpoint mqtt() {
        return mqtt;
    }

    @Override
    public Optional<Endpoint> mqtts() {
        return Optional.of(mqtts);
    }

    @Override
    public Optional<ApiDoor> api() {
        return Optional.of(api);
    }

    @Override
    public void enrol(Fleet fleet) {
        // it was born knowing the fleet
    }

    @Override
    public void close() {
        child.close();
    }
}
