package io.berth.simulator.device;

/// The three fields of an MQTT CONNECT that say who is there.
public record Login(String clientId, String username, String password) {
    @Override
    public String toString() {
        return "client id " + clientId + ", user " + username; // never the password
    }
}
