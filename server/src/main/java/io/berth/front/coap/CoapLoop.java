package io.berth.front.coap;

import io.berth.core.session.Traffic;
import io.berth.dialect.CoapAnswer;
import io.berth.dialect.CoapCode;
import io.berth.front.coap.BlockTransfers.Taken;
import io.netty.channel.EventLoop;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The message layer for the senders that one event loop serves: all their datagrams come here, in order.
/// Used on that loop, but for [#execute] and [#offer].
final class CoapLoop {
    private final EventLoop loop;
    private final Reception reception;
    private final Traffic traffic;
    private final RecentExchanges exchanges;
    private final BlockTransfers transfers;
    private final int maxBodyBytes;
    private final int maxOffered;
    private final AtomicInteger offered = new AtomicInteger();
    private final Unconfirmed unconfirmed;
    private int lastId = ThreadLocalRandom.current().nextInt();

    /// @param limits this loop's share of them
    CoapLoop(EventLoop loop, Reception reception, Traffic traffic, CoapConfig limits) {
        this.loop = loop;
        this.reception = reception;
        this.traffic = traffic;
        this.exchanges = new RecentExchanges(limits.maxExchanges(), System.nanoTime());
        this.maxOffered = limits.maxPending();
        this.maxBodyBytes = limits.maxBodyBytes();
        this.transfers = new BlockTransfers(limits.maxTransfers(), limits.maxBodyBytes());
        this.unconfirmed = new Unconfirmed(loop, limits.maxUnconfirmed());
    }

    /// Runs the task here: at once when the caller is here already. Any thread.
    void execute(Runnable task) {
        if (loop.inEventLoop()) {
            task.run();
        } else if (!loop.isShuttingDown()) {
            loop.execute(task);
        }
    }

    /// Takes what was received elsewhere, unless too much waits here. Any thread.
    void offer(Peer peer, byte[] datagram) {
        if (offered.incrementAndGet() > maxOffered) {
            offered.decrementAndGet();
            traffic.dropped("too many requests wait");
            return;
        }
        execute(() -> {
            offered.decrementAndGet();
            received(peer, datagram);
        });
    }

    void received(Peer peer, byte[] datagram) {
        Message message = Message.read(datagram);
        if (message == null) {
            traffic.dropped("malformed datagram");
            reject(peer, Message.rejection(datagram));
        } else if (message.isRequest()
                && (message.type() == Message.Type.CONFIRMABLE || message.type() == Message.Type.NON_CONFIRMABLE)) {
            request(peer, message);
        } else if (message.isEmpty()
                && (message.type() == Message.Type.ACKNOWLEDGEMENT || message.type() == Message.Type.RESET)) {
            unconfirmed.settle(peer.key(), message.id());
        } else if (message.isConfirmable()) {
            // an empty one is a ping (RFC 7252 section 4.3); of others there is nothing a server waits for
            reject(peer, Message.empty(Message.Type.RESET, message.id()));
        }
    }

    private static void reject(Peer peer, @Nullable Message rejection) {
        if (rejection != null) {
            peer.send(rejection.bytes());
        }
    }

    private void request(Peer peer, Message message) {
        Exchange known = exchanges.find(peer.key(), message.id());
        if (known != null) {
            traffic.dropped("repeated datagram");
            known.repeated(peer);
            return;
        }
        BlockTransfers.Key transfer = inBlocks(message) ? BlockTransfers.Key.of(peer, message) : null;
        Exchange exchange = new Exchange(this, peer, message, transfer);
        exchanges.add(peer.key(), message.id(), exchange, exchange.arrived());
        if (message.option(Options.PROXY_URI) != null || message.option(Options.PROXY_SCHEME) != null) {
            exchange.answer(CoapCode.PROXYING_NOT_SUPPORTED);
        } else if (transfer != null) {
            take(exchange, message, transfer);
        } else if (message.payload().size() > maxBodyBytes) {
            exchange.answer(transfers.tooLarge());
        } else {
            reception.take(exchange, message, message.payload());
        }
    }

    private static boolean inBlocks(Message message) {
        return message.option(Options.BLOCK1) != null || message.option(Options.BLOCK2) != null;
    }

    private void take(Exchange exchange, Message message, BlockTransfers.Key transfer) {
        Block sent = Block.of(message.option(Options.BLOCK1));
        Block wanted = Block.of(message.option(Options.BLOCK2));
        if (wanted != null && wanted.number() > 0 && sent == null) {
            CoapAnswer kept = transfers.kept(transfer);
            exchange.answer(kept != null ? kept : CoapAnswer.of(CoapCode.INCOMPLETE));
        } else if (sent == null && message.option(Options.BLOCK1) != null) {
            // one that cannot be read leaves the payload without meaning
            exchange.answer(CoapCode.BAD_OPTION);
        } else if (sent == null) {
            reception.take(exchange, message, message.payload());
        } else {
            switch (transfers.take(transfer, sent, message.payload())) {
                case Taken.Whole whole -> reception.take(exchange, message, whole.body());
                case Taken.Unfinished unfinished -> exchange.answer(unfinished.answer());
            }
        }
    }

    BlockTransfers transfers() {
        return transfers;
    }

    Unconfirmed unconfirmed() {
        return unconfirmed;
    }

    /// For a message of this side.
    int nextId() {
        lastId = (lastId + 1) & 0xffff;
        return lastId;
    }
}
