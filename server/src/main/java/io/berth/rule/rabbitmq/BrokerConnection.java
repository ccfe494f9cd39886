package io.berth.rule.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.impl.FrameHandlerFactory;
import io.berth.rule.DestinationConfig;
import io.berth.rule.OutboundGate;
import io.berth.rule.Server;
import io.berth.rule.TrustedRoots;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The connection to a broker, opened when a channel is wanted and none is open. Any thread.
final class BrokerConnection implements AutoCloseable {
    private static final int HEARTBEAT_SECONDS = 30;
    private static final int END_MILLIS = 1_000;

    private final DestinationConfig.RabbitMq config;
    private final Duration patience;
    private final ConnectionFactory factory;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Connection connection;

    BrokerConnection(DestinationConfig.RabbitMq config, OutboundGate gate, Duration patience) {
        this.config = config;
        this.patience = patience;
        this.factory = factory(new GuardedFrames(
                gate, config.tls() ? TrustedRoots.context(config.ca()) : null, (int) patience.toMillis()));
    }

    ConfirmedChannel channel() throws IOException, TimeoutException, InterruptedException {
        Channel channel = open().createChannel();
        if (channel == null) {
            throw new IOException("the broker allows no more channels");
        }
        return new ConfirmedChannel(channel, config.exchange(), patience);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (connection != null) {
                connection.abort(END_MILLIS);
            }
        } finally {
            lock.unlock();
        }
    }

    private Connection open() throws IOException, TimeoutException, InterruptedException {
        lock.lockInterruptibly();
        try {
            Connection open = connection;
            if (open == null || !open.isOpen()) {
                open = factory.newConnection("berth");
                connection = open;
            }
            return open;
        } finally {
            lock.unlock();
        }
    }

    private ConnectionFactory factory(GuardedFrames frames) {
        ConnectionFactory made = new ConnectionFactory() {
            @Override
            protected synchronized FrameHandlerFactory createFrameHandlerFactory() {
                return frames;
            }
        };
        Server server = new Server(config.host(), config.port());
        made.setHost(server.host());
        made.setPort(server.port());
        made.setVirtualHost(config.virtualHost());
        made.setUsername(config.user());
        made.setPassword(config.password().text());
        made.setAutomaticRecoveryEnabled(false);
        made.setRequestedHeartbeat(HEARTBEAT_SECONDS);
        made.setConnectionTimeout((int) patience.toMillis());
        made.setHandshakeTimeout((int) patience.toMillis());
        made.setChannelRpcTimeout((int) patience.toMillis());
        made.setThreadFactory(Thread.ofVirtual().name("rule-amqp").factory());
        return made;
    }
}
