package io.berth.stream.amqp;

import io.berth.stream.group.Consumer.Settlement;

/// One event on its way to a client: settled once every message it is told in is, with the worst of their outcomes.
/// On the event loop only.
final class Handed {
    private final long tag;
    private int left;
    private Settlement worst = Settlement.ACCEPTED;

    Handed(long tag, int messages) {
        this.tag = tag;
        this.left = messages;
    }

    long tag() {
        return tag;
    }

    /// True when it was the last.
    boolean settle(Settlement outcome) {
        // declared from best to worst
        worst = outcome.compareTo(worst) > 0 ? outcome : worst;
        return --left == 0;
    }

    Settlement worst() {
        return worst;
    }
}
