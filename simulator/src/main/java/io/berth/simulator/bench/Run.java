package io.berth.simulator.bench;

import io.berth.simulator.bench.Settings.Listener;
import io.berth.simulator.device.Fleet;
import io.berth.simulator.target.Target;
import java.util.Arrays;
import java.util.List;

/// A scenario with what a run of it fixes beforehand.
///
/// @param rate events per second, 0 for as many as go
record Run(String name, Scenario scenario, double rate, Listener consumer) {
    private static final List<Run> ALL = List.of(
            of(Scenario.CONNECT),
            of(Scenario.CONNECT_TLS),
            of(Scenario.IDLE),
            of(Scenario.PUBLISH),
            new Run("publish-tail", Scenario.PUBLISH, 0, Listener.TAIL),
            of(Scenario.PROPERTY),
            of(Scenario.DOWNLINK),
            new Run("downlink-1000-per-s", Scenario.DOWNLINK, 1000, Listener.NONE),
            of(Scenario.ROUNDTRIP));

    private static Run of(Scenario scenario) {
        return new Run(scenario.toString(), scenario, 0, Listener.NONE);
    }

    static List<Run> named(String name) {
        if (name.equals("all")) {
            return ALL;
        }
        return Arrays.stream(Scenario.values())
                .filter(scenario -> scenario.toString().equals(name))
                .findFirst()
                .map(scenario -> List.of(of(scenario)))
                .orElseThrow(() -> new IllegalArgumentException("no scenario " + name + "; there are all, "
                        + String.join(
                                ", ",
                                Arrays.stream(Scenario.values())
                                        .map(Scenario::toString)
                                        .toList())));
    }

    Settings settings(LoadOptions load, Fleet fleet) {
        return load.settings(scenario, fleet, rate, consumer);
    }

    /// Whether a server has what the run needs.
    boolean fits(Target target, Settings settings) {
        return switch (scenario) {
            case CONNECT, IDLE, DOWNLINK -> true;
            case PUBLISH ->
                switch (settings.consumer()) {
                    case NONE, MQTT -> true;
                    case TAIL -> target.api().isPresent();
                    case AMQP -> target.hasSubscriptions();
                };
            case CONNECT_TLS -> target.mqtts().isPresent();
            case CONNECT_X509 -> target.hasCertificates();
            case CONNECT_PSK -> target.mqttPsk().isPresent();
            case CONNECT_DTLS -> target.coaps().isPresent();
            case PROPERTY, ROUNDTRIP -> target.api().isPresent();
            case API -> target.hasApplications();
            case COAP -> target.coap().isPresent();
            case HTTP, HTTPS -> target.http(scenario == Scenario.HTTPS).isPresent();
        };
    }
}
