package io.berth.simulator.yardstick;

import io.berth.simulator.device.Fleet;
import io.berth.simulator.device.Mix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Runs the yardstick until it is told to stop.
@Command(
        name = "yardstick",
        description = "The minimal server Berth is measured against.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "serve")
public final class YardstickCommand {
    @Command(name = "serve", description = "Serve on loopback until stopped.", mixinStandardHelpOptions = true)
    int serve(
            @Option(names = "--port", defaultValue = "0", description = "MQTT port (0: any free one).") int port,
            @Option(names = "--tls-port", defaultValue = "0", description = "MQTT over TLS port.") int tlsPort,
            @Option(names = "--http-port", defaultValue = "0", description = "Port of the HTTP doors.") int httpPort,
            @Option(names = "--devices", defaultValue = "20000", description = "Devices it knows.") int devices,
            @Option(names = "--seed", defaultValue = "1", description = "Seed of their identities.") long seed,
            @Option(names = "--threads", defaultValue = "1", description = "Event loops.") int threads,
            @Option(names = "--data", required = true, description = "Where runtime.json goes.") Path data,
            @Option(names = "--with-parent", hidden = true, description = "End when stdin ends.") boolean withParent)
            throws IOException, InterruptedException {
        Fleet fleet = new Fleet(seed, devices, Mix.ALIYUN);
        CountDownLatch stopped = new CountDownLatch(1);
        try (YardstickServer server = new YardstickServer(fleet, threads, data)) {
            Runtime.getRuntime().addShutdownHook(new Thread(stopped::countDown));
            server.start(port, tlsPort, httpPort);
            if (withParent) {
                awaitEndOfInput();
            } else {
                stopped.await();
            }
        }
        return 0;
    }

    private static void awaitEndOfInput() throws IOException {
        while (System.in.read() >= 0) {
            // the parent never writes; the pipe ends when the parent does
        }
    }
}
