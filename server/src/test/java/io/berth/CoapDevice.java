package io.berth;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.credential.Hmac;
import io.berth.testing.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Option;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.coap.option.OpaqueOptionDefinition;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.UdpConfig;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A device with Alibaba's firmware on CoAP, by Eclipse Californium.
final class CoapDevice implements AutoCloseable {
    static final int TOKEN = 2088;
    static final int TOKEN_OF_THE_SDK = 61;
    static final int SEQUENCE = 2089;
    static final int MESSAGE_ID = 2090;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Configuration SETTINGS = settings();

    private final CoapEndpoint endpoint;
    private final String url;
    private final String product;
    private final String name;
    private final String secret;
    private String token = "";
    private byte[] key = {};
    private long sequence;

    private CoapDevice(CoapEndpoint endpoint, String url, String product, String name, String secret) {
        this.endpoint = endpoint;
        this.url = url;
        this.product = product;
        this.name = name;
        this.secret = secret;
    }

    private static Configuration settings() {
        CoapConfig.register();
        UdpConfig.register();
        DtlsConfig.register();
        return new Configuration();
    }

    /// One that encrypts what it sends itself.
    static CoapDevice inClear(int port, String product, String name, String secret) {
        CoapEndpoint endpoint =
                new CoapEndpoint.Builder().setConfiguration(SETTINGS).build();
        return started(endpoint, "coap://127.0.0.1:" + port, product, name, secret);
    }

    /// One that comes through DTLS, on the client's terms.
    static CoapDevice throughDtls(
            int port, String product, String name, String secret, UnaryOperator<DtlsConnectorConfig.Builder> terms) {
        DtlsConnectorConfig.Builder builder = DtlsConnectorConfig.builder(SETTINGS)
                .setAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .set(DtlsConfig.DTLS_ROLE, DtlsConfig.DtlsRole.CLIENT_ONLY)
                .set(DtlsConfig.DTLS_RECOMMENDED_CIPHER_SUITES_ONLY, false);
        CoapEndpoint endpoint = new CoapEndpoint.Builder()
                .setConfiguration(SETTINGS)
                .setConnector(new DTLSConnector(terms.apply(builder).build()))
                .build();
        return started(endpoint, "coaps://127.0.0.1:" + port, product, name, secret);
    }

    private static CoapDevice started(CoapEndpoint endpoint, String url, String product, String name, String secret) {
        try {
            endpoint.start();
            return new CoapDevice(endpoint, url, product, name, secret);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Logs in, and takes what it is given.
    CoapDevice logsIn() {
        return logsIn("");
    }

    /// @param more members of the body, beginning with a comma
    CoapDevice logsIn(String more) {
        boolean separate = more.contains("\"ackMode\":1");
        String signed =
                (separate ? "ackMode1" : "") + "clientIdc" + "deviceName" + name + "productKey" + product + "seq10";
        Response response = post(
                "/auth", body(signed, more), request -> request.getOptions().setContentFormat(50));
        assertThat(response.getCode()).isEqualTo(ResponseCode.CONTENT);
        JsonNode given = JSON.readTree(response.getPayload());
        token = given.path("token").stringValue();
        assertThat(token).hasSizeBetween(1, 192);
        if (given.has("random")) {
            key = key(secret + "," + given.path("random").stringValue());
            sequence = given.path("seqOffset").intValue();
        }
        return this;
    }

    byte[] body(String signed, String more) {
        String sign = Hmac.MD5.hex(secret.getBytes(StandardCharsets.US_ASCII), signed.getBytes(StandardCharsets.UTF_8));
        return ("{\"productKey\":\"" + product + "\",\"deviceName\":\"" + name + "\",\"clientId\":\"c\",\"sign\":\""
                        + sign + "\",\"seq\":\"10\"" + more + "}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] key(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOfRange(digest, 8, 24);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    byte[] encrypted(byte[] clear) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(key, "AES"),
                    new IvParameterSpec("543yhjy97ae7fyfg".getBytes(StandardCharsets.US_ASCII)));
            return cipher.doFinal(clear);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Publishes under its next number, and awaits the answer.
    Response publishes(String topic, String text) {
        return publishes(topic, text, sequence++);
    }

    Response publishes(String topic, String text, long number) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        if (key.length == 0) {
            return post(
                    "/topic" + topic,
                    payload,
                    request -> add(request, TOKEN, token.getBytes(StandardCharsets.US_ASCII)));
        }
        return post("/topic" + topic, encrypted(payload), request -> {
            add(request, TOKEN, token.getBytes(StandardCharsets.US_ASCII));
            add(request, SEQUENCE, encrypted(Long.toString(number).getBytes(StandardCharsets.US_ASCII)));
        });
    }

    static void add(Request request, int option, byte[] value) {
        request.getOptions().addOption(new Option(new OpaqueOptionDefinition(option, "vendor " + option), value));
    }

    Response post(String path, byte[] payload, Consumer<Request> more) {
        Request request = Request.newPost();
        request.setURI(url + path);
        request.setPayload(payload);
        more.accept(request);
        return sends(request);
    }

    Response sends(Request request) {
        try {
            request.send(endpoint);
            Response response = request.waitForResponse(Patience.LONG.toMillis());
            assertThat(response).as("an answer to " + request).isNotNull();
            return response;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    String url() {
        return url;
    }

    String token() {
        return token;
    }

    /// Goes on with what another login of the device was given.
    CoapDevice goesOnAs(CoapDevice other) {
        token = other.token;
        key = other.key;
        sequence = other.sequence;
        return this;
    }

    @Override
    public void close() {
        endpoint.destroy();
    }
}
