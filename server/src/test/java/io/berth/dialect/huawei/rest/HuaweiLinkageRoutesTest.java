package io.berth.dialect.huawei.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.caller.Rights;
import io.berth.core.caller.Role;
import io.berth.dialect.AppAnswer;
import io.berth.json.ValueJson;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Linkage rules as records (spec huawei-iotda 7.8); what they do is seen in `HuaweiLinkageTest` of compat.
@SuppressWarnings("NullAway.Init") // made before each test
final class HuaweiLinkageRoutesTest {
    private static final String HOT = """
            {"type":"DEVICE_DATA","device_property_condition":{"device_id":"room_probe","filters":[\
            {"path":"air/temperature","operator":">","value":"30","strategy":{"trigger":"reverse","event_valid_time":5}}]}}""";
    private static final String COOL = """
            {"type":"DEVICE_CMD","device_command":{"device_id":"room_fan","cmd":{"service_id":"air",\
            "command_name":"blow","command_body":{"speed":3},"mode":"PASSIVE","buffer_timeout":60}}}""";
    private static final String ALARM = """
            {"type":"DEVICE_ALARM","device_alarm":{"name":"hot","alarm_status":"fault","severity":"major",\
            "dimension":"device","description":"too hot"}}""";

    @TempDir
    Path directory;

    private TestRest server;

