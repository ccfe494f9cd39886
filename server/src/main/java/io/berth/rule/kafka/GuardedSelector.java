package io.berth.rule.kafka;

import io.berth.rule.OutboundGate;
import io.berth.rule.OutboundGate.ForbiddenException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.network.ChannelBuilder;
import org.apache.kafka.common.network.Selector;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.internals.LogContext;
import org.jspecify.annotations.Nullable;

/// Where Kafka's client connects, after it looked a name up and before the first packet: to nothing the gate
/// refuses.
final class GuardedSelector extends Selector {
    private final OutboundGate gate;
    private volatile @Nullable ForbiddenException refused;

    GuardedSelector(OutboundGate gate, long maxIdleMillis, Metrics metrics, ChannelBuilder channels, LogContext log) {
        super(maxIdleMillis, metrics, Time.SYSTEM, "producer", channels, log);
        this.gate = gate;
    }

    @Override
    public void connect(String id, InetSocketAddress address, int sendBuffer, int receiveBuffer) throws IOException {
        try {
            super.connect(id, gate.checked(address), sendBuffer, receiveBuffer);
        } catch (ForbiddenException e) {
            refused = e;
            throw e;
        }
    }

    /// Why the last server was not connected to, empty when none was refused.
    Optional<String> refusal() {
        return Optional.ofNullable(refused).map(ForbiddenException::getMessage);
    }
}
