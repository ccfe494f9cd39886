package io.berth.simulator.bench;

import io.berth.simulator.bench.Crew.Member;
import io.berth.simulator.device.Device;
import io.berth.simulator.device.Identity;
import io.berth.simulator.target.AccessKey;
import io.berth.simulator.target.ApiDoor;
import io.berth.simulator.target.Subscription;
import io.berth.simulator.target.Target;
import io.berth.simulator.wire.AmqpReceiver;
import io.berth.simulator.wire.CoapConnection;
import io.berth.simulator.wire.Endpoint;
import io.berth.simulator.wire.HttpCall;
import io.berth.simulator.wire.HttpConnection;
import io.berth.simulator.wire.Loops;
import io.berth.simulator.wire.MqttConnection;
import io.berth.simulator.wire.MqttEvents;
import io.berth.simulator.wire.PublishFrame;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// Lays a scenario out on one target: opens what it needs and hands the rest to its lanes.
final class Layout {
    private final Target target;
    private final Settings settings;
    private final Loops loops;
    private final Crew crew;
    private final List<Lane> lanes = new ArrayList<>();
    private final List<Supplier<CompletableFuture<?>>> standing = new ArrayList<>();
    private final Arrivals arrivals = new Arrivals();
    private final Consumer consumer = new Consumer();

    private Layout(Target target, Settings settings, Loops loops) {
        this.target = target;
        this.settings = settings;
        this.loops = loops;
        this.crew = new Crew(target, loops);
    }

    static Course of(Scenario scenario, Target target, Settings settings, Loops loops) {
        Layout layout = new Layout(target, settings, loops);
        return switch (scenario) {
            case CONNECT, CONNECT_TLS, CONNECT_X509, CONNECT_PSK, CONNECT_DTLS ->
                layout.connects(new Doors(target, settings.fleet()).of(scenario));
            case IDLE -> layout.idle();
            case PUBLISH -> layout.publishes();
            case PROPERTY -> layout.properties();
            case DOWNLINK -> layout.downlinks();
            case ROUNDTRIP -> layout.roundtrips();
            case API -> layout.applications();
            case COAP -> layout.reportsOverCoap();
            case HTTP -> layout.reports(false);
            case HTTPS -> layout.reports(true);
        };
    }

    private Course built() {
        return new Course(lanes, arrivals, consumer, standing);
    }

    private List<Device> devices() {
        return IntStream.range(0, settings.connections())
                .mapToObj(settings.fleet()::device)
                .toList();
    }

    private Course connects(Door door) {
        for (int i = 0; i < settings.connections(); i++) {
            lanes.add(new ConnectLane(loops.next(), door));
        }
        return built();
    }

    private Course idle() {
        stand(devices().stream()
                .map(device -> new Member(device, List.of(device.downlinkTopic()), arrivals))
                .toList());
        return built();
    }

    private Course publishes() {
        listen();
        List<PublishLane> publishers = new ArrayList<>();
        List<Member> members = new ArrayList<>();
        for (Device device : devices()) {
            PublishLane lane =
                    new PublishLane(device.uplinkTopic(), settings.qos(), payload(), settings.inFlight(), false);
            publishers.add(lane);
            members.add(new Member(device, List.of(), lane));
        }
        List<MqttConnection> connections = crew.board(members);
        for (int i = 0; i < connections.size(); i++) {
            publishers.get(i).use(connections.get(i));
        }
        lanes.addAll(publishers);
        return built();
    }

    private Course reportsOverCoap() {
        listen();
        InetSocketAddress server =
                target.coap().orElseThrow(() -> new IllegalArgumentException(target.name() + " does not speak CoAP"));
        for (Device device : devices()) {
            CoapLane lane = new CoapLane(device.uplinkTopic(), payload(), settings.inFlight());
            lane.use(Crew.await(
                    CoapConnection.open(loops.next(), server, device.identity(), settings.inFlight(), lane)));
            lanes.add(lane);
        }
        return built();
    }

