package io.berth.simulator.target;

import io.berth.simulator.device.ClientCertificate;
import io.berth.simulator.device.Fleet;
import io.berth.simulator.wire.Endpoint;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/// A Berth server somebody else started.
public final class ServerTarget implements Target {
    private final ServerAddress address;
    private final Endpoint mqtt;
    private final Optional<Endpoint> mqtts;
    private final ApiDoor api;

    public ServerTarget(ServerAddress address) {
        this.address = address;
        this.mqtt = Endpoint.clear(address.mqtt());
        this.mqtts =
                address.mqtts().filter(listener -> address.caFile().isPresent()).map(address::tls);
        this.api = address.api();
    }

    @Override
    public String name() {
        return "berth";
    }

    @Override
    public long pid() {
        return address.pid();
    }

    @Override
    public Endpoint mqtt() {
        return mqtt;
    }

    @Override
    public Optional<Endpoint> mqtts() {
        return mqtts;
    }

    @Override
    public Optional<InetSocketAddress> mqttPsk() {
        return address.mqttPsk();
    }

    @Override
    public boolean hasCertificates() {
        return mqtts.isPresent();
    }

    @Override
    public List<ClientCertificate> certify(Fleet fleet) {
        try (ApiClient client = new ApiClient(api, address.caFile())) {
            return new CertifiedFleet(client, fleet).certificates();
        }
    }

    @Override
    public Endpoint mqtts(ClientCertificate shown) {
        return Endpoint.tls(address.mqtts().orElseThrow(), address.caFile().orElseThrow(), shown);
    }

    @Override
    public Optional<InetSocketAddress> coaps() {
        return address.coaps();
    }

    @Override
    public Optional<InetSocketAddress> coap() {
        return address.coap();
    }

    @Override
    public boolean hasSubscriptions() {
        return address.amqp().isPresent();
    }

    @Override
    public Subscription subscribe(Fleet fleet) {
        Endpoint amqp = address.amqp()
                .map(Endpoint::clear)
                .orElseThrow(() -> new IllegalArgumentException("the server has no amqp listener"));
        return new Enrolment(api, address.caFile()).subscribe(fleet, amqp);
    }

    @Override
    public boolean hasApplications() {
        return true;
    }

    @Override
    public AccessKey accessKey() {
        return new Enrolment(api, address.caFile()).accessKey();
    }

    @Override
    public Optional<ApiDoor> api() {
        return Optional.of(api);
    }

    @Override
    public Optional<Endpoint> http(boolean tls) {
        return address.https()
                .filter(listener -> !tls || address.caFile().isPresent())
                .map(listener -> tls ? address.tls(listener) : Endpoint.clear(listener));
    }

    @Override
    public void enrol(Fleet fleet) {
        new Enrolment(api, address.caFile()).enrol(fleet);
    }

    @Override
    public void close() {
        // not ours to stop
    }
}
