package io.berth.rule.http;

import static io.berth.core.ProblemException.require;

import io.berth.rule.Destination;
import io.berth.rule.DestinationConfig;
import io.berth.rule.DestinationConfig.Hidden;
import io.berth.rule.OutboundGate;
import io.berth.rule.Outgoing;
import io.berth.rule.RuleConfig;
import io.berth.rule.Template;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/// Posts each message to an address (spec huawei-iotda 8).
public final class HttpDestination implements Destination {
    /// Why the message was not for the action it was meant for.
    static final String REASON = "Berth-Reason";

    /// Without a charset: receivers compare the text (spec huawei-iotda 8).
    private static final ContentType JSON = ContentType.create("application/json");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9]{3,32}");
    private static final Set<String> OURS = Set.of("host", "content-length", "transfer-encoding", "connection");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NONCE_BYTES = 16;

    private final DestinationConfig.Http config;
    private final Template url;
    private final HttpSender sender;
    private final InstantSource clock;

    public HttpDestination(DestinationConfig.Http config, OutboundGate gate, RuleConfig limits, InstantSource clock) {
        this.config = config;
        this.url = HttpSender.address(config.url());
        this.clock = clock;
        config.headers().forEach(HttpDestination::check);
        Hidden token = config.token();
        require(token == null || TOKEN.matcher(token.text()).matches(), "\"token\" has 3 to 32 letters and digits");
        require((config.user() == null) == (config.password() == null), "\"user\" and \"password\" go together");
        require(config.user() == null || config.bearer() == null, "give either \"user\" or \"bearer\"");
        this.sender = new HttpSender(config.ca(), gate, limits);
    }

    @Override
    public Outcome send(Outgoing message) throws InterruptedException {
        HttpPost request = new HttpPost(url.fill(message, HttpDestination::encoded));
        boolean isJson = message.isText() || !message.document().isEmpty();
        request.setEntity(
                new ByteArrayEntity(message.body().toBytes(), isJson ? JSON : ContentType.APPLICATION_OCTET_STREAM));
        config.headers().forEach((name, value) -> request.setHeader(name, value.text()));
        authorize(request);
        if (config.token() != null) {
            sign(request, config.token().text());
        }
        if (!message.reason().isEmpty()) {
            request.setHeader(REASON, message.reason().replaceAll("[^ -~]", "?"));
        }
        return sender.send(request);
    }

    @Override
    public void close() {
        sender.close();
    }

    private void authorize(HttpPost request) {
        if (config.bearer() != null) {
            request.setHeader("Authorization", "Bearer " + config.bearer().text());
        } else if (config.user() != null && config.password() != null) {
            String both = config.user() + ":" + config.password().text();
            request.setHeader(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private void sign(HttpPost request, String token) {
        byte[] random = new byte[NONCE_BYTES];
        RANDOM.nextBytes(random);
        String nonce = HexFormat.of().formatHex(random);
        String timestamp = Long.toString(clock.millis());
        request.setHeader("timestamp", timestamp);
        request.setHeader("nonce", nonce);
        request.setHeader("signature", signature(token, timestamp, nonce));
    }

    /// SHA-256 over the three texts in alphabetical order (spec huawei-iotda 8).
    static String signature(String... texts) {
        String[] sorted = texts.clone();
        Arrays.sort(sorted);
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(digest.digest(String.join("", sorted).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static void check(String name, Hidden value) {
        require(
                NAME.matcher(name).matches() && !OURS.contains(name.toLowerCase(java.util.Locale.ROOT)),
                "no header \"" + name + "\" may be set");
        require(value.text().chars().allMatch(c -> c >= ' ' && c < 0x7F), "header " + name + " has odd characters");
    }
}