    private void listen() {
        switch (settings.consumer()) {
            case NONE -> {
                // the server may drop what nobody asked for
            }
            case TAIL -> {
                ApiDoor api = door();
                HttpConnection tail =
                        Crew.await(HttpConnection.open(loops.next(), api.endpoint(), api.token(), consumer));
                tail.get(ApiDoor.TAIL + "?kind=message&product="
                        + settings.fleet().product());
                standing.add(tail::leave);
            }
            case AMQP -> subscribe();
            case MQTT -> {
                // The last device of the fleet, which no lane uses unless all are used
                Device reader = settings.fleet().device(settings.fleet().size() - 1);
                stand(List.of(new Member(reader, List.of("#"), consumer)));
            }
        }
    }

    /// A group of its own, so that no other reader of the server is in the way; it is gone with the run.
    private void subscribe() {
        Subscription group = target.subscribe(settings.fleet());
        AmqpReceiver receiver = Crew.await(AmqpReceiver.open(loops.next(), group.amqp(), group.login(), consumer));
        standing.add(() -> receiver.leave().thenRunAsync(group::close));
    }

    private Course properties() {
        listen();
        List<PropertyLane> reporters = new ArrayList<>();
        List<Member> members = new ArrayList<>();
        for (Device device : devices()) {
            PropertyLane lane = new PropertyLane(device, settings.qos(), settings.inFlight());
            reporters.add(lane);
            members.add(new Member(device, lane.replyTopic().stream().toList(), lane));
        }
        List<MqttConnection> connections = crew.board(members);
        for (int i = 0; i < connections.size(); i++) {
            reporters.get(i).use(connections.get(i));
        }
        lanes.addAll(reporters);
        return built();
    }

    private Course downlinks() {
        List<Device> devices = devices();
        stand(devices.stream()
                .map(device -> new Member(device, List.of(device.downlinkTopic()), arrivals))
                .toList());
        if (target.api().isEmpty()) {
            publishers(devices);
            return built();
        }
        String filler = new String(payload(), StandardCharsets.US_ASCII).substring(PublishFrame.STAMP_LENGTH);
        switch (settings.via()) {
            case STREAM -> stream(devices, filler);
            case CALL ->
                callers(
                        devices,
                        (device, stamp) -> HttpCall.post(
                                ApiDoor.messages(device.identity()), "{" + message(device, stamp, filler) + "}"),
                        true);
        }
        return built();
    }

    private void stream(List<Device> devices, String filler) {
        ApiDoor api = door();
        AtomicInteger next = new AtomicInteger();
        StreamLane lane = new StreamLane(
                (out, stamp) -> {
                    Device device = devices.get(Math.floorMod(next.getAndIncrement(), devices.size()));
                    out.writeCharSequence(
                            "{\"product\":\"" + device.identity().product() + "\",\"device\":\""
                                    + device.identity().name() + "\"," + message(device, stamp, filler) + "}\n",
                            StandardCharsets.US_ASCII);
                },
                settings.inFlight());
        lane.use(
                Crew.await(HttpConnection.open(loops.next(), api.endpoint(), api.token(), lane)),
                ApiDoor.MESSAGE_STREAM);
        lanes.add(lane);
    }

    private String message(Device device, long stamp, String filler) {
        return "\"topic\":\"" + device.downlinkTopic() + "\",\"qos\":" + settings.qos() + ",\"text\":\""
                + HexFormat.of().toHexDigits(stamp) + filler + "\"";
    }

