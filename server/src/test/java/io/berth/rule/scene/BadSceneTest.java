package io.berth.rule.scene;

import static io.berth.rule.scene.SceneBed.draft;
import static io.berth.rule.scene.SceneBed.fields;
import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.alarm.Alarm;
import io.berth.core.scene.Scenes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is said of scenes that cannot work, and of what others would do.
final class BadSceneTest {
    private static final String ACTION = "{\"raise\":\"x\",\"severity\":\"minor\"}";

    private final SceneBed bed = new SceneBed();

    @AfterEach
    void stop() {
        bed.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'property':'Temperature','product':'room','is':'>','value':1} | did you mean \"temperature\"?",
                "{'property':'none','product':'room','is':'>','value':1} | the thing model of room has no property \"none\"",
                "{'property':'place.roof','product':'room','is':'>','value':1} | has no property \"place.roof\"",
                "{'property':'secret','product':'room','is':'>','value':1} | secret is not for the device to report",
                "{'property':'temperature','product':'gone','is':'>','value':1} | there is no product \"gone\"",
                "{'property':'temperature','product':'bare','is':'>','value':1} | product bare has no thing model",
                "{'property':'temperature','product':'room','device':'x','is':'>','value':1} | there is no device room/x",
                "{'property':'temperature','product':'room','is':'>','value':'hot'} | only numbers are greater or less",
                "{'property':'label','product':'room','is':'>','value':'a'} | only numbers are greater or less",
                "{'property':'mode','product':'room','is':'=','value':3} | the value is none of [",
                "{'property':'temperature','product':'room','is':'=>','value':1} | is none of >, >=, <, <=, =, !=, between, in",
                "{'property':'temperature','product':'room','is':'>'} | triggers[0].value: is missing",
                "{'property':'temperature','is':'>','value':1} | triggers[0].product: is missing",
                "{'property':'temperature','product':'room','is':'>','value':1,'fro':'5m'} | triggers[0].fro: is no member here",
                "{'property':'temperature','product':'room','is':'>','value':1,'for':'soon'} | is no span of at most 30 days",
                "{'property':'temperature','product':'room','is':'>','value':1,'for':'5m','every':true} | only one of them can be",
                "{'property':'temperature','product':'room','is':'changes','for':'5m'} | says nothing of a change",
                "{'event':'melted','product':'room'} | the thing model of room has no event \"melted\"",
                "{'event':'broken','product':'room','output':'x','is':'=','value':1} | has no output \"x\"",
                "{'event':'broken','product':'room','is':'=','value':1} | needs an \"output\" to compare",
                "{'status':'away','product':'room'} | is none of ",
                "{'cron':'0 25 * * *'} | \"25\" is no hour of a time: 0 to 23",
                "{'cron':'0 9 * * *','zone':'Berlin'} | is no time zone",
                "{'at':'soon'} | is no time: write 2026-01-02T03:04:05Z",
                "{'at':'2026-11-21T09:00:00Z','times':2} | after which time it comes again",
                "{'at':'2026-11-21T09:00:00Z','repeat':'5m','times':0} | it comes once at least",
                "{'property':'temperature','product':'room','is':'between','value':[1]} | is no list of two",
                "{'property':'temperature','product':'room','is':'between','value':['a',2]} | only numbers are greater",
                "{'property':'mode','product':'room','is':'in','value':[0,3]} | the value is none of [",
                "{'property':'mode','product':'room','is':'in','value':[]} | is no list of 1 to 20",
                "{'product':'room'} | needs one of property, event, status, cron, at",
                "7 | triggers[0]: 7 is no object",
            })
    void a_trigger_that_cannot_work_is_refused(String trigger, String reason) {
        refused("[" + trigger.replace('\'', '"') + "]", "[]", "[" + ACTION + "]", reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'set':{'temperature':1}} | temperature is not writable",
                "{'set':{'mode':3}} | mode is none of [",
                "{'set':{}} | there is nothing to set",
                "{'set':{'fan':1},'product':'room','device':'x'} | there is no device room/x",
                "{'set':{'fan':1},'product':'room'} | actions[0].device: is missing",
                "{'call':'jump'} | the thing model of room has no service \"jump\"",
                "{'call':'blink','input':{'times':10}} | times",
                "{'call':'blink','keepFor':'3d'} | two days at most",
                "{'raise':'x','severity':'huge'} | is none of warning, minor, major, critical",
                "{'raise':'a/b','severity':'minor'} | no slash, no colon",
                "{'notify':'ftp://example.org'} | begins with http:// or https://",
                "{'notify':'http://user:pw@example.org'} | names a host and no user",
                "{'raise':'x','clear':'x'} | needs one of set, call, raise, clear, notify",
            })
    void an_action_that_cannot_work_is_refused(String action, String reason) {
        refused(
                "[{\"property\":\"temperature\",\"product\":\"room\",\"is\":\">\",\"value\":1}]",
                "[]",
                "[" + action.replace('\'', '"') + "]",
                reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'property':'none','is':'=','value':1} | has no property \"none\"",
                "{'status':'online','product':'room','device':'x'} | there is no device room/x",
                "{'between':'22-6'} | is no time of day from and to: write 22:00-06:00",
                "{'days':['fryday']} | is none of mon, tue, wed, thu, fri, sat, sun",
                "{} | needs one of property, status, between",
            })
    void a_condition_that_cannot_work_is_refused(String condition, String reason) {
        refused(
                "[{\"property\":\"temperature\",\"product\":\"room\",\"is\":\">\",\"value\":1}]",
                "[" + condition.replace('\'', '"') + "]",
                "[" + ACTION + "]",
                reason);
    }

    @Test
    void a_time_has_no_device_to_ask() {
        refused(
                "[{\"cron\":\"0 9 * * *\"}]",
                "[]",
                "[{\"set\":{\"fan\":1}}]",
                "a time has no device: name \"product\"");
    }

    @Test
    void all_faults_are_named_at_once() {
        ProblemException refusal = catchThrowableOfType(
                ProblemException.class,
                () -> bed.create(
                        "x", "{\"triggers\":[{\"status\":\"away\"}],\"actions\":[{}],\"coolDown\":\"x\",\"speed\":1}"));
        assertThat(refusal.detail())
                .contains("triggers[0].status", "triggers[0].product", "actions[0]", "coolDown", "speed");
        refused("[]", "[]", "[]", "the scene has no triggers; the scene has no actions");
        refused("[" + "{},".repeat(20) + "{}]", "[]", "[" + ACTION + "]", "has more than 20 members");
    }

    @Test
    void there_are_only_so_many_and_each_has_a_name_of_its_own() {
        String plan = plan("[{\"status\":\"online\",\"product\":\"room\"}]", "[]", "[" + ACTION + "]");
        for (int i = 1; i < 5; i++) {
            bed.create("s" + i, plan);
        }
        assertRefused(Problem.LIMIT_REACHED, () -> bed.create("s5", plan));
        bed.scenes.delete("s1");
        assertRefused(Problem.SCENE_EXISTS, () -> bed.create("s2", plan));
    }

    @Test
    void a_sample_shows_what_would_happen_and_does_nothing() {
        Scenes.Draft draft = draft("x", plan("""
                        [{"property":"temperature","product":"room","is":">","value":30,"for":"5m"},
                         {"cron":"0 9 * * *","zone":"UTC"}]""", """
                        [{"between":"08:00-10:00","zone":"UTC"}]""", "[" + ACTION + "]"));
        Scenes.Trial hot = bed.scenes.tryOut(
                draft, fields("{\"product\":\"room\",\"device\":\"probe\",\"properties\":{\"temperature\":31}}"));
        assertThat(hot.fires()).isTrue();
        assertThat(hot.triggers())
                .containsExactly(
                        new Scenes.Part("temperature of any device of room > 30 for 5m", true),
                        new Scenes.Part("it is 0 9 * * * in UTC", false));
        assertThat(hot.conditions()).containsExactly(new Scenes.Part("it is between 08:00 and 10:00 in UTC", true));
        assertThat(hot.actions()).containsExactly("raise the minor alarm x");
        assertThat(bed.scenes
                        .tryOut(draft, fields("{\"time\":\"2026-01-01T09:00:00Z\"}"))
                        .fires())
                .isTrue();
        assertThat(bed.scenes
                        .tryOut(
                                draft,
                                fields(
                                        "{\"product\":\"room\",\"device\":\"probe\",\"properties\":{\"temperature\":3}}"))
                        .fires())
                .isFalse();
        assertThatThrownBy(() -> bed.scenes.tryOut(draft, fields("{\"product\":\"room\"}")))
                .hasMessageContaining("the sample names no");
        assertThat(bed.alarms.active(Alarm.Severity.MINOR)).isZero();
    }

    private void refused(String triggers, String conditions, String actions, String reason) {
        assertRefused(Problem.INVALID_ARGUMENT, () -> bed.create("x", plan(triggers, conditions, actions)))
                .hasMessageContaining(reason);
        assertThat(bed.scenes.list()).hasSize(1);
    }

    private static String plan(String triggers, String conditions, String actions) {
        return "{\"triggers\":" + triggers + ",\"conditions\":" + conditions + ",\"actions\":" + actions + "}";
    }
}
