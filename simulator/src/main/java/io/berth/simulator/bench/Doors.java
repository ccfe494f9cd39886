package io.berth.simulator.bench;

import io.berth.simulator.device.Device;
import io.berth.simulator.device.Fleet;
import io.berth.simulator.device.Login;
import io.berth.simulator.device.PresharedKey;
import io.berth.simulator.target.Target;
import io.berth.simulator.wire.DtlsVisit;
import io.berth.simulator.wire.Endpoint;
import io.berth.simulator.wire.MqttConnection;
import io.berth.simulator.wire.MqttEvents;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/// The ways into a target. What a device shows is made beforehand: the load's own HMACs are not what is measured.
final class Doors {
    /// Each certificate is a call of the API to be made, and a TLS context of the load.
    private static final int MOST_CERTIFICATES = 1_000;

    private static final Executor THREADS = work -> Thread.ofVirtual().start(work);

    private final Target target;
    private final Fleet fleet;

    Doors(Target target, Fleet fleet) {
        this.target = target;
        this.fleet = fleet;
    }

    Door of(Scenario scenario) {
        return switch (scenario) {
            case CONNECT -> signed(target.mqtt(), false);
            case CONNECT_TLS -> signed(offered(target.mqtts(), "TLS"), true);
            case CONNECT_X509 -> shown();
            case CONNECT_PSK -> keyed(offered(target.mqttPsk(), "TLS with pre-shared keys"));
            case CONNECT_DTLS -> keyedOverDtls(offered(target.coaps(), "DTLS"));
            case IDLE, PUBLISH, PROPERTY, DOWNLINK, ROUNDTRIP, API, HTTP, HTTPS, COAP ->
                throw new IllegalArgumentException(scenario + " stays connected");
        };
    }

    private Door signed(Endpoint endpoint, boolean tls) {
        return mqtt(fleet.devices(), device -> new Caller(endpoint, target.login(device, tls)));
    }

    private Door shown() {
        return mqtt(
                target.certify(fleet.certified(MOST_CERTIFICATES)),
                certificate -> new Caller(target.mqtts(certificate), certificate.login()));
    }

    private Door keyed(InetSocketAddress server) {
        return mqtt(
                fleet.devices(),
                device -> new Caller(
                        Endpoint.psk(server, PresharedKey.of(device.identity())), target.login(device, true)));
    }

    private Door keyedOverDtls(InetSocketAddress server) {
        record Keyed(Device device, PresharedKey key) {}
        Supplier<Keyed> next = inTurn(fleet.devices(), device -> new Keyed(device, PresharedKey.of(device.identity())));
        return _ -> CompletableFuture.supplyAsync(
                () -> {
                    Keyed keyed = next.get();
                    DtlsVisit visit = DtlsVisit.of(server, keyed.device().identity(), keyed.key());
                    return () -> CompletableFuture.runAsync(visit::close, THREADS);
                },
                THREADS);
    }

    /// Where a device connects, and what it says there.
    private record Caller(Endpoint endpoint, Login login) {}

    private static <T> Door mqtt(List<T> devices, Function<T, Caller> callers) {
        Supplier<Caller> next = inTurn(devices, callers);
        return loop -> {
            Caller caller = next.get();
            return MqttConnection.open(loop, caller.endpoint(), caller.login(), MqttEvents.NONE)
                    .thenApply(connection -> connection::leave);
        };
    }

    private static <T, C> Supplier<C> inTurn(List<T> devices, Function<T, C> prepared) {
        List<C> ready = devices.stream().map(prepared).toList();
        AtomicInteger next = new AtomicInteger();
        return () -> ready.get(Math.floorMod(next.getAndIncrement(), ready.size()));
    }

    private <T> T offered(Optional<T> place, String what) {
        return place.orElseThrow(() -> new IllegalArgumentException(target.name() + " offers no " + what));
    }
}
