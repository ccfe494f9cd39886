package io.berth;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A burning station or a device on the line that asks for identities, with no code of the server.
final class LineClient {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String url;
    private final HttpClient http;

    /// @param address of this machine, from which it asks
    LineClient(String url, String address) {
        this(url, address, HttpClient.newBuilder());
    }

    /// One that shows what the context has to show.
    LineClient(String url, SSLContext tls) {
        this(url, "127.0.0.1", HttpClient.newBuilder().sslContext(tls));
    }

    private LineClient(String url, String address, HttpClient.Builder http) {
        this.url = url;
        try {
            this.http = http.localAddress(InetAddress.getByName(address)).build();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /// There is no server, or no connection to it.
    static final class GoneException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private GoneException(IOException cause) {
            super(cause);
        }
    }

    record Answer(int status, String text) {
        JsonNode json() {
            return JSON.readTree(text);
        }

        String code() {
            return json().get("code").asString();
        }
    }

    Answer asks(String token, String deviceId) {
        return posts("/cert/v1/device", token, body(deviceId).toString());
    }

    Answer confirms(String token, String deviceId) {
        return posts("/cert/v1/confirmation", token, body(deviceId).toString());
    }

    /// A request with a signature instead of a token.
    Answer sends(String path, ObjectNode body) {
        return posts(path, "", body.toString());
    }

    Answer posts(String path, String token, String body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path)).POST(BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return send(request);
    }

    Answer gets(String path, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path));
        return send(token.isEmpty() ? request : request.header("Authorization", "Bearer " + token));
    }

    Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new GoneException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static ObjectNode body(String deviceId) {
        return JSON.createObjectNode().put("deviceId", deviceId);
    }

    /// As docs/recipes/factory-line.md says.
    static ObjectNode signed(String station, String key, String purpose, String deviceId, String nonce, long time) {
        String content = purpose + "\n" + deviceId + "\n" + nonce + "\n" + time;
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            String signature = HexFormat.of().formatHex(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
            return body(deviceId)
                    .put("station", station)
                    .put("nonce", nonce)
                    .put("timestamp", time)
                    .put("signature", signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
