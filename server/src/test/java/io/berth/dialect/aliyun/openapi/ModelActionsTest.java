package io.berth.dialect.aliyun.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.product.Product.NodeType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Thing models and scripts (spec aliyun-openapi 3.2).
final class ModelActionsTest extends ActionBed {
    private static final String[] PRODUCT = {"ProductKey", "a1pk"};
    private static final String FEATURES = """
            {"properties":[
              {"identifier":"Mode","name":"mode","dataType":"ENUM","rwFlag":"READ_WRITE","required":false,
               "dataSpecsList":[{"dataType":"ENUM","name":"slow","value":0},{"dataType":"ENUM","name":"fast","value":1}]},
              {"identifier":"Spot","name":"spot","dataType":"STRUCT","rwFlag":"READ_ONLY","dataSpecsList":[
                {"dataType":"STRUCT","identifier":"x","name":"x","childDataType":"INT",
                 "dataSpecs":{"dataType":"INT","min":"0","max":"9","step":"1"}}]},
              {"identifier":"Last","name":"last","dataType":"ARRAY","rwFlag":"READ_ONLY",
               "dataSpecs":{"dataType":"ARRAY","size":"8","childDataType":"TEXT",
                 "dataSpecs":{"dataType":"TEXT","length":"20"}}}],
             "events":[{"identifier":"Hot","eventName":"hot","eventType":"ALERT_EVENT_TYPE","outputdata":[
               {"identifier":"t","name":"t","dataType":"FLOAT","direction":"PARAM_OUTPUT","paraOrder":0,
                "dataSpecs":{"dataType":"FLOAT","min":"0","max":"100"}}]}],
             "services":[{"identifier":"blink","serviceName":"blink","callType":"SYNC",
               "inputParams":[],"outputParams":[]}]}""";

    @Test
    void features_come_back_as_they_were_made() {
        done("CreateThingModel", with(PRODUCT, "ThingModelJson", FEATURES));
        JsonNode model = model("QueryThingModel");
        JsonNode given = JsonMapper.shared().readTree(FEATURES);
        assertThat(model.at("/properties/0/dataSpecsList")).isEqualTo(given.at("/properties/0/dataSpecsList"));
        assertThat(model.at("/properties/0/rwFlag").asString()).isEqualTo("READ_WRITE");
        assertThat(model.at("/properties/1/dataSpecsList/0/childDataType").asString())
                .isEqualTo("INT");
        assertThat(model.at("/properties/1/dataSpecsList/0/dataSpecs/max").asString())
                .isEqualTo("9");
        assertThat(model.at("/properties/2/dataSpecs/dataSpecs/length").asString())
                .isEqualTo("20");
        assertThat(model.at("/events/0/eventType").asString()).isEqualTo("ALERT_EVENT_TYPE");
        assertThat(model.path("events")).hasSize(1);
        assertThat(model.at("/events/0/outputdata/0/dataType").asString()).isEqualTo("FLOAT");
        assertThat(model.at("/services/0/callType").asString()).isEqualTo("SYNC");
        assertThat(model.path("services")).hasSize(1);

        // nothing is there a second time
        assertRefused(
                "iot.check.InvalidFormattedParameter", "CreateThingModel", with(PRODUCT, "ThingModelJson", FEATURES));
    }

    @Test
    void features_are_changed_and_deleted() {
        done("CreateThingModel", with(PRODUCT, "ThingModelJson", FEATURES));
        String speed = "{\"properties\":[{\"identifier\":\"Speed\",\"name\":\"speed\",\"dataType\":\"BOOL\","
                + "\"rwFlag\":\"READ_ONLY\",\"dataSpecsList\":[{\"name\":\"no\",\"value\":0},"
                + "{\"name\":\"yes\",\"value\":1}]}]}";
        done("UpdateThingModel", with(PRODUCT, "Identifier", "Mode", "ThingModelJson", speed));
        assertRefused(
                "iot.check.InvalidFormattedParameter",
                "UpdateThingModel",
                with(PRODUCT, "Identifier", "Mode", "ThingModelJson", speed));
        done(
                "DeleteThingModel",
                with(
                        PRODUCT,
                        "PropertyIdentifier.1",
                        "Spot",
                        "EventIdentifier.1",
                        "Hot",
                        "ServiceIdentifier.1",
                        "blink"));
        JsonNode model = model("QueryThingModel");
        assertThat(model.path("properties")
                        .valueStream()
                        .map(each -> each.path("identifier").asString()))
                .containsExactlyInAnyOrder("Last", "Speed");
        assertThat(model.path("events")).isEmpty();
    }

