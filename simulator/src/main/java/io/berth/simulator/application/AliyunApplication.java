package io.berth.simulator.application;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.berth.simulator.device.Dialect;
import io.berth.simulator.device.Hmac;
import io.berth.simulator.device.Identity;
import io.berth.simulator.wire.HttpCall;
import java.net.URLEncoder;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;

/// Alibaba's OpenAPI, posted, with `ACS3-HMAC-SHA256` (spec aliyun-openapi 2.2). Parameters go in the query, as in the
/// vendor's newer SDKs.
public final class AliyunApplication implements Application {
    private static final String SCHEME = "ACS3-HMAC-SHA256";
    private static final String VERSION = "2018-01-20";
    private static final String EMPTY = Sha256.hex("");

    private final KeyPair key;
    private final String host;
    private final InstantSource clock;
    private final Supplier<String> nonces;

    /// @param host with its port
    public AliyunApplication(KeyPair key, String host) {
        this(key, host, InstantSource.system(), () -> UUID.randomUUID().toString());
    }

    AliyunApplication(KeyPair key, String host, InstantSource clock, Supplier<String> nonces) {
        this.key = key;
        this.host = host;
        this.clock = clock;
        this.nonces = nonces;
    }

    @Override
    public HttpCall detail(Identity device) {
        return call("QueryDeviceDetail", Map.of("ProductKey", device.product(), "DeviceName", device.name()));
    }

    @Override
    public HttpCall register(String product, String name) {
        return call("RegisterDevice", Map.of("ProductKey", product, "DeviceName", name));
    }

    @Override
    public HttpCall message(Identity device, String text) {
        return call(
                "Pub",
                Map.of(
                        "ProductKey",
                        device.product(),
                        "TopicFullName",
                        Dialect.ALIYUN.downlinkTopic(device),
                        "Qos",
                        "1",
                        "MessageContent",
                        Base64.getEncoder().encodeToString(text.getBytes(UTF_8))));
    }

    HttpCall call(String action, Map<String, String> parameters) {
        String query = query(parameters);
        SortedMap<String, String> headers = new TreeMap<>();
        headers.put("host", host);
        headers.put("x-acs-action", action);
        headers.put("x-acs-content-sha256", EMPTY);
        headers.put(
                "x-acs-date", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        headers.put("x-acs-signature-nonce", nonces.get());
        headers.put("x-acs-version", VERSION);
        String lines = lines(headers);
        String signed = String.join(";", headers.keySet());
        String canonical = "POST\n/\n" + query + "\n" + lines + "\n" + signed + "\n" + EMPTY;
        String signature = Hmac.hex(key.secret(), SCHEME + "\n" + Sha256.hex(canonical));
        return new HttpCall(
                "POST",
                "/?" + query,
                "Accept: application/json\r\n" + lines.replace("\n", "\r\n") + "Authorization: " + SCHEME
                        + " Credential=" + key.id() + ",SignedHeaders=" + signed + ",Signature=" + signature + "\r\n",
                "");
    }

    private static String query(Map<String, String> parameters) {
        StringBuilder query = new StringBuilder(200);
        new TreeMap<>(parameters)
                .forEach((name, value) -> query.append(query.isEmpty() ? "" : "&")
                        .append(encode(name))
                        .append('=')
                        .append(encode(value)));
        return query.toString();
    }

    private static String lines(SortedMap<String, String> headers) {
        StringBuilder lines = new StringBuilder(400);
        headers.forEach(
                (name, value) -> lines.append(name).append(':').append(value).append('\n'));
        return lines.toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
