package io.berth.dialect.aliyun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.Payload;
import io.berth.core.ProblemException;
import io.berth.core.thing.DataType;
import io.berth.core.thing.EventType;
import io.berth.core.thing.Property;
import io.berth.core.thing.Service;
import io.berth.core.thing.ThingModel;
import io.berth.dialect.ModelFormat;
import io.berth.json.ValueJson;
import io.berth.testing.TestProducts;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AliyunTslTest {
    /// The example of spec aliyun-device 7, its generated members left out.
    static final String EXAMPLE = """
            {"schema":"…/schema.json","profile":{"productKey":"a1pk"},
            "properties":[{"identifier":"Temp","name":"Temperature","accessMode":"rw","required":false,"dataType":{"type":"float","specs":{"min":"-40","max":"120","step":"0.1","unit":"°C","unitName":"celsius"}}},
            {"identifier":"Door","name":"Door","accessMode":"r","required":true,"dataType":{"type":"bool","specs":{"0":"closed","1":"open"}}},
            {"identifier":"Mode","name":"Mode","accessMode":"rw","dataType":{"type":"enum","specs":{"0":"auto","1":"eco","7":"boost"}}},
            {"identifier":"Net","name":"Net","accessMode":"r","dataType":{"type":"struct","specs":[{"identifier":"ip","name":"IP","dataType":{"type":"text","specs":{"length":"64"}}}]}},
            {"identifier":"Hist","name":"Hist","accessMode":"r","dataType":{"type":"array","specs":{"size":"10","item":{"type":"int"}}}}],
            "events":[{"identifier":"post","name":"post","type":"info","required":true,"desc":"property report","method":"thing.event.property.post","outputData":[{"identifier":"Temp"}]},
            {"identifier":"alarm","name":"Alarm","type":"alert","required":false,"method":"thing.event.alarm.post","outputData":[{"identifier":"code","name":"Code","dataType":{"type":"int","specs":{"min":"0","max":"99"}}}]}],
            "services":[{"identifier":"set","name":"set","required":true,"callType":"async","method":"thing.service.property.set","inputData":[],"outputData":[]},
            {"identifier":"get","name":"get","required":true,"callType":"async","method":"thing.service.property.get","inputData":["Temp","Door"],"outputData":[]},
            {"identifier":"reboot","name":"Reboot","required":false,"callType":"sync","method":"thing.service.reboot","inputData":[{"identifier":"delay","name":"Delay","dataType":{"type":"int","specs":{"min":"0","max":"600","step":"1"}}}],"outputData":[{"identifier":"ok","name":"Ok","dataType":{"type":"bool","specs":{"0":"no","1":"yes"}}}]}]}
            """;

    private static final ModelFormat TSL = new AliyunTsl();

    private static ThingModel read(String tsl) {
        return TSL.read(Payload.of(tsl)).model();
    }

    @Test
    void reads_the_example_of_the_manual() {
        ThingModel model = read(EXAMPLE);
        assertThat(model.properties().sequencedKeySet()).containsExactly("Temp", "Door", "Mode", "Net", "Hist");
        assertThat(model.property("Temp")).satisfies(temp -> {
            assertThat(temp.writable()).isTrue();
            assertThat(temp.parameter().unit()).isEqualTo("°C");
            assertThat(temp.parameter().unitName()).isEqualTo("celsius");
        });
        assertThat(model.property("Mode"))
                .extracting(Property::type)
                .isInstanceOfSatisfying(
                        DataType.Choice.class,
                        mode -> assertThat(mode.labels().sequencedKeySet()).containsExactly(0, 1, 7));
        assertThat(model.event("alarm")).extracting(EventType::level).isEqualTo(EventType.Level.ALERT);
        assertThat(model.service("reboot")).extracting(Service::callType).isEqualTo(Service.CallType.SYNC);
    }

    @Test
    void leaves_the_generated_members_to_whoever_writes_a_tsl() {
        ThingModel model = read(EXAMPLE);
        assertThat(model.event("post")).isNull();
        assertThat(model.service("set")).isNull();
        assertThat(AliyunTsl.write(TestProducts.with(model)))
                .contains("\"identifier\":\"post\"", "thing.service.property.set", "\"inputData\":[\"Temp\",\"Door\"");
    }

    @Test
    void what_is_written_reads_back_as_the_same_model() {
        ThingModel model = read(EXAMPLE);
        String written = AliyunTsl.write(TestProducts.with(model));
        assertThat(read(written)).isEqualTo(model);
        assertThat(TSL.write(TestProducts.with(model), model).notes()).isEmpty();
    }

    @Test
    void is_written_without_a_blank_and_with_numbers_as_texts() {
        assertThat(AliyunTsl.write(TestProducts.with(read(EXAMPLE))))
                .startsWith("{\"schema\":\"https://")
                .contains("\"profile\":{\"productKey\":\"a1pk\"}")
                .contains(
                        "\"specs\":{\"min\":\"-40\",\"max\":\"120\",\"step\":\"0.1\",\"unit\":\"°C\",\"unitName\":\"celsius\"}")
                .doesNotContain("\": ", "\n");
    }

    @Test
    void the_tsl_of_a_product_without_a_model_has_its_empty_lists() {
        assertThat(ValueJson.readFields(Payload.of(AliyunTsl.write(TestProducts.with(ThingModel.EMPTY)))))
                .hasValueSatisfying(tsl -> assertThat(tsl.fields().sequencedKeySet())
                        .containsExactly("schema", "profile", "properties", "events", "services"));
        assertThat(read(AliyunTsl.write(TestProducts.with(ThingModel.EMPTY)))).isEqualTo(ThingModel.EMPTY);
    }

    @Test
    void custom_modules_have_members_of_their_own() {
        ThingModel model = read("""
                {"properties":[],"functionBlocks":[{"functionBlockId":"lamp","functionBlockName":"Lamp",
                "properties":[{"identifier":"Lum","accessMode":"w","dataType":{"type":"int","specs":{"min":"0","max":"100"}}}],
                "events":[{"identifier":"burnt","type":"error"}],"services":[{"identifier":"blink"}]}]}""");
        assertThat(model.properties().sequencedKeySet()).containsExactly("lamp:Lum");
        assertThat(model.property("lamp:Lum"))
                .extracting(Property::comesFromDevice)
                .isEqualTo(false);
        assertThat(model.event("lamp:burnt")).extracting(EventType::level).isEqualTo(EventType.Level.ERROR);
        assertThat(model.service("lamp:blink")).extracting(Service::callType).isEqualTo(Service.CallType.ASYNC);
        String written = AliyunTsl.write(TestProducts.with(model));
        assertThat(written).contains("thing.event.lamp:burnt.post", "\"functionBlockName\":\"Lamp\"");
        assertThat(read(written).modules()).hasSize(1);
    }

    @Test
    void the_file_of_a_single_custom_module_says_that_it_is_one() {
        ModelFormat.Imported imported = TSL.read(Payload.of("""
                {"functionBlockId":"lamp","properties":[{"identifier":"On","accessMode":"rw","dataType":{"type":"bool"}}]}"""));
        assertThat(imported.model().property("lamp:On")).isNotNull();
        assertThat(imported.notes()).singleElement().asString().contains("module lamp alone");
    }

    @Test
    void names_every_fault_with_its_place() {
        assertThatThrownBy(() -> read("""
                {"properties":[
                {"identifier":"a","accessMode":"r","dataType":{"type":"int","specs":{"min":"x","max":true}}},
                {"accessMode":"r","dataType":{"type":"int"}},
                {"identifier":"c","accessMode":"x","dataType":{"type":"text","specs":{"length":"10241"}}},
                {"identifier":"d","accessMode":"r","dataType":{"type":"enum","specs":{"one":"1"}}},
                {"identifier":"time","accessMode":"r","dataType":{"type":"number"}},
                7],
                "events":[{"identifier":"e","type":"loud"}],
                "services":{"identifier":"s"}}"""))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("properties[0].dataType.specs.min: \"x\" is no number")
                .hasMessageContaining("properties[0].dataType.specs.max: true is no text")
                .hasMessageContaining("properties[1].identifier: is missing")
                .hasMessageContaining("properties[2].accessMode: \"x\" is none of r, rw, w")
                .hasMessageContaining(
                        "properties[2].dataType.specs.length: \"10241\" is no whole number from 1 to 10240")
                .hasMessageContaining("properties[3].dataType.specs.one: the name of a choice is a whole number")
                .hasMessageContaining("properties[4].identifier: \"time\" is reserved")
                .hasMessageContaining("properties[4].dataType.type: \"number\" is no type")
                .hasMessageContaining("properties[5]: 7 is no object")
                .hasMessageContaining("events[0].type: \"loud\" is none of alert, error, info")
                .hasMessageContaining("services: {\"identifier\":\"s\"} is no array");
    }

    @Test
    void names_what_contradicts_itself_beside_what_cannot_be_read() {
        assertThatThrownBy(() -> read("""
                {"properties":[
                {"identifier":"a","accessMode":"r","dataType":{"type":"int","specs":{"min":"2","max":"1","step":"0"}}},
                {"identifier":"a","accessMode":"r","dataType":{"type":"int"}},
                {"identifier":"b","accessMode":"r","dataType":{"type":"struct","specs":[
                  {"identifier":"c","dataType":{"type":"struct","specs":[]}},
                  {"identifier":"d","dataType":{"type":"array","specs":{"size":"3","item":{"type":"int"}}}}]}},
                {"identifier":"e","accessMode":"r","dataType":{"type":"array","specs":{"item":{"type":"int"}}}}]}"""))
                .hasMessageContaining("property a has a min above its max")
                .hasMessageContaining("property a has a step that is not above 0")
                .hasMessageContaining("property a is there twice")
                .hasMessageContaining("property b, c is nested too deep")
                .hasMessageContaining("property b, d is nested too deep")
                .hasMessageContaining("properties[3].dataType.specs.size: is missing");
    }

    @Test
    void refuses_a_module_of_301_features() {
        assertThat(read(properties(300)).properties()).hasSize(300);
        assertThatThrownBy(() -> read(properties(301))).hasMessageContaining("more than 300");
    }

    private static String properties(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"identifier\":\"p" + i + "\",\"accessMode\":\"r\",\"dataType\":{\"type\":\"date\"}}")
                .collect(Collectors.joining(",", "{\"properties\":[", "]}"));
    }

    @Test
    void refuses_more_than_512_kilobytes_unread() {
        assertThatThrownBy(() -> read(" ".repeat(512 * 1024 + 1))).hasMessageContaining("at most 524288");
    }

    @Test
    void says_where_a_file_stops_being_json() {
        assertThatThrownBy(() -> read("{\"properties\":[\n{\"identifier\":}]}"))
                .hasMessage("the file is no JSON: it is wrong at line 2, column 15");
        assertThatThrownBy(() -> read("{")).hasMessage("the file is no JSON: it breaks off at line 1, column 2");
        assertThatThrownBy(() -> read("[".repeat(2_000)))
                .hasMessage("the file is no JSON: something in it is too deep, too long or too large");
        assertThatThrownBy(() -> read("")).hasMessageContaining("not one JSON object");
        assertThatThrownBy(() -> read("[]")).hasMessageContaining("not one JSON object");
        assertThatThrownBy(() -> read("{}{}")).hasMessageContaining("not one JSON object");
    }

    @Test
    void another_json_object_is_no_tsl() {
        assertThatThrownBy(() -> read("{\"name\":\"something\",\"version\":\"1.0\"}"))
                .hasMessage("the file is no TSL: it has none of properties, events, services, functionBlocks");
    }

    @Test
    void a_number_of_a_billion_digits_is_no_bound() {
        assertThatThrownBy(() -> read("""
                {"properties":[{"identifier":"a","accessMode":"r","dataType":{"type":"double","specs":{"max":"1e999999999"}}}]}""")).hasMessageContaining("specs.max: \"1e999999999\" is no number");
    }
}
