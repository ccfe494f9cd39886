package io.berth.dialect.huawei;

import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.Value;
import io.berth.core.thing.DataType;
import io.berth.core.thing.Module;
import io.berth.core.thing.Property;
import io.berth.core.thing.Service;
import io.berth.core.thing.ThingModel;
import io.berth.dialect.ModelFormat;
import io.berth.testing.TestProducts;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

final class HuaweiModelTest {
    private static final ModelFormat JSON = new HuaweiModel(HuaweiModel.Form.JSON);
    private static final ModelFormat ZIP = new HuaweiModel(HuaweiModel.Form.ZIP);

    private static final String SMOKE = """
            {"product_id":"5ba24f","name":"Smoke","service_capabilities":[
            {"service_id":"smokeDetector","service_type":"Smoke","option":"Mandatory","description":"detects",
             "properties":[
              {"property_name":"alarm","data_type":"int","required":true,"min":"0","max":"1","step":0,"max_length":0,"method":"RE","unit":""},
              {"property_name":"limit","data_type":"decimal","min":"0","max":"7.5","step":0.5,"unit":"ppm","method":"RWE","default_value":2.5},
              {"property_name":"serial","data_type":"long","method":"R"},
              {"property_name":"place","data_type":"string","max_length":16,"method":"RW","enum_list":null},
              {"property_name":"mode","data_type":"enum","enum_list":["day","night"],"method":"RW","default_value":"day"},
              {"property_name":"on","data_type":"boolean","method":"W"},
              {"property_name":"since","data_type":"DateTime","method":"E"},
              {"property_name":"info","data_type":"jsonObject","method":"R"},
              {"property_name":"tags","data_type":"string list","max_length":8,"method":"R"}],
             "commands":[{"command_name":"ring","paras":[{"para_name":"seconds","data_type":"int","required":true,"min":"1","max":"60"}],
               "responses":[{"response_name":"ring_response","paras":[{"para_name":"done","data_type":"int","required":false}]}]}],
             "events":[{"event_type":"smoke","paras":[{"para_name":"density","data_type":"decimal"}]}]},
            {"service_id":"default","service_type":"default","properties":[{"property_name":"battery","data_type":"int","min":"0","max":"100","method":"R"}],"commands":[]}]}
            """;

    private static ThingModel read(String json) {
        return JSON.read(Payload.of(json)).model();
    }

    @Test
    void reads_every_type_and_its_constraints() {
        ThingModel model = read(SMOKE);
        assertThat(model.property("smokeDetector:mode"))
                .extracting(Property::type)
                .isEqualTo(new DataType.Word(List.of("day", "night")));
        assertThat(model.property("smokeDetector:place"))
                .extracting(Property::type)
                .isEqualTo(new DataType.Text(16, DataType.Text.Measure.CHARACTERS, List.of()));
        assertThat(model.property("smokeDetector:limit"))
                .extracting(Property::parameter)
                .satisfies(limit -> {
                    assertThat(limit.initial()).isEqualTo(new Value.Decimal(2.5));
                    assertThat(limit.unit()).isEqualTo("ppm");
                });
        assertThat(model.property("smokeDetector:alarm"))
                .extracting(alarm -> alarm.parameter().required())
                .isEqualTo(true);
        assertThat(model.service("smokeDetector:ring"))
                .extracting(Service::outputName)
                .isEqualTo("ring_response");
        assertThat(model.event("smokeDetector:smoke")).isNotNull();
        assertThat(model.module("smokeDetector")).satisfies(module -> {
            assertThat(module.type()).isEqualTo("Smoke");
            assertThat(module.presence()).isEqualTo(Module.Presence.MANDATORY);
        });
    }

    @Test
    void the_service_called_default_is_the_default_module() {
        assertThat(read(SMOKE).property("battery")).isNotNull();
        assertThat(JSON.write(TestProducts.with(read(SMOKE)), read(SMOKE))
                        .file()
                        .text())
                .contains("\"service_id\":\"default\"");
    }

    @Test
    void both_forms_read_back_as_the_same_model() {
        ThingModel model = read(SMOKE);
        ModelFormat.Exported json = JSON.write(TestProducts.with(model), model);
        assertThat(JSON.read(json.file()).model()).isEqualTo(model);
        assertThat(json.notes()).isEmpty();
        ModelFormat.Exported zip = ZIP.write(TestProducts.with(model), model);
        assertThat(zip.notes()).contains("service smokeDetector: its type Smoke becomes smokeDetector");
        assertThat(JSON.read(zip.file()).model().properties()).isEqualTo(model.properties());
    }

    @Test
    void the_json_is_that_of_the_application_api() {
        ThingModel model = read(SMOKE);
        assertThat(JSON.write(TestProducts.with(model), model).file().text())
                .startsWith("{\"product_id\":\"lampalias\",\"name\":\"Lamp\",\"device_type\":\"Lamp\","
                        + "\"protocol_type\":\"MQTT\",\"data_format\":\"json\",\"service_capabilities\":[")
                .contains(
                        "\"property_name\":\"limit\",\"data_type\":\"decimal\",\"min\":\"0\",\"max\":\"7.5\",\"step\":0.5");
    }

