package io.berth.simulator.target;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Calls of the native API that prepare a run; blocking.
final class ApiClient implements AutoCloseable {
    static final String JSON = "application/json";

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final ApiDoor api;
    private final HttpClient client;

    ApiClient(ApiDoor api, Optional<Path> caFile) {
        this.api = api;
        HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
        caFile.ifPresent(file -> builder.sslContext(trusting(file)));
        this.client = builder.build();
    }

    /// Whatever the answer is.
    HttpResponse<String> send(String method, String path, String type, BodyPublisher body) {
        HttpRequest request = HttpRequest.newBuilder(api.base().resolve(path))
                .header("Authorization", "Bearer " + api.token())
                .header("Content-Type", type)
                .timeout(PATIENCE)
                .method(method, body)
                .build();
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException("cannot reach the API at " + api.base() + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while calling the API", e);
        }
    }

    HttpResponse<String> post(String path, String type, String body) {
        return send("POST", path, type, BodyPublishers.ofString(body));
    }

    String create(String what, String path, String body) {
        return demanded("create " + what, post(path, JSON, body));
    }

    String get(String what, String path) {
        return demanded("read " + what, send("GET", path, JSON, BodyPublishers.noBody()));
    }

    void delete(String what, String path) {
        demanded("delete " + what, send("DELETE", path, JSON, BodyPublishers.noBody()));
    }

    /// The body of an answer that must be a success.
    static String demanded(String what, HttpResponse<String> answer) {
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException("cannot " + what + ": HTTP " + answer.statusCode() + " "
                    + answer.body().strip());
        }
        return answer.body();
    }

    private static SSLContext trusting(Path caFile) {
        try (InputStream pem = Files.newInputStream(caFile)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry(
                    "root", CertificateFactory.getInstance("X.509").generateCertificate(pem));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("cannot trust the root in " + caFile, e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
