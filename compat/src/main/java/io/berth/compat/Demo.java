package io.berth.compat;

import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import io.berth.compat.Reading.Csv;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/// `./berth demo`: two fleets on clients that are not ours, one on each vendor's wire, report a day of readings, get
/// messages, answer questions; and one login fails and is explained. Ends by itself.
public final class Demo {
    private static final Duration PACE = Duration.ofMillis(400);
    private static final String OFFICE = "a1DemoOffice";
    private static final String PLANT = "a1DemoPlant";

    private final BerthServer berth;
    private final Screen screen;

    private Demo(BerthServer berth, Screen screen) {
        this.berth = berth;
        this.screen = screen;
    }

    /// @param args `--data DIR` of a running server; with none there, the demo starts one that leaves nothing behind
    public static void main(String[] args) {
        Screen screen = Screen.ofThisTerminal();
        Optional<Path> data = data(args);
        if (data.isEmpty()) {
            screen.failure("usage: berth demo [--data DIR]");
            System.exit(2);
        }
        int exit = 0;
        try (BerthServer berth = server(data.orElseThrow(), screen)) {
            new Demo(berth, screen).run();
        } catch (IOException | RuntimeException e) {
            screen.failure(String.valueOf(e.getMessage()));
            exit = 1;
        }
        // the Huawei SDK leaves threads behind that would keep us here
        System.exit(exit);
    }

    /// The launcher hands its own words on: `demo` may stand before or after the option.
    private static Optional<Path> data(String[] args) {
        List<String> words = new ArrayList<>(List.of(args));
        words.remove("demo");
        if (words.size() == 2 && words.get(0).equals("--data")) {
            return Optional.of(Path.of(words.get(1)));
        }
        return words.isEmpty()
                ? Optional.of(Path.of(Objects.requireNonNullElse(System.getenv("BERTH_DATA"), "data")))
                : Optional.empty();
    }

    private static BerthServer server(Path data, Screen screen) throws IOException {
        if (BerthServer.isUp(data)) {
            screen.chapter("Using the Berth that runs on " + data);
            return BerthServer.at(data);
        }
        screen.chapter("No Berth runs on " + data + ": starting one for this demo, on free ports");
        return BerthServer.start();
    }

    private void run() throws IOException {
        screen.say("native API " + berth.url() + ", MQTT on port " + berth.port("mqtt"));
        register();
        try (Tail _ = berth.api().tail(OFFICE, screen::up);
                Tail _ = berth.api().tail(PLANT, screen::up)) {
            List<DemoDevice> devices = new ArrayList<>();
            try {
                connect(devices);
                replay(devices);
                showThings(devices);
                sendMessages(devices);
                ask(devices);
            } finally {
                devices.forEach(DemoDevice::close);
            }
        }
        failALogin();
        screen.chapter("That was it");
        screen.say("Next: ./berth up in one terminal, ./berth tail in another, ./berth demo in a third;");
        screen.say("then your own device: ./berth product create, ./berth device create, and point it here.");
    }

    private void register() throws IOException {
        screen.chapter("Registering two fleets from a CSV file, with the identities they already have");
        for (String product : List.of(OFFICE, PLANT)) {
            if (!berth.api().hasProduct(product)) {
                berth.api().createProduct(product);
            }
        }
        withFile("devices.csv", csv -> {
            screen.say("$ ./berth device import devices.csv");
            screen.aside(berth.cli("device", "import", csv.toString()));
        });
        screen.chapter("Telling what they are: one thing model as each vendor writes it");
        importModel(OFFICE, "office.tsl.json");
        importModel(PLANT, "plant.model.json");
    }

    private void importModel(String product, String file) throws IOException {
        withFile(file, model -> {
            screen.say("$ ./berth thing import " + product + " " + file + " --publish");
            screen.aside(berth.cli("thing", "import", product, model.toString(), "--publish"));
        });
    }

    @FunctionalInterface
    private interface FileUse {
        void on(Path file) throws IOException;
    }

    /// The commands want files, and ours are in a jar.
    private static void withFile(String resource, FileUse use) throws IOException {
        Path file = Files.createTempFile("berth-demo-", "-" + resource);
        try (InputStream content =
                Objects.requireNonNull(Demo.class.getClassLoader().getResourceAsStream("demo/" + resource))) {
            Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
            use.on(file);
        } finally {
            Files.delete(file);
        }
    }

