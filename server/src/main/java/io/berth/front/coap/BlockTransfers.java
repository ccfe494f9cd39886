package io.berth.front.coap;

import io.berth.core.Payload;
import io.berth.dialect.CoapAnswer;
import io.berth.dialect.CoapCode;
import io.berth.dialect.CoapOption;
import io.berth.dialect.CoapRequest;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Bodies on their way in blocks (RFC 7959): requests that are put together, answers that are fetched piece
/// by piece. Both are bounded in number and size; where there is no room, the oldest gives way, and its
/// sender begins again. Used on one loop.
final class BlockTransfers {
    private final int maxBodyBytes;
    private final Map<Key, ByteArrayOutputStream> bodies;
    private final Map<Key, CoapAnswer> answers;

    BlockTransfers(int maxTransfers, int maxBodyBytes) {
        this.maxBodyBytes = maxBodyBytes;
        this.bodies = new Bounded<>(maxTransfers);
        this.answers = new Bounded<>(maxTransfers);
    }

    /// One at a time of a peer and a path.
    record Key(Object peer, String path) {
        static Key of(Peer peer, Message message) {
            return new Key(
                    peer.key(),
                    message.options().stream()
                            .filter(option -> option.number() == Options.URI_PATH)
                            .map(option -> option.value().text())
                            .collect(Collectors.joining("/")));
        }
    }

    /// What a block brought.
    sealed interface Taken {
        record Whole(Payload body) implements Taken {}

        record Unfinished(CoapAnswer answer) implements Taken {}
    }

    Taken take(Key key, Block block, Payload payload) {
        ByteArrayOutputStream body = block.number() == 0 ? new ByteArrayOutputStream() : bodies.get(key);
        if (body == null || body.size() != block.offset()) {
            return failed(key, CoapCode.INCOMPLETE);
        }
        if (block.more() && payload.size() != block.size()) {
            return failed(key, CoapCode.BAD_REQUEST);
        }
        if (body.size() + payload.size() > maxBodyBytes) {
            bodies.remove(key);
            return new Taken.Unfinished(tooLarge());
        }
        body.writeBytes(payload.toBytes());
        if (block.more()) {
            bodies.put(key, body);
            return new Taken.Unfinished(CoapAnswer.of(CoapCode.CONTINUE));
        }
        bodies.remove(key);
        return new Taken.Whole(Payload.owned(body.toByteArray()));
    }

    private Taken failed(Key key, CoapCode code) {
        bodies.remove(key);
        return new Taken.Unfinished(CoapAnswer.of(code));
    }

    /// The answer to a body beyond the bound, which names it.
    CoapAnswer tooLarge() {
        return new CoapAnswer(
                CoapCode.TOO_LARGE,
                CoapRequest.NO_FORMAT,
                Payload.EMPTY,
                List.of(CoapOption.number(Options.SIZE1, maxBodyBytes)),
                false);
    }

    /// Keeps an answer that goes out in pieces.
    void keep(Key key, CoapAnswer answer) {
        answers.put(key, answer);
    }

    /// What the pieces after the first are of; null when it is forgotten.
    @Nullable
    CoapAnswer kept(Key key) {
        return answers.get(key);
    }

    private static final class Bounded<V> extends LinkedHashMap<Key, V> {
        private final int most;

        Bounded(int most) {
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, V> eldest) {
            return size() > most;
        }
    }
}