    @Test
    void reads_the_zip_of_the_console() {
        ModelFormat.Imported imported =
                ZIP.read(zip("""
                {"devices":[{"manufacturerId":"m","model":"x","protocolType":"MQTT","deviceType":"Lamp","serviceTypeCapabilities":[
                {"serviceId":"Switch01","serviceType":"Switch","option":"Master"},{"serviceId":"Switch02","serviceType":"Switch","option":"Optional"}]}]}""", Map.of("service/Switch/profile/servicetype-capability.json", """
                {"services":[{"serviceType":"Switch","description":"d","commands":null,"properties":[
                {"propertyName":"on","dataType":"int","required":true,"min":"0","max":"1","step":1,"maxLength":0,"method":"RWE","unit":null,"enumList":null}]}]}""")));
        assertThat(imported.model().properties().sequencedKeySet()).containsExactly("Switch01:on", "Switch02:on");
        assertThat(imported.model().module("Switch01"))
                .extracting(Module::presence)
                .isEqualTo(Module.Presence.MASTER);
    }

    private static Payload zip(String devices, Map<String, String> services) {
        SequencedMap<String, Payload> files = new LinkedHashMap<>();
        files.put("profile/devicetype-capability.json", Payload.of(devices));
        services.forEach((path, text) -> files.put(path, Payload.of(text)));
        return ModelZip.pack(files);
    }

    @Test
    void faults_in_a_zip_name_their_file() {
        Payload zip = zip(
                "{\"devices\":[{\"serviceTypeCapabilities\":[{\"serviceId\":\"a\",\"serviceType\":\"A\"},{\"serviceId\":\"b\",\"serviceType\":\"B\"}]}]}",
                Map.of(
                        "service/A/profile/servicetype-capability.json",
                        "{\"services\":[{\"serviceType\":\"A\",\"properties\":[{\"propertyName\":\"p\",\"dataType\":\"int\",\"min\":\"x\",\"method\":\"R\"}]}]}"));
        assertThatThrownBy(() -> ZIP.read(zip))
                .hasMessageContaining(
                        "service/A/profile/servicetype-capability.json services[0].properties[0].min: \"x\" is no number")
                .hasMessageContaining("serviceTypeCapabilities[1].serviceType: no servicetype-capability.json");
    }

    @Test
    void a_small_zip_that_unpacks_to_much_is_refused() {
        SequencedMap<String, Payload> files = new LinkedHashMap<>();
        files.put("bomb.json", Payload.of(" ".repeat(ModelZip.MAX_UNPACKED_BYTES + 1)));
        Payload bomb = ModelZip.pack(files);
        assertThat(bomb.size()).isLessThan(HuaweiModel.MAX_BYTES);
        assertThatThrownBy(() -> ZIP.read(bomb)).hasMessageContaining("unpacks to more");
    }

    @Test
    void a_zip_of_many_empty_files_is_refused() {
        SequencedMap<String, Payload> files = new LinkedHashMap<>();
        for (int i = 0; i <= ModelZip.MAX_ENTRIES; i++) {
            files.put(i + ".json", Payload.EMPTY);
        }
        assertThatThrownBy(() -> ZIP.read(ModelZip.pack(files))).hasMessageContaining("unpacks to more");
    }

    @Test
    void a_zip_that_is_cut_or_holds_something_else_is_refused_with_a_reason() {
        Payload whole = zip("{\"devices\":[{}]}", Map.of());
        byte[] cut = Arrays.copyOf(whole.toBytes(), 40);
        assertThatThrownBy(() -> ZIP.read(Payload.of(cut))).hasMessageContaining("damaged");
        SequencedMap<String, Payload> other = new LinkedHashMap<>();
        other.put("readme.json", Payload.of("{}"));
        assertThatThrownBy(() -> ZIP.read(ModelZip.pack(other)))
                .hasMessageContaining("has no devicetype-capability.json");
    }

    @Test
    void names_every_fault_with_its_place() {
        assertRefused(Problem.MODEL_INVALID, () -> read("""
                {"service_capabilities":[{"service_id":"a","option":"Maybe","properties":[
                {"property_name":"p","data_type":"float","method":"R"},
                {"property_name":"q","data_type":"int","method":"X","max_length":-1},
                {"property_name":"r","data_type":"string","method":"R","max_length":"long"},
                {"property_name":"s","data_type":"int","method":"R","min":"5","max":"1","default_value":"x"},
                {"property_name":"t","data_type":"enum","method":"R"}],
                "commands":"none"},7]}"""))
                .hasMessageContaining(
                        "service_capabilities[0].option: \"Maybe\" is none of Mandatory, Master, Optional")
                .hasMessageContaining("service_capabilities[0].properties[0].data_type: \"float\" is no type")
                .hasMessageContaining("service_capabilities[0].properties[1].method: \"X\" is none of RWE")
                .hasMessageContaining("service_capabilities[0].properties[2].max_length: \"long\" is no number")
                .hasMessageContaining("service_capabilities[0].properties[3].default_value: \"x\" is no whole number")
                .hasMessageContaining("property a:s has a min above its max")
                .hasMessageContaining("property a:t has nothing to choose from")
                .hasMessageContaining("service_capabilities[0].commands: \"none\" is no array")
                .hasMessageContaining("service_capabilities[1]: 7 is no object");
    }

    @Test
    void a_file_without_services_or_too_large_is_refused() {
        assertThatThrownBy(() -> read("{}")).hasMessageContaining("service_capabilities: is missing");
        assertThatThrownBy(() -> read(" ".repeat(500 * 1024 + 1))).hasMessageContaining("at most 512000");
    }

    @Test
    void what_the_file_has_too_much_of_is_noted() {
        ModelFormat.Imported imported = JSON.read(Payload.of("""
                {"service_capabilities":[{"service_id":"a","properties":[{"property_name":"p","data_type":"int"}],
                "commands":[{"command_name":"c","responses":[{"response_name":"x"},{"response_name":"y"}]}]}]}"""));
        assertThat(imported.notes())
                .containsExactly(
                        "property \"p\": it has no method and gets RWE",
                        "command c has 2 responses: only the first was taken");
    }
}