    private void showThings(List<DemoDevice> devices) throws IOException {
        screen.chapter("What Berth keeps of them: values and their history, whatever the wire");
        show(devices.get(0), "temperature");
        show(devices.get(2), "climate:temperature");
    }

    private void show(DemoDevice device, String key) throws IOException {
        Identity who = device.identity();
        screen.say("$ ./berth thing show " + who.product() + " " + who.name());
        screen.aside(berth.cli("thing", "show", who.product(), who.name()));
        screen.say("$ ./berth history " + who.product() + " " + who.name() + " " + key + " --limit 3");
        screen.aside(berth.cli("history", who.product(), who.name(), key, "--limit", "3"));
    }

    private void connect(List<DemoDevice> devices) throws IOException {
        screen.chapter("Connecting them, each on a client that is not ours");
        List<Identity> known = identities();
        devices.add(connectOffice(known.get(0)));
        devices.add(DemoDevice.onStockClientForAlibaba(berth, known.get(1)));
        devices.add(DemoDevice.onHuaweiJavaSdk(berth, known.get(2)));
        devices.add(DemoDevice.onStockClientForHuawei(berth, known.get(3)));
        for (DemoDevice device : devices) {
            screen.say(String.format("%-9s", device.identity().name()) + device.client());
        }
    }

    private DemoDevice connectOffice(Identity identity) throws IOException {
        try {
            NodeSdkDevice.install();
        } catch (IOException e) {
            screen.say("(a stock client stands in for Alibaba's Node SDK, which needs node and npm: " + e.getMessage()
                    + ")");
            return DemoDevice.onStockClientForAlibaba(berth, identity);
        }
        return DemoDevice.onAlibabaNodeSdk(berth, identity);
    }

    private void replay(List<DemoDevice> devices) throws IOException {
        screen.chapter("Room climate goes up (synthetic day of one room; each device replays its own quarter)");
        List<Reading> series = Reading.series();
        int share = series.size() / devices.size();
        for (int step = 0; step < share; step++) {
            for (int device = 0; device < devices.size(); device++) {
                devices.get(device).report().accept(series.get(device * share + step));
            }
            pause();
        }
    }

    private void sendMessages(List<DemoDevice> devices) {
        screen.chapter("The operator sends each device a message");
        for (DemoDevice device : devices) {
            berth.api().publish(device.identity(), device.messageTopic(), "Please open the window.");
            String arrived = device.nextMessage().get();
            screen.down(String.format("%-9s", device.identity().name()) + "got: " + arrived);
        }
    }

    private void ask(List<DemoDevice> devices) {
        screen.chapter("The operator asks and the device answers (RRPC on one wire, a command on the other)");
        for (DemoDevice device : List.of(devices.get(0), devices.get(2))) {
            long start = System.nanoTime();
            String answer = berth.api().ask(device.identity(), device.request());
            long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
            screen.down(String.format("%-9s", device.identity().name()) + "asked: " + device.request());
            screen.say(String.format("%-9s", "") + "answered in " + millis + " ms: " + answer);
        }
    }

    private void failALogin() throws IOException {
        screen.chapter("A device with a wrong secret learns nothing but a code; its operator learns everything");
        Identity device = identities().get(1);
        VendorLogin login = VendorLogin.aliyun(device.withSecret("0123456789abcdef"), "sha256", false);
        try (StockDevice _ = StockDevice.connect(berth, login)) {
            throw new IllegalStateException(device.name() + " came in with a wrong secret");
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof Mqtt3ConnAckException refused)) {
                throw e;
            }
            screen.say(device.name() + " was told: " + refused.getMqttMessage().getReturnCode());
        }
        screen.say("$ ./berth explain " + device.product() + " " + device.name());
        screen.aside(berth.cli("explain", device.product(), device.name()));
    }

    private static List<Identity> identities() throws IOException {
        return Csv.rows("demo/devices.csv").stream()
                .map(row -> new Identity(row.get(0), row.get(1), row.get(2), row.get(3)))
                .toList();
    }

    private static void pause() {
        try {
            Thread.sleep(PACE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
