package io.berth.front.http;

import io.berth.dialect.HttpDialect;
import io.berth.dialect.HttpReader;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/// What passes between one connection and the platform: each request is read by its dialect, which remembers
/// of the connection what spares the next some work. Used on the event loop.
final class Conversation {
    private final Desk desk;
    private final Executor loop;
    private final Map<HttpDialect, HttpReader> readers = new HashMap<>(2);

    Conversation(Desk desk, Executor loop) {
        this.desk = desk;
        this.loop = loop;
    }

    void answer(ReceivedRequest request, Exchange.Answering then) {
        Exchange exchange = new Exchange(desk, loop, request, then);
        exchange.step(() -> exchange.take(
                readers.computeIfAbsent(request.dialect(), HttpDialect::open).read(request)));
    }
}