    @BeforeEach
    void start() throws Exception {
        server = new TestRest(directory);
        done(201, "POST", "products", """
                {"product_id":"room","name":"Room","device_type":"Room","protocol_type":"MQTT","data_format":"json",
                "service_capabilities":[{"service_id":"air","properties":[
                {"property_name":"temperature","data_type":"decimal","method":"RE"},
                {"property_name":"mode","data_type":"string","method":"RE"},
                {"property_name":"open","data_type":"boolean","method":"RE"}],
                "commands":[{"command_name":"blow","paras":[{"para_name":"speed","data_type":"int","max":"5"}]}]}]}""");
        done(201, "POST", "devices", "{\"product_id\":\"room\",\"node_id\":\"probe\"}");
        done(201, "POST", "devices", "{\"product_id\":\"room\",\"node_id\":\"fan\"}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_rule_is_shown_as_it_was_made() throws Exception {
        JsonNode made = done(201, "POST", "rules", rule("heat", HOT, COOL + "," + ALARM));
        String one = "rules/" + made.path("rule_id").asString();

        assertThat(made.path("rule_id").asString()).matches("[0-9a-f]{24}");
        assertThat(made.path("status").asString()).isEqualTo("active");
        assertThat(made.path("rule_type").asString()).isEqualTo("DEVICE_LINKAGE");
        assertThat(made.path("app_id").asString()).hasSize(32);
        assertThat(made.path("last_update_time").asString()).matches("[0-9]{8}T[0-9]{6}Z");
        assertThat(made.at("/condition_group/conditions/0")).isEqualTo(json(HOT));
        assertThat(made.at("/actions/0")).isEqualTo(json(COOL));
        assertThat(made.at("/actions/1")).isEqualTo(json(ALARM));
        assertThat(done(200, "GET", one, "")).isEqualTo(made);

        JsonNode renamed = done(200, "PUT", one, "{\"name\":\"cold\",\"status\":\"inactive\"}");
        assertThat(renamed.path("name").asString()).isEqualTo("cold");
        assertThat(renamed.path("status").asString()).isEqualTo("inactive");
        assertThat(renamed.path("actions")).isEqualTo(made.path("actions"));

        assertThat(done(200, "PUT", one + "/status", "{\"status\":\"active\"}")
                        .path("status")
                        .asString())
                .isEqualTo("active");
        assertThat(done(200, "GET", one, "").path("status").asString()).isEqualTo("active");
        done(204, "DELETE", one, "");
        done(404, "GET", one, "");
        done(404, "PUT", one + "/status", "{\"status\":\"active\"}");
    }

    @Test
    void a_value_older_than_its_valid_time_does_not_count() throws Exception {
        done(201, "POST", "rules", rule("heat", HOT, ALARM));
        done(201, "POST", "rules", rule("any", HOT.replace(":5}", ":-1}"), ALARM));

        assertThat(server.scenes())
                .extracting(scene -> scene.plan().get("triggers"))
                .extracting(ValueJson::write)
                .satisfiesExactlyInAnyOrder(
                        young -> assertThat(young).contains("\"within\":\"5s\""),
                        any -> assertThat(any).doesNotContain("within"));
    }

    @Test
    void rules_are_listed_newest_first_page_by_page() throws Exception {
        for (String name : new String[] {"a", "b", "c"}) {
            done(201, "POST", "rules", rule(name, HOT, ALARM));
            server.clock.advance(Duration.ofSeconds(1));
        }
        JsonNode first = done(200, "GET", "rules?limit=2", "");
        assertThat(first.path("rules").findValuesAsString("name")).contains("c", "b");
        assertThat(first.path("rules").path(0).path("name").asString()).isEqualTo("c");
        assertThat(first.path("count").asInt()).isEqualTo(3);

        JsonNode second =
                done(200, "GET", "rules?limit=2&marker=" + first.path("marker").asString(), "");
        assertThat(second.path("rules")).hasSize(1);
        assertThat(second.path("rules").path(0).path("name").asString()).isEqualTo("a");
        assertThat(done(200, "GET", "rules?rule_type=DEVICE_SIDE", "")
                        .path("count")
                        .asInt())
                .isZero();
    }

    @Test
    void rules_of_another_space_do_not_exist() throws Exception {
        String id = done(201, "POST", "rules", rule("a", HOT, ALARM))
                .path("rule_id")
                .asString();
        Rights elsewhere = new Rights(Role.OPERATOR, Set.of("1".repeat(32)), Set.of());

        assertThat(server.call(elsewhere, "GET", "rules/" + id, "").status()).isEqualTo(404);
        assertThat(server.call(elsewhere, "DELETE", "rules/" + id, "").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'DEVICE_DATA','device_property_condition':{'product_id':'room','filters':["
                        + "{'path':'air/temperature','operator':'between','value':'5,8'}]}}",
                "{'type':'DEVICE_DATA','device_property_condition':{'product_id':'room','filters':["
                        + "{'path':'air/mode','operator':'in','in_values':['a','b']}]}}",
                "{'type':'DEVICE_DATA','device_property_condition':{'device_id':'room_probe','filters':["
                        + "{'path':'air/open','operator':'=','value':'true'},"
                        + "{'path':'air/temperature','operator':'<=','value':'1.5'}]}}",
                "{'type':'SIMPLE_TIMER','simple_timer_condition':{'start_time':'20261121T090000Z',"
                        + "'repeat_interval':60,'repeat_count':3}}",
                "{'type':'DAILY_TIMER','daily_timer_condition':{'time':'07:05','days_of_week':'1,7'}}",
                "{'type':'DEVICE_LINKAGE_STATUS','device_linkage_status_condition':{'device_id':'room_probe',"
                        + "'status_list':['ONLINE','OFFLINE'],'duration':60}}"
            })
    void conditions_of_every_kind_are_taken(String condition) throws Exception {
        done(201, "POST", "rules", rule("r", condition.replace('\'', '"'), ALARM));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'X'} | 400",
                "{'type':'DEVICE_DATA'} | 400",
                "{'type':'DEVICE_DATA','device_property_condition':{'filters':[{'path':'air/mode','operator':'=','value':'a'}]}} | 400",
                "{'type':'DEVICE_DATA','device_property_condition':{'device_id':'nobody','filters':[{'path':'air/mode','operator':'=','value':'a'}]}} | 404",
                "{'type':'DEVICE_DATA','device_property_condition':{'device_id':'room_probe','filters':[]}} | 400",
                "{'type':'DEVICE_DATA','device_property_condition':{'device_id':'room_probe','filters':[{'path':'mode','operator':'=','value':'a'}]}} | 400",
                "{'type':'DEVICE_DATA','device_property_condition':{'device_id':'room_probe','filters':[{'path':'air/none','operator':'=','value':'a'}]}} | 400",
                "{'type':'DEVICE_DATA','device_property_condition':{'device_id':'room_probe','filters':[{'path':'air/mode','operator':'~','value':'a'}]}} | 400",
                "{'type':'DEVICE_DATA','device_property_condition':{'device_id':'room_probe','filters':[{'path':'air/temperature','operator':'>','value':'hot'}]}} | 400",
                "{'type':'DEVICE_DATA','device_property_condition':{'device_id':'room_probe','filters':[{'path':'air/temperature','operator':'between','value':'5'}]}} | 400",
                "{'type':'DEVICE_DATA','device_property_condition':{'device_id':'room_probe','filters':[{'path':'air/mode','operator':'in'}]}} | 400",
                "{'type':'SIMPLE_TIMER','simple_timer_condition':{'start_time':'noon'}} | 400",
                "{'type':'SIMPLE_TIMER','simple_timer_condition':{'start_time':'20261121T090000Z','repeat_count':2}} | 400",
                "{'type':'DAILY_TIMER','daily_timer_condition':{'time':'7:5'}} | 400",
                "{'type':'DAILY_TIMER','daily_timer_condition':{'time':'24:00'}} | 400",
                "{'type':'DAILY_TIMER','daily_timer_condition':{'time':'07:05','days_of_week':'0'}} | 400",
                "{'type':'DEVICE_LINKAGE_STATUS','device_linkage_status_condition':{'device_id':'room_probe','status_list':['ONLINE'],'duration':61}} | 400",
                "{'type':'DEVICE_LINKAGE_STATUS','device_linkage_status_condition':{'device_id':'room_probe','status_list':['AWAY']}} | 400"
            })
    void a_condition_that_cannot_be_is_refused(String condition, int status) throws Exception {
        done(status, "POST", "rules", rule("r", condition.replace('\'', '"'), ALARM));
        assertThat(done(200, "GET", "rules", "").path("count").asInt()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'SMN_FORWARDING'} | 501",
                "{'type':'X'} | 400",
                "{'type':'DEVICE_CMD','device_command':{'device_id':'room_fan','cmd':{'service_id':'air','command_name':'none'}}} | 400",
                "{'type':'DEVICE_CMD','device_command':{'device_id':'room_fan','cmd':{'service_id':'air','command_name':'blow','command_body':{'speed':6}}}} | 400",
                "{'type':'DEVICE_CMD','device_command':{'device_id':'nobody','cmd':{'service_id':'air','command_name':'blow'}}} | 404",
                "{'type':'DEVICE_ALARM','device_alarm':{'name':'x','alarm_status':'fault','severity':'huge'}} | 400",
                "{'type':'DEVICE_ALARM','device_alarm':{'name':'x','alarm_status':'on','severity':'major'}} | 400"
            })
    void an_action_that_cannot_be_is_refused(String action, int status) throws Exception {
        done(status, "POST", "rules", rule("r", HOT, action.replace('\'', '"')));
    }

    @Test
    void what_a_rule_lacks_is_named() throws Exception {
        done(400, "POST", "rules", "{}");
        done(400, "POST", "rules", rule("", HOT, ALARM));
        done(400, "POST", "rules", rule("r", "", ALARM));
        done(400, "POST", "rules", rule("r", HOT, ""));
        done(400, "POST", "rules", rule("r", HOT, ALARM).replace("\"and\"", "\"xor\""));
        done(501, "POST", "rules", rule("r", HOT, ALARM).replace("DEVICE_LINKAGE", "DEVICE_SIDE"));
    }

    private static String rule(String name, String conditions, String actions) {
        return """
                {"name":"%s","rule_type":"DEVICE_LINKAGE","condition_group":{"logic":"and","conditions":[%s]},\
                "actions":[%s]}""".formatted(name, conditions, actions);
    }

    private JsonNode done(int status, String method, String path, String body) throws Exception {
        AppAnswer answer = server.call(method, path, body);
        assertThat(answer.status()).as(answer.body().text()).isEqualTo(status);
        return json(answer.body().text());
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.isEmpty() ? "null" : text);
    }
}
