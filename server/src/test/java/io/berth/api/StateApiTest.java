package io.berth.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.api.ApiServer.Answer;
import io.berth.core.Completion;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Downlink;
import io.berth.core.state.Facts;
import io.berth.core.thing.Occurrence;
import io.berth.core.thing.Sample;
import io.berth.testing.HeldDevice;
import io.berth.testing.TestClock;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What things are and were, and their shadow documents.
@SuppressWarnings("NullAway.Init") // made before each test
final class StateApiTest {
    private static final Instant START = TestClock.START;

    private ApiServer server;
    private DeviceId device;

    @BeforeEach
    void start() throws IOException {
        server = new ApiServer();
        device = server.device("a1", "d1");
        server.post("/products/a1/model?publish=true", """
                {"properties":[{"identifier":"Temp","accessMode":"rw","dataType":{"type":"float"}}],
                "events":[{"identifier":"alarm","type":"alert"}]}""");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void reports(double temperature, Instant time) {
        Sample sample = new Sample("Temp", new Value.Decimal(temperature), time);
        server.things.report(List.of(Facts.ofSamples(device, List.of(sample))), Completion.IGNORED);
    }

    @Test
    void the_newest_value_has_its_time_and_version() {
        reports(20.5, START);
        reports(21.5, START.plusSeconds(1));
        assertThat(server.get("/products/a1/devices/d1/state").text()).isEqualTo("""
                        {"properties":{"Temp":{"value":21.5,"time":"2026-11-21T08:00:01Z","version":2}},\
                        "desired":{},"versions":{}}""");
    }

    @Test
    void what_is_wanted_stands_beside_what_is() {
        server.things.want(device, server.products.get("a1").model(), Value.Fields.of("Temp", new Value.Decimal(23)));
        Answer state = server.get("/products/a1/devices/d1/state");
        assertThat(state.at("desired").get("Temp").get("value").asDouble()).isEqualTo(23.0);
        assertThat(state.at("versions").get("").asLong()).isEqualTo(1);
    }

    @Test
    void a_device_that_is_none_has_no_state() {
        assertThat(server.get("/products/a1/devices/nobody/state").problem()).isEqualTo("DEVICE_NOT_FOUND");
        assertThat(server.get("/products/a1/devices/nobody/history?key=Temp").problem())
                .isEqualTo("DEVICE_NOT_FOUND");
        assertThat(server.get("/products/a1/devices/nobody/shadow").problem()).isEqualTo("DEVICE_NOT_FOUND");
    }

    @Test
    void history_is_read_from_either_end_within_a_time() {
        for (int i = 0; i < 5; i++) {
            reports(i, START.plusSeconds(i));
        }
        String history = "/products/a1/devices/d1/history?key=Temp";
        assertThat(server.get(history).at("items").get(0).get("value").asDouble())
                .isEqualTo(4.0);
        assertThat(server.get(history + "&order=oldest&limit=2").at("items")).hasSize(2);
        Answer within = server.get(history + "&from=2026-11-21T08:00:01Z&to=2026-11-21T08:00:03Z&order=oldest");
        assertThat(within.at("items"))
                .extracting(item -> item.get("value").asDouble())
                .containsExactly(1.0, 2.0);
        assertThat(server.get(history + "&from=2026-11-21T08:00:03Z&to=2026-11-21T08:00:01Z")
                        .problem())
                .isEqualTo("INVALID_ARGUMENT");
        assertThat(server.get(history + "&from=yesterday").at("detail").asString())
                .contains("\"from\" must be a time");
    }

    @Test
    void values_are_gathered_by_time() {
        for (int i = 0; i < 4; i++) {
            reports(i, START.plusSeconds(i * 30L));
        }
        Answer gathered = server.get(
                "/products/a1/devices/d1/history?key=Temp&bucket=60&from=2026-11-21T08:00:00Z&to=2026-11-21T09:00:00Z");
        assertThat(gathered.text()).isEqualTo("""
                        {"buckets":[\
                        {"start":"2026-11-21T08:00:00Z","count":2,"min":0.0,"max":1.0,"average":0.5},\
                        {"start":"2026-11-21T08:01:00Z","count":2,"min":2.0,"max":3.0,"average":2.5}]}""");
        assertThat(server.get("/products/a1/devices/d1/history?key=Temp&bucket=1")
                        .at("detail")
                        .asString())
                .contains("86400 buckets");
    }

    @Test
    void events_have_a_history_of_their_own() {
        Occurrence alarm = new Occurrence("alarm", Value.Fields.of("code", new Value.Whole(7)), START);
        server.things.report(List.of(Facts.ofOccurrence(device, alarm)), Completion.IGNORED);
        assertThat(server.get("/products/a1/devices/d1/history?key=alarm&kind=event")
                        .at("items"))
                .singleElement()
                .hasToString("{\"time\":\"2026-11-21T08:00:00Z\",\"value\":{\"code\":7}}");
    }

    @Test
    void a_misspelt_property_is_told_from_one_without_values() {
        assertThat(server.get("/products/a1/devices/d1/history?key=Temp").at("items"))
                .isEmpty();
        assertThat(server.get("/products/a1/devices/d1/history?key=Tmp").problem())
                .isEqualTo("MODEL_NOT_FOUND");
        assertThat(server.get("/products/a1/devices/d1/history?key=Temp&kind=event")
                        .problem())
                .isEqualTo("MODEL_NOT_FOUND");
    }

    @Test
    void what_the_shadow_is_wanted_to_be_is_kept_and_told_to_the_device() throws InterruptedException {
        HeldDevice held = new HeldDevice((_, _) -> {});
        server.sessions.attach(held.session(device));
        Answer changed = server.post("/products/a1/devices/d1/shadow", "{\"desired\":{\"color\":\"red\"}}");
        assertThat(changed.at("version").asLong()).isEqualTo(1);
        assertThat(changed.at("desired")).hasToString("{\"color\":\"red\"}");
        assertThat(held.next()).isInstanceOf(Downlink.ShadowChanged.class);
        assertThat(server.get("/products/a1/devices/d1/shadow").json()).isEqualTo(changed.json());
    }

    @Test
    void a_shadow_that_changed_meanwhile_is_not_overwritten() {
        server.post("/products/a1/devices/d1/shadow", "{\"desired\":{\"color\":\"red\"}}");
        Answer refused = server.post(
                "/products/a1/devices/d1/shadow", "{\"desired\":{\"color\":\"blue\"},\"expectedVersion\":0}");
        assertThat(refused.problem()).isEqualTo("VERSION_CONFLICT");
        assertThat(server.get("/products/a1/devices/d1/shadow").at("version").asLong())
                .isEqualTo(1);
    }

    @Test
    void a_half_of_the_shadow_is_emptied() {
        server.post("/products/a1/devices/d1/shadow", "{\"desired\":{\"color\":\"red\"}}");
        assertThat(server.delete("/products/a1/devices/d1/shadow?part=desired").status())
                .isEqualTo(204);
        Answer shadow = server.get("/products/a1/devices/d1/shadow");
        assertThat(shadow.at("desired")).isEmpty();
        assertThat(shadow.at("version").asLong()).isEqualTo(2);
        assertThat(server.delete("/products/a1/devices/d1/shadow?part=both").problem())
                .isEqualTo("INVALID_ARGUMENT");
    }
}
