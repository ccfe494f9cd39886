package io.berth;

import io.berth.cli.Cli;
import io.berth.core.credential.Hmac;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A trial run on throw-away state: what it walks through is what the ahead-of-time cache holds, so that a
/// real start finds its classes loaded and linked. The launcher runs it once per build.
final class Rehearsal {
    private static final int LOGINS = 200;
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String HOUR = "2026010100";
    private static final String TSL = """
            {"properties":[{"identifier":"Temp","accessMode":"rw","dataType":{"type":"float","specs":{"min":"0","max":"9"}}}]}""";
    private static final PrintWriter NOWHERE = new PrintWriter(Writer.nullWriter());

    private Rehearsal() {}

    static int run(Path data, PrintWriter out) {
        List<String> anyPorts = List.of(
                "listener.mqtt.port=0",
                "listener.mqtts.port=0",
                "listener.https.port=0",
                "listener.coap-sym.port=0",
                "listener.coaps.port=0",
                "listener.amqp.port=0",
                "listener.amqps.port=0",
                "listener.web.port=0");
        boolean isFirst = !Files.exists(data);
        UpArguments arguments = new UpArguments(data, Optional.empty(), anyPorts, false);
        try (Berth berth = Berth.start(arguments, Map.of(), InstantSource.system())) {
            berth.announce(NOWHERE, 0);
            if (isFirst) {
                register(data);
            }
            for (int i = 0; i < LOGINS; i++) {
                play(berth.port("mqtt"), i);
            }
            out.println("rehearsed");
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void register(Path data) throws IOException {
        String at = data.toString();
        cli(data, "--data", at, "product", "create", "rehearsal", "--key", "pk", "--huawei-id", "hw");
        cli(data, "--data", at, "device", "create", "pk", "one", "--secret", SECRET, "--huawei-id", "hw_one");
        Path model = Files.writeString(data.resolve("rehearsal.json"), TSL);
        cli(data, "--data", at, "thing", "import", "pk", model.toString(), "--publish");
        Files.delete(model);
    }

    private static void cli(Path data, String... words) {
        Cli.run(words, NOWHERE, NOWHERE, data);
    }

    /// One device, first on Alibaba's wire, then on Huawei's.
    private static void play(int port, int round) throws IOException {
        String aliyunSign = sign(SECRET, "clientIdc" + round + "deviceNameoneproductKeypk");
        try (RehearsalDevice device = RehearsalDevice.connect(
                new Socket("127.0.0.1", port),
                "c" + round + "|securemode=3,signmethod=hmacsha256|",
                "one&pk",
                aliyunSign)) {
            device.subscribe("/pk/one/user/get");
            device.publish("/pk/one/user/update", "{}");
            device.publish("/sys/pk/one/thing/event/property/post", "{\"id\":\"1\",\"params\":{\"Temp\":1}}");
            device.ping();
        }
        try (RehearsalDevice device = RehearsalDevice.connect(
                new Socket("127.0.0.1", port), "hw_one_0_0_" + HOUR, "hw_one", sign(HOUR, SECRET))) {
            device.publish(
                    "$oc/devices/hw_one/sys/properties/report",
                    "{\"services\":[{\"service_id\":\"default\",\"properties\":{\"Temp\":1.5}}]}");
        }
    }

    private static String sign(String key, String content) {
        return Hmac.SHA256.hex(key.getBytes(StandardCharsets.US_ASCII), content.getBytes(StandardCharsets.US_ASCII));
    }
}
