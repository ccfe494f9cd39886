package io.berth.api;

import static io.berth.core.ProblemException.require;

import io.berth.core.Payload;
import io.berth.core.caller.Area;
import io.berth.core.device.DeviceDirectory;
import io.berth.core.device.DeviceId;
import io.berth.core.message.AwaitedDelivery;
import io.berth.core.message.DeliveryState;
import io.berth.core.message.Downlink;
import io.berth.core.message.Qos;
import io.berth.core.product.Products;
import io.berth.core.session.Downlinks;
import io.berth.core.session.Messages;
import io.berth.core.session.Requests;
import io.berth.core.topic.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Messages to devices.
public final class MessageRoutes implements NativeApi.Group {
    private static final int MAX_WAIT_MILLIS = 60_000;
    private static final int DEFAULT_TIMEOUT_MILLIS = 5_000;

    private final Products products;
    private final Recipients recipients;
    private final Downlinks downlinks;
    private final Messages messages;
    private final Requests requests;

    public MessageRoutes(Products products, DeviceDirectory devices, Ways ways) {
        this.products = products;
        this.recipients = new Recipients(devices);
        this.downlinks = ways.downlinks();
        this.messages = ways.messages();
        this.requests = ways.requests();
    }

    /// How what is said reaches devices.
    public record Ways(Downlinks downlinks, Messages messages, Requests requests) {}

    @Override
    public List<Route<?, ?>> routes() {
        String device = "/products/{product}/devices/{device}";
        return List.of(
                Route.post(
                                device + "/messages",
                                Demand.operate(Area.MESSAGES),
                                "Sends a message on a topic of the device",
                                NewMessage.class,
                                Sent.class,
                                this::send)
                        .unaudited(),
                Route.post(
                                device + "/requests",
                                Demand.operate(Area.MESSAGES),
                                "Asks the device and waits for its answer",
                                NewRequest.class,
                                Answer.class,
                                this::ask)
                        .unaudited(),
                Route.post(
                        "/products/{product}/broadcasts",
                        Demand.operate(Area.MESSAGES),
                        "Sends a message to all devices of the product that are online",
                        NewBroadcast.class,
                        Offered.class,
                        this::broadcast));
    }

    /// @param waitMillis how long to wait for the device's acknowledgement of a QoS 1 message
    public record NewMessage(
            String topic,
            @Nullable Integer qos,
            @Nullable String text,
            @Nullable String base64,
            @Nullable Integer waitMillis) {}

    /// @param id the message's, under which whoever follows commands hears how far it gets
    public record Sent(String id, DeliveryState state) {}

    /// @param topic null for the request topic of the device's dialect
    public record NewRequest(
            @Nullable String topic,
            @Nullable String text,
            @Nullable String base64,
            @Nullable Integer timeoutMillis) {}

    public record Answer(@Nullable String text, @Nullable String base64, long millis) {}

    public record NewBroadcast(
            String topic, @Nullable String text, @Nullable String base64) {}

    public record Offered(int offered) {}

    private Sent send(Call<NewMessage> call) throws InterruptedException {
        NewMessage wanted = call.input();
        int qos = Objects.requireNonNullElse(wanted.qos(), 0);
        require(qos == 0 || qos == 1, "\"qos\" must be 0 or 1");
        Duration wait = millis("waitMillis", Objects.requireNonNullElse(wanted.waitMillis(), 0), 0);
        Downlink.Message message = new Downlink.Message(
                new Topic(wanted.topic()).text(), Qos.of(qos), Content.read(wanted.text(), wanted.base64()));
        DeviceId device = recipients.reachable(call.device());
        AwaitedDelivery delivery = new AwaitedDelivery();
        String id = messages.nextId();
        messages.send(device, id, message, delivery);
        return new Sent(id, delivery.await(qos == 1 ? wait : Duration.ZERO));
    }

    private Answer ask(Call<NewRequest> call) throws InterruptedException {
        NewRequest wanted = call.input();
        Duration timeout =
                millis("timeoutMillis", Objects.requireNonNullElse(wanted.timeoutMillis(), DEFAULT_TIMEOUT_MILLIS), 1);
        Payload question = Content.read(wanted.text(), wanted.base64());
        String topic = wanted.topic() != null ? new Topic(wanted.topic()).text() : null;
        DeviceId device = recipients.reachable(call.device());
        long start = System.nanoTime();
        Payload answer = Recipients.join(requests.ask(device, timeout, id -> new Downlink.Request(id, topic, question)))
                .payload();
        Content content = Content.of(answer);
        return new Answer(
                content.text(),
                content.base64(),
                Duration.ofNanos(System.nanoTime() - start).toMillis());
    }

    private Offered broadcast(Call<NewBroadcast> call) {
        NewBroadcast wanted = call.input();
        Downlink.Broadcast message =
                new Downlink.Broadcast(new Topic(wanted.topic()).text(), Content.read(wanted.text(), wanted.base64()));
        String product = products.get(call.path("product")).key();
        return new Offered(downlinks.broadcast(product, message));
    }

    private static Duration millis(String name, int value, int least) {
        require(
                value >= least && value <= MAX_WAIT_MILLIS,
                "\"" + name + "\" must be " + least + " to " + MAX_WAIT_MILLIS);
        return Duration.ofMillis(value);
    }
}
