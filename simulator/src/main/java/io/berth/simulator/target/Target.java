package io.berth.simulator.target;

import io.berth.simulator.device.ClientCertificate;
import io.berth.simulator.device.Device;
import io.berth.simulator.device.Fleet;
import io.berth.simulator.device.Login;
import io.berth.simulator.wire.Endpoint;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/// A server to put under load.
public interface Target extends AutoCloseable {
    String name();

    /// The process whose CPU and memory are accounted.
    long pid();

    Endpoint mqtt();

    /// MQTT over TLS 1.3; empty when the server offers none.
    Optional<Endpoint> mqtts();

    /// MQTT over TLS with pre-shared keys; empty when the server offers none.
    default Optional<InetSocketAddress> mqttPsk() {
        return Optional.empty();
    }

    /// Whether it makes certificates, by which devices log in at [#mqtts].
    default boolean hasCertificates() {
        return false;
    }

    /// Makes the server know another fleet, whose devices have certificates.
    default List<ClientCertificate> certify(Fleet fleet) {
        throw new IllegalArgumentException(name() + " makes no certificates");
    }

    /// As [#mqtts], for a device that shows its certificate.
    default Endpoint mqtts(ClientCertificate shown) {
        throw new IllegalArgumentException(name() + " asks for no certificates");
    }

    /// CoAP through DTLS; empty when the server offers none.
    default Optional<InetSocketAddress> coaps() {
        return Optional.empty();
    }

    /// CoAP of devices that encrypt what they send themselves; empty when the server offers none.
    default Optional<InetSocketAddress> coap() {
        return Optional.empty();
    }

    /// Whether applications can subscribe to events over AMQP 1.0.
    default boolean hasSubscriptions() {
        return false;
    }

    /// Makes a group that gets what the fleet sends from now on.
    default Subscription subscribe(Fleet fleet) {
        throw new IllegalArgumentException(name() + " has no subscriptions");
    }

    /// Whether the vendors' applications can call it.
    default boolean hasApplications() {
        return false;
    }

    /// Makes a key to sign with.
    default AccessKey accessKey() {
        throw new IllegalArgumentException(name() + " has no access keys");
    }

    /// The HTTP side; empty for a plain broker.
    Optional<ApiDoor> api();

    /// HTTP of devices, in clear or over TLS 1.3; empty when the server has none.
    default Optional<Endpoint> http(boolean tls) {
        return Optional.empty();
    }

    /// Makes the server know the fleet.
    void enrol(Fleet fleet);

    default Login login(Device device, boolean tls) {
        return device.login(tls);
    }

    @Override
    void close();
}
