package io.berth.simulator.target;

import io.berth.simulator.device.ClientCertificate;
import io.berth.simulator.device.Device;
import io.berth.simulator.device.Fleet;
import io.berth.simulator.device.Identity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Has a fleet's devices and their certificates made over the native API. What an earlier run had made is used
/// again, as long as the server keeps the keys.
final class CertifiedFleet {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int AT_ONCE = 16;
    private static final int PAGE = 100;

    private final ApiClient client;
    private final Fleet fleet;

    CertifiedFleet(ApiClient client, Fleet fleet) {
        this.client = client;
        this.fleet = fleet;
    }

    List<ClientCertificate> certificates() {
        Enrolment.createProduct(client, fleet, "x509");
        Enrolment.importDevices(client, fleet);
        Map<String, String> serials = serials();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<CompletableFuture<ClientCertificate>> making = fleet.devices().stream()
                    .map(Device::identity)
                    .map(device -> CompletableFuture.supplyAsync(
                            () -> certificate(device, serials.get(device.name())), threads))
                    .toList();
            return making.stream().map(CompletableFuture::join).toList();
        }
    }

    /// The valid certificates there are, by device.
    private Map<String, String> serials() {
        Map<String, String> serials = new HashMap<>();
        String after = "";
        do {
            JsonNode page = JSON.readTree(client.get(
                    "certificates", ApiDoor.CERTIFICATES + "?product=" + fleet.product() + "&limit=" + PAGE + after));
            for (JsonNode item : page.path("items")) {
                if (item.path("state").asString().equals("valid")) {
                    serials.put(
                            item.path("device").asString(), item.path("serial").asString());
                }
            }
            after = page.path("next").isString() ? "&after=" + page.path("next").asString() : "";
        } while (!after.isEmpty());
        return serials;
    }

    private ClientCertificate certificate(Identity device, @Nullable String serial) {
        String certificates = ApiDoor.certificates(device);
        JsonNode handed = serial == null
                ? JSON.missingNode()
                : JSON.readTree(client.create("a download", certificates + "/" + serial + "/download", ""));
        if (!handed.path("privateKey").isString()) {
            handed = JSON.readTree(client.create("a certificate", certificates, "{}"));
        }
        return new ClientCertificate(
                device,
                handed.path("certificate").asString(),
                handed.path("privateKey").asString());
    }
}
