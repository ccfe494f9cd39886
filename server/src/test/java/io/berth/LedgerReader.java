package io.berth;

import io.berth.Ledger.Delivery;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import org.apache.qpid.jms.JmsConnectionFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A consumer of a group on a stock JMS client. It acknowledges now and then, comes back whenever the server
/// does, and can be made to go away with what it has not acknowledged.
final class LedgerReader implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// So many messages at most it has handled, and not said so, whenever the server is killed.
    static final int ACKNOWLEDGED_AT_ONCE = 20;

    private static final long PATIENCE_MILLIS = 200;

    private final String group;
    private final Path data;
    private final IntSupplier port;
    private final Ledger ledger;
    private final Thread thread;
    private final AtomicBoolean crash = new AtomicBoolean();
    private volatile boolean stopped;

    LedgerReader(String group, Path data, IntSupplier port, Ledger ledger) {
        this.group = group;
        this.data = data;
        this.port = port;
        this.ledger = ledger;
        this.thread = Thread.ofPlatform().name("reader of " + group).daemon().start(this::run);
    }

    /// Goes away with unacknowledged messages at the next chance, and comes back.
    void crash() {
        crash.set(true);
    }

    private void run() {
        while (!stopped) {
            try {
                read();
            } catch (JMSException | UncheckedIOException | IllegalStateException e) {
                // the server is away
                pause();
            }
        }
    }

    private void read() throws JMSException {
        String url = "amqp://127.0.0.1:" + port.getAsInt()
                + "?jms.prefetchPolicy.all=200&amqp.idleTimeout=60000&transport.connectTimeout=2000";
        try (Connection connection = new JmsConnectionFactory("token", token(), url).createConnection()) {
            connection.start();
            Session session = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
            MessageConsumer consumer = session.createConsumer(session.createQueue(group));
            Message last = null;
            List<String> open = new ArrayList<>();
            while (!stopped) {
                Message message = consumer.receive(PATIENCE_MILLIS);
                if (message != null) {
                    open.add(note(message));
                    last = message;
                    if (open.size() > 1 && crash.compareAndSet(true, false)) {
                        return;
                    }
                }
                if (last != null && (message == null || open.size() == ACKNOWLEDGED_AT_ONCE)) {
                    last.acknowledge(); // and all before it
                    ledger.accepted(group, open);
                    last = null;
                    open.clear();
                }
            }
        }
    }

    /// The event's id.
    private String note(Message message) throws JMSException {
        JsonNode event = JSON.readTree(message.getBody(String.class));
        String id = event.path("id").stringValue();
        ledger.delivered(
                group,
                new Delivery(
                        id,
                        event.path("device").stringValue(),
                        Integer.parseInt(event.path("payload").stringValue())));
        return id;
    }

    private String token() {
        try {
            return Files.readString(data.resolve("token")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
