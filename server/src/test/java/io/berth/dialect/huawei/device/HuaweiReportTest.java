package io.berth.dialect.huawei.device;

import static io.berth.dialect.huawei.device.HuaweiBed.DEVICE;
import static io.berth.dialect.huawei.device.HuaweiBed.accepted;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Qos;
import io.berth.core.message.Uplink;
import io.berth.core.state.Facts;
import io.berth.core.thing.Sample;
import io.berth.core.thing.Violation;
import io.berth.dialect.Reading;
import io.berth.dialect.Route;
import io.berth.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What devices and gateways report of properties, against a model.
final class HuaweiReportTest {
    private static final String REPORT = "sys/properties/report";
    private static final String GATEWAY = "sys/gateway/sub_devices/properties/report";

    private final HuaweiBed bed = new HuaweiBed();

    @ParameterizedTest
    @CsvFileSource(resources = "/vectors/huawei-values.csv", delimiter = '|', numLinesToSkip = 2, quoteCharacter = '\'')
    void keeps_what_fits_the_model(String property, String reported, String kept) {
        Reading.Accepted reading = accepted(bed.publishes(REPORT, room("\"" + property + "\":" + reported, "")));

        Value value = bed.value(DEVICE, "Room:" + property);
        if (kept.startsWith("!")) {
            assertThat(value).isNull();
            assertThat(reading.leftOut()).containsExactly(kept.substring(1).split(";"));
        } else {
            assertThat(HuaweiValues.write(requireNonNull(value))).isEqualTo(kept);
            assertThat(reading.leftOut()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/vectors/huawei-times.csv", delimiter = '|', numLinesToSkip = 2, quoteCharacter = '\'')
    void reads_every_form_of_time(String sent, Instant kept) {
        bed.publishes(REPORT, room("\"count\":1", ",\"event_time\":" + sent));

        assertThat(samples()).extracting(Sample::time).containsExactly(kept);
    }

    @Test
    void leaves_out_a_value_from_the_future() {
        Instant future = TestClock.START.plus(Duration.ofHours(25));
        Reading reading = bed.publishes(REPORT, room("\"count\":1", ",\"event_time\":\"" + future + "\""));

        assertThat(accepted(reading).leftOut()).containsExactly("bad time");
        assertThat(samples()).isEmpty();
    }

    @Test
    void keeps_the_rest_of_a_report_with_a_fault() {
        Reading reading = bed.publishes(REPORT, room("\"count\":1,\"temp\":\"hot\",\"other\":2,\"on\":true", ""));

        assertThat(samples()).extracting(Sample::key).containsExactly("Room:count", "Room:on");
        assertThat(accepted(reading).leftOut()).containsExactly("wrong type", "unknown property");
        assertThat(((Uplink.PropertyReport) accepted(reading).uplink()).facts().unfit())
                .extracting(left -> left.sample().key(), Facts.Unfit::kind)
                .containsExactly(
                        tuple("Room:temp", Violation.Kind.WRONG_TYPE),
                        tuple("Room:other", Violation.Kind.UNKNOWN_PROPERTY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"service_id\":\"default\",", "\"service_id\":\"\",", "\"service_id\":null,", ""})
    void knows_the_default_module_by_every_name(String serviceId) {
        bed.publishes(REPORT, "{\"services\":[{" + serviceId + "\"properties\":{\"load\":\"high\"}}]}");

        assertThat(bed.value(DEVICE, "load")).isEqualTo(new Value.Text("high"));
    }

    @Test
    void keeps_nothing_of_a_product_without_a_model_and_passes_the_message_on() {
        bed.device("bare", "s1", "bare_s1");
        HuaweiWire bare = bed.wire("bare_s1");
        Reading reading = ((Route.Reader) bare.route("$oc/devices/bare_s1/" + REPORT))
                .read(Payload.of(room("\"count\":1", "")), Qos.AT_LEAST_ONCE);

        assertThat(accepted(reading).leftOut()).isEmpty();
        Facts facts = ((Uplink.PropertyReport) accepted(reading).uplink()).facts();
        assertThat(facts.isEmpty()).isTrue();
        assertThat(facts.unfit())
                .extracting(left -> left.sample().key(), left -> left.sample().value())
                .containsExactly(tuple("Room:count", new Value.Whole(1)));
    }

    @Test
    void a_gateway_reports_for_its_children_which_are_online_then() {
        DeviceId child = modelled("s1");
        bed.child("s2");

        Reading reading = bed.publishes(
                GATEWAY,
                "{\"devices\":[" + device("room_s1", "\"count\":7") + "," + device("bare_s2", "\"count\":8") + "]}");

        Uplink.Pack pack = (Uplink.Pack) accepted(reading).uplink();
        assertThat(pack.parts()).extracting(Facts::device).containsExactly(child, new DeviceId("bare", "s2"));
        assertThat(bed.value(child, "Room:count")).isEqualTo(new Value.Whole(7));
        assertThat(bed.branches.attached()).containsExactly(child, new DeviceId("bare", "s2"));
    }

    @Test
    void a_gateway_reports_for_nobody_elses_children() {
        bed.device("rooms", "d2", "room_d2");
        DeviceId child = modelled("s1");
        Reading reading = bed.publishes(
                GATEWAY,
                "{\"devices\":[" + device("room_d2", "\"count\":7") + "," + device("nobody", "\"count\":8") + ","
                        + device("", "\"count\":9") + "," + device("room_s1", "\"count\":10") + "]}");

        assertThat(((Uplink.Pack) accepted(reading).uplink()).parts())
                .extracting(Facts::device)
                .containsExactly(child);
        assertThat(accepted(reading).leftOut()).isEqualTo(Collections.nCopies(3, "not a device behind this one"));
        assertThat(bed.value(new DeviceId("rooms", "d2"), "Room:count")).isNull();
        assertThat(bed.value(DEVICE, "Room:count")).isNull();
    }

    @Test
    void a_frozen_child_is_not_spoken_for() {
        DeviceId child = modelled("s1");
        bed.platform.devices.enable(child, false);

        assertThat(bed.publishes(GATEWAY, "{\"devices\":[" + device("room_s1", "\"count\":7") + "]}"))
                .isEqualTo(new Reading.Dropped("not a device behind this one", null));
        assertThat(bed.branches.attached()).isEmpty();
    }

    @Test
    void a_gateway_report_names_at_most_fifty_devices() {
        String fifty = String.join(",", Collections.nCopies(50, device("room_d1", "\"count\":7")));

        assertThat(bed.publishes(GATEWAY, "{\"devices\":[" + fifty + "]}")).isInstanceOf(Reading.Accepted.class);
        assertThat(bed.publishes(GATEWAY, "{\"devices\":[" + fifty + "," + device("room_d1", "") + "]}"))
                .isEqualTo(new Reading.Dropped("report of too many devices", null));
        assertThat(bed.publishes(GATEWAY, "{\"devices\":[]}"))
                .isEqualTo(new Reading.Dropped("report without devices", null));
    }

    @Test
    void reads_the_report_of_old_firmware() {
        Reading reading = bed.publishes(
                "/huawei/v1/devices/room_d1/data/json",
                "{\"msgType\":\"deviceReq\",\"data\":[{\"serviceId\":\"Room\",\"serviceData\":{\"count\":3},"
                        + "\"eventTime\":\"20260102T030405Z\"}]}");

        assertThat(accepted(reading).uplink()).isInstanceOf(Uplink.PropertyReport.class);
        assertThat(samples())
                .containsExactly(new Sample("Room:count", new Value.Whole(3), Instant.parse("2026-01-02T03:04:05Z")));
    }

    private DeviceId modelled(String name) {
        DeviceId child = bed.device("rooms", name, "room_" + name);
        bed.platform.belongings.topology.link(DEVICE, List.of(child), 10);
        return child;
    }

    private List<Sample> samples() {
        return bed.platform.things.reported().stream()
                .flatMap(facts -> facts.samples().stream())
                .toList();
    }

    private static String room(String properties, String more) {
        return "{\"services\":[{\"service_id\":\"Room\",\"properties\":{" + properties + "}" + more + "}]}";
    }

    private static String device(String id, String properties) {
        String report = room(properties, "");
        return "{\"device_id\":\"" + id + "\"," + report.substring(1);
    }
}
