package io.berth.simulator.target;

import io.berth.simulator.device.Device;
import io.berth.simulator.device.Fleet;
import io.berth.simulator.device.Login;
import io.berth.simulator.wire.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// mosquitto as a child process with one static user, under which every device signs in.
public final class MosquittoTarget implements Target {
    public static final Path USUAL_PROGRAM = Path.of("/usr/sbin/mosquitto");
    private static final String USER = "bench";
    private static final String PASSWORD = "bench-password";

    private final ChildServer child;
    private final InetSocketAddress address;

    public MosquittoTarget(Path program) {
        if (!Files.isExecutable(program)) {
            throw new IllegalArgumentException(
                    "no mosquitto at " + program + ": apt install mosquitto, or --mosquitto FILE");
        }
        Path directory = ChildServer.newDirectory("mosquitto");
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort());
        writeConfiguration(directory, address.getPort());
        child = new ChildServer(
                "mosquitto",
                directory,
                List.of(
                        program.toString(),
                        "-c",
                        directory.resolve("mosquitto.conf").toString()));
        child.awaitReady(this::answers);
    }

    private static void writeConfiguration(Path directory, int port) {
        Path users = directory.resolve("users");
        try {
            Files.writeString(directory.resolve("mosquitto.conf"), """
                    listener %d 127.0.0.1
                    allow_anonymous false
                    password_file %s
                    max_inflight_messages 0
                    max_queued_messages 1000000
                    set_tcp_nodelay true
                    log_type error
                    user root
                    """.formatted(port, users));
            int exit = new ProcessBuilder("mosquitto_passwd", "-b", "-c", users.toString(), USER, PASSWORD)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException("mosquitto_passwd failed with " + exit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot configure mosquitto", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            return socket.isConnected();
        } catch (IOException _) {
            return false;
        }
    }

    @Override
    public String name() {
        return "mosquitto";
    }

    @Override
    public long pid() {
        return child.pid();
    }

    @Override
    public Endpoint mqtt() {
        return Endpoint.clear(address);
    }

    @Override
    public Optional<Endpoint> mqtts() {
        return Optional.empty();
    }

    @Override
    public Optional<ApiDoor> api() {
        return Optional.empty();
    }

    @Override
    public void enrol(Fleet fleet) {
        // one static user stands for all devices
    }

    @Override
    public Login login(Device device, boolean tls) {
        return new Login(device.identity().huaweiId(), USER, PASSWORD);
    }

    @Override
    public void close() {
        child.close();
    }
}
