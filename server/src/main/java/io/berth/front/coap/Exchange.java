package io.berth.front.coap;

import io.berth.core.Payload;
import io.berth.dialect.CoapAnswer;
import io.berth.dialect.CoapCode;
import io.berth.dialect.CoapOption;
import io.berth.dialect.CoapRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One request on its way to its answer (RFC 7252 section 5.2): in the acknowledgement, or, when that had to
/// go first, in a message of its own. Used on its loop.
final class Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private final CoapLoop loop;
    private final Peer peer;
    private final Message.Type type;
    private final int id;
    private final Payload token;
    private final @Nullable Block received;
    private final @Nullable Block wanted;
    /// Null when neither side sends a body in blocks.
    private final BlockTransfers.@Nullable Key transfer;
    private final long arrived = System.nanoTime();
    /// What a repetition of the request is answered with.
    private byte @Nullable [] reply;

    private boolean isAcknowledged;

    Exchange(CoapLoop loop, Peer peer, Message request, BlockTransfers.@Nullable Key transfer) {
        this.loop = loop;
        this.peer = peer;
        this.type = request.type();
        this.id = request.id();
        this.token = request.token();
        this.received = Block.of(request.option(Options.BLOCK1));
        this.wanted = Block.of(request.option(Options.BLOCK2));
        this.transfer = transfer;
    }

    Peer peer() {
        return peer;
    }

    /// When the request came, in [System#nanoTime].
    long arrived() {
        return arrived;
    }

    CoapLoop loop() {
        return loop;
    }

    /// The request came again, perhaps from another address of the peer.
    void repeated(Peer from) {
        if (reply != null) {
            from.send(reply);
        } else {
            acknowledge(from);
        }
    }

    /// Tells the sender that the answer takes a while.
    private void acknowledge(Peer to) {
        if (type == Message.Type.CONFIRMABLE) {
            isAcknowledged = true;
            reply = Message.empty(Message.Type.ACKNOWLEDGEMENT, id).bytes();
            to.send(reply);
        }
    }

    /// Does work on the request; a fault of ours is answered as such.
    void doing(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("a request from {} could not be handled", peer.address(), e);
            answer(CoapCode.INTERNAL_ERROR);
        }
    }

    void answer(CoapCode code) {
        answer(CoapAnswer.of(code));
    }

    void answer(CoapAnswer answer) {
        if (answer.separate() && !isAcknowledged) {
            acknowledge(peer);
        }
        int code = answer.code().code();
        List<CoapOption> options = options(answer);
        Payload payload = piece(answer, options);
        options.sort(Comparator.comparingInt(CoapOption::number));
        if (type == Message.Type.NON_CONFIRMABLE) {
            peer.send(new Message(Message.Type.NON_CONFIRMABLE, code, loop.nextId(), token, options, payload).bytes());
        } else if (isAcknowledged) {
            loop.unconfirmed()
                    .send(peer, new Message(Message.Type.CONFIRMABLE, code, loop.nextId(), token, options, payload));
        } else {
            reply = new Message(Message.Type.ACKNOWLEDGEMENT, code, id, token, options, payload).bytes();
            peer.send(reply);
        }
    }

    private List<CoapOption> options(CoapAnswer answer) {
        List<CoapOption> options = new ArrayList<>(answer.options());
        if (answer.format() != CoapRequest.NO_FORMAT) {
            options.add(CoapOption.number(Options.CONTENT_FORMAT, answer.format()));
        }
        if (received != null) {
            options.add(received.option(Options.BLOCK1));
        }
        return options;
    }

    /// The part of the answer that goes out now.
    private Payload piece(CoapAnswer answer, List<CoapOption> options) {
        Payload whole = answer.payload();
        if (wanted == null || transfer == null || whole.size() == 0) {
            return whole;
        }
        int from = Math.min(wanted.offset(), whole.size());
        int to = Math.min(from + wanted.size(), whole.size());
        boolean more = to < whole.size();
        if (from == 0 && more) {
            loop.transfers().keep(transfer, answer);
        }
        options.add(new Block(wanted.number(), more, wanted.exponent()).option(Options.BLOCK2));
        byte[] piece = new byte[to - from];
        whole.buffer().position(from).get(piece);
        return Payload.owned(piece);
    }
}
