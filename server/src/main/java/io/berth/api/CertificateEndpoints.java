package io.berth.api;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.certificate.Presented;
import io.berth.core.device.Device;
import io.berth.core.line.Ask;
import io.berth.core.line.Ask.Proof;
import io.berth.core.line.CertificateDesk;
import io.berth.core.line.CertificateDesk.Reply;
import io.berth.core.line.LineRules;
import io.berth.core.login.CallPeer;
import io.berth.web.Endpoint;
import io.berth.web.Endpoint.Method;
import io.berth.web.Exchange;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where devices and burning stations fetch identities (spec aliyun-openapi 5). Stations are let in by their
/// own proofs, callers of the API are nobody here. Every answer takes the same time at least.
public final class CertificateEndpoints {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateEndpoints.class);
    private static final int MAX_BODY_BYTES = 4_096;
    private static final String BEARER = "Bearer ";

    private static final String DEVICE = "/cert/v1/device";

    private final CertificateDesk desk;
    private final LineRules rules;

    public CertificateEndpoints(CertificateDesk desk, LineRules rules) {
        this.desk = desk;
        this.rules = rules;
    }

    public List<Endpoint> endpoints() {
        Stream<Endpoint> always = Stream.of(
                new Endpoint(
                        Method.POST, DEVICE, exchange -> serve(exchange, CertificateEndpoints::fromBody, desk::issue)),
                new Endpoint(
                        Method.POST,
                        "/cert/v1/confirmation",
                        exchange -> serve(exchange, CertificateEndpoints::fromBody, desk::confirm)));
        // a proxy may take a GET for one it can repeat or remember, so it is there only where somebody needs it
        Stream<Endpoint> byGet = Stream.of(new Endpoint(
                Method.GET, DEVICE, exchange -> serve(exchange, CertificateEndpoints::fromQuery, desk::issue)));
        return Stream.concat(always, rules.byGet() ? byGet : Stream.empty()).toList();
    }

    /// @param station and what follows: of a signed request
    /// @param timestamp in milliseconds since 1970
    /// @param signature HMAC-SHA256 in hexadecimal
    public record Wanted(
            String deviceId,
            @Nullable String station,
            @Nullable String nonce,
            @Nullable Long timestamp,
            @Nullable String signature) {
        private @Nullable Proof signed() {
            return station == null || nonce == null || timestamp == null || signature == null
                    ? null
                    : new Proof.Signature(station, nonce, timestamp, signature);
        }
    }

    public record Identity(String productKey, String deviceName, String deviceSecret) {
        private static Identity of(Device device) {
            return new Identity(
                    device.id().product(), device.id().name(), device.secret().reveal());
        }
    }

    public record Complaint(String code, String message) {}

    /// @param body null for none
    private record Answer(int status, @Nullable Record body) {
        static Answer of(int status, String code, String message) {
            return new Answer(status, new Complaint(code, message));
        }
    }

    /// Reads what is wanted. INVALID_ARGUMENT; empty when it is too long to be read.
    @FunctionalInterface
    private interface Reading {
        Optional<Wanted> of(Exchange exchange) throws IOException;
    }

    private static Optional<Wanted> fromBody(Exchange exchange) throws IOException {
        return exchange.body(MAX_BODY_BYTES).map(body -> Input.fromJson(body, Wanted.class));
    }

    /// The token does not come this way: addresses end up in logs.
    private static Optional<Wanted> fromQuery(Exchange exchange) {
        return Optional.of(Input.fromQuery(exchange.query(), Wanted.class));
    }

    private void serve(Exchange exchange, Reading reading, Function<Ask, Reply> act) throws IOException {
        long start = System.nanoTime();
        Answer answer = answer(exchange, reading, act);
        rest(rules.answerTime().minusNanos(System.nanoTime() - start));
        exchange.putHeader("Cache-Control", "no-store");
        if (answer.body() == null) {
            exchange.answer(answer.status());
        } else {
            exchange.answerJson(answer.status(), answer.body());
        }
    }

    private static Answer answer(Exchange exchange, Reading reading, Function<Ask, Reply> act) throws IOException {
        Optional<Wanted> wanted;
        try {
            wanted = reading.of(exchange);
        } catch (ProblemException e) {
            return Answer.of(400, "request.malformed", e.detail());
        }
        if (wanted.isEmpty()) {
            return Answer.of(413, "request.too-large", "the body is larger than " + MAX_BODY_BYTES + " bytes");
        }
        boolean isPrivate = exchange.isEncrypted() || exchange.isLocal();
        Ask ask = new Ask(
                wanted.get().deviceId(),
                new CallPeer(exchange.peer(), exchange.isEncrypted()),
                isPrivate,
                proof(exchange, wanted.get()));
        try {
            return answer(act.apply(ask));
        } catch (ProblemException e) {
            if (e.problem() != Problem.OVERLOADED) {
                LOG.error("{} failed: {}", exchange.path(), e.detail(), e);
            }
            return Answer.of(503, "service.unavailable", "try again later");
        }
    }

    /// What a request says itself comes before what its connection says, which may be for someone else.
    private static @Nullable Proof proof(Exchange exchange, Wanted wanted) {
        Proof own = Optional.ofNullable(token(exchange)).orElseGet(wanted::signed);
        return own != null ? own : certificate(exchange.certificates());
    }

    private static @Nullable Proof certificate(List<X509Certificate> shown) {
        return shown.isEmpty() ? null : new Proof.Certificate(new Presented(shown, null));
    }

    private static Answer answer(Reply reply) {
        return switch (reply) {
            case Reply.Issued(Device device) -> new Answer(200, Identity.of(device));
            case Reply.Confirmed _ -> new Answer(204, null);
            case Reply.Refused(Reply.Refusal why) ->
                switch (why) {
                    case STRANGER -> Answer.of(401, "requester.unknown", "the requester is not known");
                    case ILLEGAL -> Answer.of(404, "device.illegal", "the device is illegal");
                    case TOO_OFTEN -> Answer.of(429, "request.too-often", "try again later");
                };
        };
    }

    /// The station and its secret, `station.secret`; null when there is none or it cannot be one.
    private static @Nullable Proof token(Exchange exchange) {
        String header = exchange.header("Authorization");
        return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? Proof.Token.read(header.substring(BEARER.length()).strip())
                : null;
    }

    private static void rest(Duration left) {
        if (left.isPositive()) {
            try {
                Thread.sleep(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the server stops: answer now
            }
        }
    }
}