    @Test
    void a_call_makes_up_to_ten_features() {
        done("CreateThingModel", with(PRODUCT, "ThingModelJson", services(10)));
        assertRefused(
                "iot.check.ParameterIsNotLessThanMax",
                "CreateThingModel",
                with(PRODUCT, "ThingModelJson", services(11)));
    }

    private static String services(int count) {
        StringBuilder services = new StringBuilder("{\"services\":[");
        for (int i = 0; i < count; i++) {
            services.append(i == 0 ? "" : ",")
                    .append("{\"identifier\":\"s")
                    .append(count)
                    .append('_')
                    .append(i)
                    .append("\",\"serviceName\":\"s\",\"callType\":\"ASYNC\"}");
        }
        return services.append("]}").toString();
    }

    @Test
    void models_are_published_in_versions_and_copied() {
        assertThat(api.call("ImportThingModelTsl", with(PRODUCT, "TslStr", "{"))
                        .path("ErrorMessage")
                        .asString())
                .isEqualTo("the file is no JSON: it breaks off at line 1, column 2");
        done("ImportThingModelTsl", with(PRODUCT, "TslStr", ThingActionsTest.TSL));
        assertThat(model("QueryThingModelPublished").path("properties")).isEmpty();
        done("PublishThingModel", with(PRODUCT, "ModelVersion", "v1.0", "Description", "first"));
        done("CreateThingModel", with(PRODUCT, "ThingModelJson", services(1)));
        assertRefused(
                "iot.check.InvalidFormattedParameter", "PublishThingModel", with(PRODUCT, "ModelVersion", "v1.0"));
        assertRefused(
                "iot.check.InvalidFormattedParameter",
                "PublishThingModel",
                with(PRODUCT, "ModelVersion", "12345678901234567"));
        done("PublishThingModel", PRODUCT);

        JsonNode versions = done("ListThingModelVersion", PRODUCT).at("/Data/ModelVersions");
        assertThat(versions.at("/0/ModelVersion").asString()).isEqualTo("2");
        assertThat(versions.at("/1/ModelVersion").asString()).isEqualTo("v1.0");
        assertThat(versions.at("/1/Description").asString()).isEqualTo("first");
        JsonNode old = JsonMapper.shared()
                .readTree(done("GetThingModelTsl", with(PRODUCT, "ModelVersion", "v1.0"))
                        .at("/Data/TslStr")
                        .asString());
        assertThat(old.at("/properties/0/identifier").asString()).isEqualTo("Level");
        JsonNode simple = JsonMapper.shared()
                .readTree(done("GetThingModelTslPublished", with(PRODUCT, "Simple", "true"))
                        .at("/Data/TslStr")
                        .asString());
        assertThat(simple.at("/properties/0/dataType/type").asString()).isEqualTo("int");
        assertThat(simple.at("/properties/0").has("name")).isFalse();

        api.makeProduct("a1copy", NodeType.DIRECT);
        done("CopyThingModel", "SourceProductKey", "a1pk", "TargetProductKey", "a1copy", "SourceModelVersion", "v1.0");
        assertThat(done("QueryThingModel", "ProductKey", "a1copy")
                        .at("/Data/ThingModelJson")
                        .asString())
                .contains("Level")
                .doesNotContain("s1_0");
    }