    /// A plain broker takes downlinks from another client of it.
    private void publishers(List<Device> devices) {
        int count = Math.min(settings.inFlight(), devices.size());
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            PublishLane lane = new PublishLane(devices.get(i).downlinkTopic(), settings.qos(), payload(), 1, true);
            lanes.add(lane);
            Identity identity = devices.get(i).identity();
            Identity sender =
                    new Identity(identity.product(), identity.name(), identity.secret(), "to-" + identity.huaweiId());
            members.add(new Member(new Device(sender, devices.get(i).dialect()), List.of(), lane));
        }
        List<MqttConnection> connections = crew.board(members);
        for (int i = 0; i < count; i++) {
            ((PublishLane) lanes.get(i)).use(connections.get(i));
        }
    }

    private Course roundtrips() {
        List<Device> devices = devices();
        stand(devices.stream()
                .map(device ->
                        new Member(device, device.dialect().requestFilters(device.identity()), new Answerer(device)))
                .toList());
        String filler = new String(payload(), StandardCharsets.US_ASCII);
        callers(
                devices,
                (device, stamp) -> HttpCall.post(
                        ApiDoor.requests(device.identity()), "{\"text\":\"" + filler + "\",\"timeoutMillis\":5000}"),
                false);
        return built();
    }

    private void callers(List<Device> devices, RequestOf request, boolean untilDelivered) {
        ApiDoor api = door();
        AtomicInteger next = new AtomicInteger();
        LongFunction<HttpCall> requests =
                stamp -> request.make(devices.get(Math.floorMod(next.getAndIncrement(), devices.size())), stamp);
        for (int i = 0; i < settings.inFlight(); i++) {
            HttpLane lane = new HttpLane(requests, untilDelivered);
            lane.use(Crew.await(HttpConnection.open(loops.next(), api.endpoint(), api.token(), lane)));
            lanes.add(lane);
        }
    }

    /// Each connection is an application that signs each of its calls.
    private Course applications() {
        AccessKey key = target.accessKey();
        standing.add(() -> CompletableFuture.runAsync(key::close));
        SignedCalls calls = new SignedCalls(settings.fleet(), settings.connections(), key.pair(), door());
        if (settings.call() == Settings.Call.PUB) {
            stand(devices().stream()
                    .map(device -> new Member(device, List.of(device.downlinkTopic()), arrivals))
                    .toList());
        }
        String filler = new String(payload(), StandardCharsets.US_ASCII).substring(PublishFrame.STAMP_LENGTH);
        LongFunction<HttpCall> requests = switch (settings.call()) {
            case DETAIL -> _ -> calls.detail();
            case REGISTER -> _ -> calls.register();
            case PUB -> stamp -> calls.message(HexFormat.of().toHexDigits(stamp) + filler);
        };
        for (int i = 0; i < settings.connections(); i++) {
            HttpLane lane = new HttpLane(requests, settings.call() == Settings.Call.PUB);
            lane.use(Crew.await(HttpConnection.openForSigned(loops.next(), door().endpoint(), lane)));
            lanes.add(lane);
        }
        return built();
    }

    /// Each connection is a device with a token, which sends the same report again and again.
    private Course reports(boolean tls) {
        listen();
        Endpoint endpoint = target.http(tls)
                .orElseThrow(() -> new IllegalArgumentException(target.name() + " has no HTTP for devices"));
        String payload = new String(payload(), StandardCharsets.US_ASCII);
        for (Device device : devices()) {
            String token = Crew.await(TokenVisit.of(device, loops.next(), endpoint));
            HttpCall report = TokenVisit.report(device, token, payload);
            HttpLane lane = new HttpLane(_ -> report, false);
            lane.use(Crew.await(HttpConnection.openForSigned(loops.next(), endpoint, lane)));
            lanes.add(lane);
        }
        return built();
    }

    private void stand(List<Member> members) {
        crew.board(members).forEach(connection -> standing.add(connection::leave));
    }

    private ApiDoor door() {
        return target.api()
                .orElseThrow(() -> new IllegalArgumentException(target.name() + " has no HTTP side for this"));
    }

    private byte[] payload() {
        byte[] payload = new byte[settings.payloadBytes()];
        for (int i = 0; i < payload.length; i++) {
            payload[i] = (byte) ('a' + i % 26);
        }
        return payload;
    }

    private interface RequestOf {
        HttpCall make(Device device, long stamp);
    }

    /// A device that answers what it is asked.
    private record Answerer(Device device) implements MqttEvents {
        @Override
        public void received(MqttConnection connection, String topic, ByteBuf payload) {
            device.dialect()
                    .answer(device.identity(), topic)
                    .ifPresent(answer -> connection.publish(answer.topic(), answer.body()));
        }
    }
}
