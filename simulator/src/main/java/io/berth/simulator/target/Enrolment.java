package io.berth.simulator.target;

import io.berth.simulator.application.KeyPair;
import io.berth.simulator.device.Fleet;
import io.berth.simulator.wire.AmqpReceiver;
import io.berth.simulator.wire.Endpoint;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Brings a fleet into a server over its native API. The import is idempotent, so a second run changes nothing.
final class Enrolment {
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
        try (ApiClient client = client()) {
            createProduct(client, fleet, "secret");
            importModel(client, fleet);
            importDevices(client, fleet);
        }
    }

    static void createProduct(ApiClient client, Fleet fleet, String auth) {
        String wanted = "{\"key\":\"%1$s\",\"name\":\"Simulated fleet %1$s\",\"auth\":\"%2$s\"}"
                .formatted(fleet.product(), auth);
        HttpResponse<String> product = client.post(ApiDoor.PRODUCTS, ApiClient.JSON, wanted);
        if (product.statusCode() != CONFLICT) {
            ApiClient.demanded("create the product", product);
        }
    }

    static void importDevices(ApiClient client, Fleet fleet) {
        String verdicts = ApiClient.demanded("import the fleet", client.post(ApiDoor.IMPORT, "text/csv", fleet.csv()));
        verdicts.lines()
                .filter(line -> REFUSED.matcher(line).find())
                .findFirst()
                .ifPresent(line -> {
                    throw new IllegalStateException("the import refused a device: " + line);
                });
    }

    /// The values a simulated device reports, so that the server checks and keeps them.
    private static void importModel(ApiClient client, Fleet fleet) {
        ApiClient.demanded(
                "import the thing model",
                client.post(
                        ApiDoor.PRODUCTS + "/" + fleet.product() + ApiDoor.MODEL, "application/octet-stream", MODEL));
    }

    /// Makes a group of the fleet's events under a name of its own.
    Subscription subscribe(Fleet fleet, Endpoint amqp) {
        String name = nextName();
        try (ApiClient client = client()) {
            client.create(
                    "a consumer group",
                    ApiDoor.CONSUMER_GROUPS,
                    "{\"name\":\"" + name + "\",\"products\":[\"" + fleet.product() + "\"]}");
        }
        return new Subscription(
                amqp,
                new AmqpReceiver.Login("token", api.token(), name),
                () -> delete("the consumer group", ApiDoor.CONSUMER_GROUPS + "/" + name));
    }

    /// Makes an access key that may do everything.
    AccessKey accessKey() {
        try (ApiClient client = client()) {
            JsonNode key = JSON.readTree(
                    client.create("an access key", ApiDoor.ACCESS_KEYS, "{\"owner\":\"" + nextName() + "\"}"));
            KeyPair pair =
                    new KeyPair(key.path("id").asString(), key.path("secret").asString());
            return new AccessKey(pair, () -> delete("the access key", ApiDoor.ACCESS_KEYS + "/" + pair.id()));
        }
    }

    private void delete(String what, String path) {
        try (ApiClient client = client()) {
            client.delete(what, path);
        }
    }

    private static String nextName() {
        return "bench-" + ProcessHandle.current().pid() + "-" + NUMBERS.incrementAndGet();
    }

    private ApiClient client() {
        return new ApiClient(api, caFile);
    }
}