    @Test
    void a_module_of_its_own_is_kept_apart() {
        done("CreateThingModel", with(PRODUCT, "ThingModelJson", services(1)));
        done(
                "CreateThingModel",
                with(PRODUCT, "ThingModelJson", services(2), "FunctionBlockId", "aux", "FunctionBlockName", "helper"));
        assertThat(model("QueryThingModel")
                        .at("/functionBlocks/0/functionBlockName")
                        .asString())
                .isEqualTo("helper");
        JsonNode aux = JsonMapper.shared()
                .readTree(done("QueryThingModel", with(PRODUCT, "FunctionBlockId", "aux"))
                        .at("/Data/ThingModelJson")
                        .asString());
        assertThat(aux.path("services")).hasSize(2);
    }

    @Test
    void there_are_no_templates() {
        assertThat(done("ListThingTemplates").path("Data").isArray()).isTrue();
        assertRefused("iot.check.InvalidFormattedParameter", "GetThingTemplate", "CategoryKey", "Lamp");
    }

    @Test
    void scripts_are_javascript() {
        String[] script = with(
                PRODUCT,
                "ScriptContent",
                "function rawDataToProtocol(b) { return {}; }" + "function protocolToRawData(j) { return []; }",
                "ScriptType",
                "JavaScript");
        assertRefused("iot.check.InvalidFormattedParameter", "UpdateThingScript", script);
        assertRefused("iot.check.InvalidFormattedParameter", "GetThingScript", PRODUCT);
        done("CreateThingScript", script);
        done("UpdateThingScript", script);
        script[5] = "PHP_72";
        assertRefused("iot.common.APINotSupportedInInstance", "CreateThingScript", script);
    }

    @Test
    void a_script_is_fetched_for_an_hour_from_an_address_nobody_can_make_up() {
        String source =
                "function rawDataToProtocol(b) { return {}; /* 温 */ } function protocolToRawData(j) { return []; }";
        done("CreateThingScript", with(PRODUCT, "ScriptContent", source, "ScriptType", "JavaScript"));
        JsonNode data = done("GetThingScript", PRODUCT).path("Data");
        assertThat(data.path("ScriptType").asString()).isEqualTo("JavaScript");
        String url = data.path("ScriptUrl").asString();
        assertThat(url).startsWith("http://127.0.0.1:8080/files/script/a1pk/");
        String[] parts = url.substring(url.indexOf("a1pk/")).split("/");

        assertThat(api.scriptLinks.open("a1pk", parts[1], parts[2]))
                .hasValueSatisfying(script -> assertThat(script.source()).isEqualTo(source));
        assertThat(api.scriptLinks.open("a1pk", parts[1] + "0", parts[2])).isEmpty();
        assertThat(api.scriptLinks.open("a1pk", "x", parts[2])).isEmpty();
        assertThat(api.scriptLinks.open("none", parts[1], parts[2])).isEmpty();
        String other = parts[2].startsWith("0") ? "1" : "0";
        assertThat(api.scriptLinks.open("a1pk", parts[1], other + parts[2].substring(1)))
                .isEmpty();
        api.clock.advance(Duration.ofHours(1));
        assertThat(api.scriptLinks.open("a1pk", parts[1], parts[2])).isEmpty();
    }

    @Test
    void a_model_has_nothing_that_gateways_would_have_to_know() {
        done("CreateThingModel", with(PRODUCT, "ThingModelJson", services(1)));
        done("PublishThingModel", with(PRODUCT, "ModelVersion", "v1.0"));
        for (String action : List.of("QueryThingModelExtendConfig", "QueryThingModelExtendConfigPublished")) {
            assertThat(done(action, with(PRODUCT, "ModelVersion", "v1.0"))
                            .at("/Data/Configuration")
                            .asString())
                    .isEqualTo("{\"profile\":{\"productKey\":\"a1pk\"},\"properties\":[]}");
            assertRefused("iot.check.InvalidFormattedParameter", action, with(PRODUCT, "FunctionBlockId", "none"));
            assertRefused("iot.check.InvalidFormattedParameter", action, with(PRODUCT, "ModelVersion", "v9"));
            assertRefused("iot.prod.NotExistedProduct", action, "ProductKey", "none");
        }
    }

    private JsonNode model(String action) {
        return JsonMapper.shared()
                .readTree(done(action, PRODUCT).at("/Data/ThingModelJson").asString());
    }
}
