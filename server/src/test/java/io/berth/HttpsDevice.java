package io.berth;

import io.berth.testing.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A device that reports over HTTPS by the JDK's client, and signs as a vendor's document says, with no code
/// of the server.
final class HttpsDevice implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("yyyyMMddHH", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final HttpClient client;
    private final String server;

    private HttpsDevice(HttpClient client, String server) {
        this.client = client;
        this.server = server;
    }

    static HttpsDevice of(int port, Path data, Version version) {
        return new HttpsDevice(
                HttpClient.newBuilder()
                        .version(version)
                        .sslContext(trusting(data))
                        .build(),
                "https://localhost:" + port);
    }

    private static SSLContext trusting(Path data) {
        try (InputStream ca =
                Files.newInputStream(Path.of(JSON.readTree(Files.readString(data.resolve(RuntimeFile.NAME)))
                        .path("caFile")
                        .stringValue()))) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(ca));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> posts(String path, String body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server + path)).POST(BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(path, e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    // ---- Alibaba (spec aliyun-device 2.2, 2.3) ----

    HttpResponse<String> alibabaLogsIn(String product, String name, String secret) {
        String id = product + "." + name;
        String content = "clientId" + id + "deviceName" + name + "productKey" + product;
        String body = """
                {"version":"default","clientId":"%s","signmethod":"hmacsha1","sign":"%s","productKey":"%s","deviceName":"%s"}""".formatted(id, Digests.hmac("HmacSHA1", secret, content), product, name);
        return posts("/auth", body, "Content-Type", "application/json");
    }

    String alibabaToken(String product, String name, String secret) {
        JsonNode answer = JSON.readTree(alibabaLogsIn(product, name, secret).body());
        return answer.path("info").path("token").stringValue();
    }

    HttpResponse<String> alibabaReports(String token, String topic, String payload) {
        return posts("/topic" + topic, payload, "Content-Type", "application/octet-stream", "password", token);
    }

    /// The code in the body of an answer.
    static int code(HttpResponse<String> answer) {
        return JSON.readTree(answer.body()).path("code").intValue();
    }

    // ---- Huawei (spec huawei-iotda 5.1, 2.1) ----

    HttpResponse<String> huaweiLogsIn(String id, String secret) {
        String hour = HOUR.format(Instant.now());
        String body = """
                {"device_id":"%s","sign_type":1,"timestamp":"%s","password":"%s"}""".formatted(id, hour, Digests.hmac("HmacSHA256", hour, secret));
        return posts("/v5/device-auth", body, "Content-Type", "application/json");
    }

    String huaweiToken(String id, String secret) {
        return JSON.readTree(huaweiLogsIn(id, secret).body())
                .path("access_token")
                .stringValue();
    }

    HttpResponse<String> huaweiReports(String token, String id, String kind, String payload) {
        return posts(
                "/v5/devices/" + id + "/sys/" + kind,
                payload,
                "Content-Type",
                "application/json",
                "access_token",
                token);
    }

    @Override
    public void close() {
        client.close();
    }
}
