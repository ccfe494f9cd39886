package io.berth.simulator.target;

import io.berth.simulator.application.KeyPair;
import io.berth.simulator.device.Fleet;
import io.berth.simulator.wire.AmqpReceiver;
import io.berth.simulator.wire.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Brings a fleet into a server over its native API. The import is idempotent, so a second run changes nothing.
final class Enrolment {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final JsonMapper JSON = new JsonMapper();
    private static final int CONFLICT = 409;
    /// The verdict of a line that was not taken.
    private static final Pattern REFUSED = Pattern.compile("\"verdict\":\"refused\"");

    private static final String MODEL = """
            {"profile":{"productKey":"simulated"},"properties":[
            {"identifier":"temperature","name":"Temperature","accessMode":"rw",
             "dataType":{"type":"float","specs":{"min":"-50","max":"150","unit":"\u00b0C"}}},
            {"identifier":"humidity","name":"Humidity","accessMode":"r",
             "dataType":{"type":"float","specs":{"min":"0","max":"100","unit":"%"}}}],"events":[],"services":[]}""";

    private final ApiDoor api;
    private final Optional<Path> caFile;

    Enrolment(ApiDoor api, Optional<Path> caFile) {
        this.api = api;
        this.caFile = caFile;
    }

    void enrol(Fleet fleet) {
        try (HttpClient client = client()) {
            HttpResponse<String> product = post(
                    client,
                    ApiDoor.PRODUCTS,
                    "application/json",
                    "{\"key\":\"" + fleet.product() + "\",\"name\":\"Simulated fleet " + fleet.seed() + "\"}");
            if (product.statusCode() != CONFLICT) {
                requireSuccess("create the product", product);
            }
            importModel(client, fleet);
            HttpResponse<String> verdicts = post(client, ApiDoor.IMPORT, "text/csv", fleet.csv());
            requireSuccess("import the fleet", verdicts);
            requireAllTaken(verdicts.body());
        } catch (IOException e) {
            throw new IllegalStateException("cannot reach the API at " + api.base() + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while enrolling the fleet", e);
        }
    }

    /// Makes a group of the fleet's events under a name of its own.
    Subscription subscribe(Fleet fleet, Endpoint amqp) {
        String name = "bench-" + ProcessHandle.current().pid() + "-" + NUMBERS.incrementAndGet();
        String group = "{\"name\":\"" + name + "\",\"products\":[\"" + fleet.product() + "\"]}";
        call(request(ApiDoor.CONSUMER_GROUPS, "application/json").POST(BodyPublishers.ofString(group)));
        return new Subscription(
                amqp,
                new AmqpReceiver.Login("token", api.token(), name),
                () -> call(request(ApiDoor.CONSUMER_GROUPS + "/" + name, "application/json")
                        .DELETE()));
    }

    /// Makes an access key that may do everything.
    AccessKey accessKey() {
        String owner = "bench-" + ProcessHandle.current().pid() + "-" + NUMBERS.incrementAndGet();
        JsonNode key = JSON.readTree(call(request(ApiDoor.ACCESS_KEYS, "application/json")
                .POST(BodyPublishers.ofString("{\"owner\":\"" + owner + "\"}"))));
        KeyPair pair = new KeyPair(key.path("id").asString(), key.path("secret").asString());
        return new AccessKey(
                pair,
                () -> call(request(ApiDoor.ACCESS_KEYS + "/" + pair.id(), "application/json")
                        .DELETE()));
    }

    private String call(HttpRequest.Builder request) {
        try (HttpClient client = client()) {
            HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
            requireSuccess("make or delete what the run needs", answer);
            return answer.body();
        } catch (IOException e) {
            throw new IllegalStateException("cannot reach the API at " + api.base() + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while calling the API", e);
        }
    }

    /// The values a simulated device reports, so that the server checks and keeps them.
    private void importModel(HttpClient client, Fleet fleet) throws IOException, InterruptedException {
        HttpResponse<String> model = post(
                client, ApiDoor.PRODUCTS + "/" + fleet.product() + ApiDoor.MODEL, "application/octet-stream", MODEL);
        requireSuccess("import the thing model", model);
    }

    private static void requireSuccess(String what, HttpResponse<String> answer) {
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException("cannot " + what + ": HTTP " + answer.statusCode() + " "
                    + answer.body().strip());
        }
    }

    private static void requireAllTaken(String verdicts) {
        verdicts.lines()
                .filter(line -> REFUSED.matcher(line).find())
                .findFirst()
                .ifPresent(line -> {
                    throw new IllegalStateException("the import refused a device: " + line);
                });
    }

    private HttpResponse<String> post(HttpClient client, String path, String type, String body)
            throws IOException, InterruptedException {
        return client.send(
                request(path, type).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, String type) {
        return HttpRequest.newBuilder(api.base().resolve(path))
                .header("Authorization", "Bearer " + api.token())
                .header("Content-Type", type)
                .timeout(PATIENCE);
    }

    private HttpClient client() {
        HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
        caFile.ifPresent(file -> builder.sslContext(trusting(file)));
        return builder.build();
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
}
