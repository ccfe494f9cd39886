package io.berth.dialect.aliyun.device;

import io.berth.core.credential.Secret;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.login.DeviceTokens;
import io.berth.core.login.DeviceTokens.Ticket;
import io.berth.core.login.DeviceTokens.Verdict;
import io.berth.core.login.Handover.Note;
import io.berth.dialect.DeviceServices;
import io.berth.dialect.Reading;
import io.berth.dialect.Route;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The tokens of one way into CoAP, and what is remembered of those in use: which messages came already, and
/// where its topics lead. Of at most so many; what is forgotten is worked out of the token again, but for the
/// messages that came. Any thread; never blocks.
final class AliyunCoapTokens {
    /// The sequence number of the first message under a token.
    static final int FIRST = 1;

    /// Behind the token of a device that wants its answers apart from the acknowledgements (spec
    /// aliyun-device 3.1): no token itself has it.
    private static final String SEPARATE = ".";

    /// Well-behaved devices use fewer topics.
    private static final int MAX_ROUTES = 16;

    private static final int RANDOM_CHARS = 32;

    private final DeviceTokens tokens;
    private final DeviceServices services;
    private final int most;
    private final EarlierNumbers earlier;
    private volatile Generations generations = new Generations(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());

    AliyunCoapTokens(DeviceTokens tokens, DeviceServices services, int most, EarlierNumbers earlier) {
        this.tokens = tokens;
        this.services = services;
        this.most = most;
        this.earlier = earlier;
    }

    /// The older is forgotten when the younger is full.
    private record Generations(ConcurrentHashMap<String, Shown> young, ConcurrentHashMap<String, Shown> old) {}

    /// A token for a device that just proved itself; fails when the store does.
    CompletionStage<Shown> issue(DeviceSnapshot device, boolean separate) {
        return tokens.issue(device).thenApply(token -> {
            String text = separate ? token + SEPARATE : token;
            Ticket ticket = tokens.open(token).orElseThrow();
            return remembered(new Shown(text, ticket, SequenceWindow.from(FIRST)));
        });
    }

    /// Null when it is none of this installation's for this use.
    @Nullable
    Shown open(String text) {
        Generations now = generations;
        Shown known = now.young().get(text);
        if (known != null) {
            return known;
        }
        Shown older = now.old().get(text);
        if (older != null) {
            return remembered(older);
        }
        String token = text.endsWith(SEPARATE) ? text.substring(0, text.length() - 1) : text;
        return tokens.open(token).map(ticket -> resumed(text, ticket)).orElse(null);
    }

    /// One of an earlier run, or one that was forgotten. What nobody remembers is not remembered now either:
    /// whoever overheard many tokens must not push those in use out of memory.
    private synchronized Shown resumed(String text, Ticket ticket) {
        Shown meanwhile = generations.young().get(text);
        if (meanwhile != null) {
            return meanwhile;
        }
        SequenceWindow window = earlier.resumed(random(text));
        Shown shown = new Shown(text, ticket, window);
        return window.isForgotten() ? shown : remembered(shown);
    }

    /// How far the numbers came, by token.
    Map<String, Note> numbers() {
        Map<String, Note> notes = new HashMap<>();
        generations.old().values().forEach(shown -> notes.put(random(shown.text), shown.note()));
        generations.young().values().forEach(shown -> notes.put(random(shown.text), shown.note()));
        earlier.fill(notes, most);
        return notes;
    }

    private static String random(String text) {
        return HexFormat.of().formatHex(AliyunCoapCipher.sha256(text)).substring(0, RANDOM_CHARS);
    }

    private Shown remembered(Shown shown) {
        if (generations.young().size() >= most / 2) {
            turn();
        }
        Shown before = generations.young().putIfAbsent(shown.text, shown);
        return before != null ? before : shown;
    }

    private synchronized void turn() {
        if (generations.young().size() >= most / 2) {
            generations = new Generations(new ConcurrentHashMap<>(), generations.young());
        }
    }

    int size() {
        return generations.young().size() + generations.old().size();
    }

    /// A token in use.
    final class Shown {
        private final String text;
        private final Ticket ticket;
        private final SequenceWindow window;
        private final Object turn = new Object();
        private final Map<String, Route> routes = new HashMap<>(2);
        private @Nullable DeviceSnapshot judged;
        private @Nullable AliyunWire wire;
        private @Nullable AliyunCoapCipher cipher;

        private Shown(String text, Ticket ticket, SequenceWindow window) {
            this.text = text;
            this.ticket = ticket;
            this.window = window;
        }

        String text() {
            return text;
        }

        Ticket ticket() {
            return ticket;
        }

        SequenceWindow window() {
            return window;
        }

        boolean wantsSeparateAnswers() {
            return text.endsWith(SEPARATE);
        }

        /// What the device makes the key of its payloads with. It is sent in clear, and has to differ between
        /// logins, no more: so it comes of the token, and nobody need remember it.
        String random() {
            return AliyunCoapTokens.random(text);
        }

        private Note note() {
            return new Note(window.highest(), ticket.issued().plus(tokens.lifetime()));
        }

        /// Whether it holds for its device as that is now.
        synchronized Verdict judge(DeviceSnapshot now) {
            if (now.equals(judged)) {
                return tokens.judgeAgain(ticket);
            }
            Verdict verdict = tokens.judge(ticket, now.device());
            if (verdict == Verdict.GOOD) {
                judged = now;
                wire = new AliyunWire(now, AliyunClientId.parse(""), services);
                routes.clear();
            }
            return verdict;
        }

        /// Where the topic leads for the device that was found good last.
        synchronized @Nullable Route route(String topic) {
            Route known = routes.get(topic);
            if (known == null && wire != null) {
                if (routes.size() >= MAX_ROUTES) {
                    routes.clear();
                }
                Route route = wire.route(topic);
                known = route instanceof Route.Reader reader ? inTurn(reader) : route;
                routes.put(topic, known);
            }
            return known;
        }

        /// A device may send from two addresses at once, and its wire is for one message at a time.
        private Route.Reader inTurn(Route.Reader reader) {
            return (payload, qos) -> {
                synchronized (this) {
                    Reading reading = reader.read(payload, qos);
                    return reading instanceof Reading.Later later ? inTurn(later) : reading;
                }
            };
        }

        /// Apart from the above: this may block, and event loops must not wait for it.
        private Reading.Later inTurn(Reading.Later later) {
            return new Reading.Later(() -> {
                synchronized (turn) {
                    return later.work().read();
                }
            });
        }

        /// The secret is the one the token was issued for, as long as the token is good.
        synchronized AliyunCoapCipher cipher(Secret secret) {
            AliyunCoapCipher known = cipher;
            if (known == null) {
                known = new AliyunCoapCipher(secret, random());
                cipher = known;
            }
            return known;
        }
    }
}
