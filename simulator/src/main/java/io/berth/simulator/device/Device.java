package io.berth.simulator.device;

/// One simulated device: who it is and which vendor's wire it speaks.
public record Device(Identity identity, Dialect dialect) {
    public Login login(boolean tls) {
        return dialect.login(identity, tls);
    }

    public String uplinkTopic() {
        return dialect.uplinkTopic(identity);
    }

    public String downlinkTopic() {
        return dialect.downlinkTopic(identity);
    }
}
