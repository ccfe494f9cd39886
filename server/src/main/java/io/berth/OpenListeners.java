package io.berth;

import io.berth.api.NodeFacts;
import io.berth.net.BoundListener;
import java.io.PrintWriter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The listeners that are open, in the order in which they came. Any thread.
final class OpenListeners {
    private final Map<String, NodeFacts.Listener> open = Collections.synchronizedMap(new LinkedHashMap<>());

    /// Each under the first address it is bound to.
    void add(List<BoundListener> bound) {
        bound.forEach(listener -> add(listener.name(), listener.addresses().getFirst(), listener.port()));
    }

    void add(String name, String bind, int port) {
        open.put(name, new NodeFacts.Listener(bind, port));
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    Optional<Integer> port(String name) {
        return Optional.ofNullable(open.get(name)).map(NodeFacts.Listener::port);
    }

    /// What is open now.
    Map<String, NodeFacts.Listener> byName() {
        synchronized (open) {
            return Collections.unmodifiableMap(new LinkedHashMap<>(open));
        }
    }

    /// @param legacy those that accept what is not secure any more
    void announce(PrintWriter out, Set<String> legacy) {
        byName().forEach((name, at) -> out.printf(
                "  %-8s %-22s %s%n",
                name,
                at.bind() + ":" + at.port(),
                purpose(name) + (legacy.contains(name) ? "; LEGACY TLS, NOT SECURE" : "")));
    }

    private static String purpose(String listener) {
        return switch (listener) {
            case "mqtt" -> "MQTT, in clear or TLS";
            case "mqtts" -> "MQTT over TLS";
            case "mqtt-psk" -> "MQTT over TLS with pre-shared keys";
            case "coap-sym" -> "CoAP, payloads encrypted by the device";
            case "coaps" -> "CoAP over DTLS";
            case "https" -> "HTTPS, WebSocket or MQTT of devices";
            case "amqp" -> "AMQP 1.0 subscriptions";
            case "amqps" -> "AMQP 1.0 subscriptions over TLS";
            case "web" -> "native API, metrics, health";
            default -> "";
        };
    }
}
