package io.berth.rule.scene;

import static io.berth.rule.scene.SceneBed.FAN;
import static io.berth.rule.scene.SceneBed.OTHER;
import static io.berth.rule.scene.SceneBed.PROBE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.core.Value;
import io.berth.core.alarm.Alarm;
import io.berth.core.scene.Firing;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What sets scenes off, what holds them back, and what survives a crash.
final class SceneBookTest {
    private static final String HOT_ALARM = "scene:hot:room:probe";

    private final SceneBed bed = new SceneBed();

    @AfterEach
    void stop() {
        bed.close();
    }

    @Test
    void a_value_sets_it_off_once_until_it_was_otherwise() {
        bed.create("hot", hot(""));
        bed.reports(PROBE, "temperature", 30);
        bed.reports(PROBE, "temperature", 30.5);
        bed.reports(PROBE, "temperature", 31);
        bed.reports(OTHER, "temperature", 35);
        bed.settled(PROBE).settled(OTHER);
        bed.fired("hot", 2);
        bed.reports(PROBE, "temperature", 29);
        bed.reports(PROBE, "temperature", 32);
        bed.settled(PROBE).fired("hot", 3);

        Firing newest = bed.progress("hot").newest().getFirst();
        assertThat(newest.reason()).isEqualTo("temperature of room/probe is 32, > 30");
        assertThat(newest.done()).extracting(Firing.Outcome::action).containsExactly("raise the major alarm hot");
        Alarm alarm = bed.alarms.get(HOT_ALARM);
        assertThat(alarm.device()).isEqualTo(PROBE);
        assertThat(alarm.text()).isEqualTo("Too hot (temperature of room/probe is 32, > 30)");
        assertThat(alarm.times()).isEqualTo(2);
    }

    @Test
    void every_report_sets_it_off_when_told_so() {
        bed.create("hot", hot(",\"every\":true"));
        for (int i = 31; i < 34; i++) {
            bed.reports(PROBE, "temperature", i);
        }
        bed.settled(PROBE).fired("hot", 3);
        assertThat(bed.progress("hot").newest()).hasSize(3);
    }

    @Test
    void old_values_that_were_kept_back_set_nothing_off() {
        bed.create("hot", hot(""));
        bed.reports(PROBE, "temperature", new Value.Whole(50), false);
        bed.settled(PROBE).fired("hot", 0);
    }

    @Test
    void a_value_must_have_held_for_as_long_as_told() {
        bed.create("hot", hot(",\"for\":\"5m\""));
        bed.reports(PROBE, "temperature", 31);
        bed.settled(PROBE);
        bed.passes(Duration.ofMinutes(4));
        bed.reports(PROBE, "temperature", 32);
        bed.settled(PROBE).fired("hot", 0);
        bed.passes(Duration.ofMinutes(1));
        bed.awaitFired("hot", 1);
        bed.passes(Duration.ofMinutes(9));
        bed.reports(PROBE, "temperature", 33);
        bed.settled(PROBE).fired("hot", 1);

        bed.reports(PROBE, "temperature", 20);
        bed.reports(PROBE, "temperature", 33);
        bed.settled(PROBE);
        bed.passes(Duration.ofMinutes(4));
        bed.reports(PROBE, "temperature", 20);
        bed.settled(PROBE);
        bed.passes(Duration.ofMinutes(4));
        bed.settled(PROBE).fired("hot", 1);
    }

    @Test
    void a_hold_survives_a_restart() {
        bed.create("hot", hot(",\"for\":\"5m\""));
        bed.reports(PROBE, "temperature", 31);
        bed.settled(PROBE);
        bed.crash();
        bed.passes(Duration.ofMinutes(5));
        bed.awaitFired("hot", 1);
    }

    @Test
    void what_it_fired_for_before_a_restart_does_not_set_it_off_again() {
        bed.create("hot", hot(""));
        bed.reports(PROBE, "temperature", 31);
        bed.settled(PROBE).fired("hot", 1);
        bed.crash();
        bed.reports(PROBE, "temperature", 32);
        bed.settled(PROBE).fired("hot", 0);
        assertThat(bed.alarms.get(HOT_ALARM).times()).isEqualTo(1);
    }

    @Test
    void what_a_crash_interrupts_happens_again() {
        bed.create("hot", hot(""));
        bed.store.refuse(true);
        bed.reports(PROBE, "temperature", 31);
        bed.awaitAlarm(HOT_ALARM, Alarm::isActive);
        bed.crash();
        bed.store.refuse(false);
        await("a firing after the crash").until(() -> bed.progress("hot").fired() > 0);
        assertThat(bed.alarms.get(HOT_ALARM).times()).isGreaterThan(1);
    }

    @Test
    void it_rests_after_it_fired_for_each_device_by_itself() {
        bed.create("hot", hot(",\"every\":true").replace("}]}", "}],\"coolDown\":\"10m\"}"));
        bed.reports(PROBE, "temperature", 31);
        bed.reports(PROBE, "temperature", 32);
        bed.reports(OTHER, "temperature", 31);
        bed.settled(PROBE).settled(OTHER).fired("hot", 2);
        assertThat(bed.progress("hot").suppressed()).isEqualTo(1);
        bed.passes(Duration.ofMinutes(10));
        bed.reports(PROBE, "temperature", 33);
        bed.settled(PROBE).fired("hot", 3);
    }

    @Test
    void a_loop_is_held_back_and_told_of() {
        bed.create("hot", hot(",\"every\":true"));
        for (int i = 0; i < SceneBed.PER_MINUTE + 5; i++) {
            bed.reports(PROBE, "temperature", 31);
        }
        bed.settled(PROBE).fired("hot", SceneBed.PER_MINUTE);
        assertThat(bed.progress("hot").suppressed()).isEqualTo(5);
        String loop = "scene-loop:hot:room:probe";
        assertThat(bed.alarms.get(loop).text()).contains("fired 20 times within a minute");
        bed.passes(Duration.ofMinutes(1));
        bed.reports(PROBE, "temperature", 31);
        bed.settled(PROBE).fired("hot", SceneBed.PER_MINUTE + 1);
        assertThat(bed.alarms.get(loop).isActive()).isFalse();
    }

    @Test
    void texts_choices_flags_and_members_of_structures_are_compared() {
        bed.create("text", alarm("\"property\":\"label\",\"is\":\"=\",\"value\":\"red\""));
        bed.create("choice", alarm("\"property\":\"mode\",\"is\":\"!=\",\"value\":0"));
        bed.create("flag", alarm("\"property\":\"fan\",\"is\":\"=\",\"value\":true"));
        bed.create("member", alarm("\"property\":\"place.floor\",\"is\":\">=\",\"value\":2"));
        bed.reports(PROBE, "label", "\"red\"");
        bed.reports(PROBE, "mode", 7);
        bed.reports(PROBE, "fan", new Value.Flag(true), true);
        bed.reports(PROBE, "place", "{\"floor\":2.0}");
        bed.settled(PROBE);
        for (String scene : new String[] {"text", "choice", "flag", "member"}) {
            bed.fired(scene, 1);
        }
    }

    @Test
    void a_change_is_another_value_than_before() {
        bed.create("changed", alarm("\"property\":\"mode\",\"is\":\"changes\""));
        bed.reports(PROBE, "mode", 0);
        bed.reports(PROBE, "mode", 0);
        bed.settled(PROBE).fired("changed", 0);
        bed.reports(PROBE, "mode", 7);
        bed.settled(PROBE).fired("changed", 1);
    }

    @Test
    void an_event_with_the_wanted_output_sets_it_off() {
        bed.create("broken", alarm("\"event\":\"broken\",\"output\":\"code\",\"is\":\">\",\"value\":3"));
        bed.happens(PROBE, "broken", "{\"code\":3}");
        bed.settled(PROBE).fired("broken", 0);
        bed.happens(PROBE, "broken", "{\"code\":4}");
        bed.happens(PROBE, "broken", "{\"code\":4}");
        bed.settled(PROBE).fired("broken", 2);
    }

    @Test
    void a_device_that_stays_away_sets_it_off_and_one_that_comes_back_does_not() {
        bed.create("away", alarm("\"status\":\"offline\",\"for\":\"10m\""));
        bed.becomes(PROBE, false);
        bed.becomes(OTHER, false);
        bed.becomes(OTHER, true);
        bed.settled(PROBE).settled(OTHER);
        bed.passes(Duration.ofMinutes(10));
        bed.awaitFired("away", 1);
        assertThat(bed.progress("away").newest().getFirst().device()).isEqualTo(PROBE);
    }

    @Test
    void a_time_sets_it_off_and_what_was_missed_is_not_made_up() {
        bed.create("morning", """
                {"triggers":[{"cron":"0 9 * * *","zone":"UTC"}],
                 "actions":[{"raise":"morning","severity":"minor"}]}""");
        bed.itIs("2026-11-21T08:59:59Z");
        bed.fired("morning", 0);
        bed.itIs("2026-11-21T09:00:00Z");
        bed.awaitFired("morning", 1);
        bed.itIs("2026-11-21T09:00:01Z");
        assertThat(bed.alarms.get("scene:morning").text()).isEqualTo("it is 0 9 * * * in UTC");

        bed.clock.advance(Duration.ofDays(3));
        bed.crash();
        bed.itIs("2026-11-24T09:30:00Z");
        bed.fired("morning", 0);
        bed.itIs("2026-11-25T09:00:00Z");
        bed.awaitFired("morning", 1);
    }

    @Test
    void a_time_that_repeats_sets_it_off_so_often() {
        bed.create("thrice", """
                {"triggers":[{"at":"2026-11-21T09:00:00Z","repeat":"90s","times":3}],
                 "actions":[{"raise":"thrice","severity":"minor"}]}""");
        bed.itIs("2026-11-21T08:59:59Z");
        bed.fired("thrice", 0);
        bed.itIs("2026-11-21T09:00:00Z");
        bed.awaitFired("thrice", 1);
        bed.itIs("2026-11-21T09:01:29Z");
        bed.fired("thrice", 1);
        bed.itIs("2026-11-21T09:01:30Z");
        bed.awaitFired("thrice", 2);
        bed.itIs("2026-11-21T09:03:00Z");
        bed.awaitFired("thrice", 3);
        bed.itIs("2026-11-21T10:00:00Z");
        bed.fired("thrice", 3);
    }

    @Test
    void all_conditions_must_hold_too() {
        bed.create("hot", hot("").replace("\"actions\"", """
                        "conditions":[
                          {"property":"mode","product":"room","device":"fan","is":"=","value":7},
                          {"property":"temperature","is":"<","value":90},
                          {"between":"22:00-06:00","zone":"UTC","days":["sat"]}],
                        "actions\""""));
        bed.itIs("2026-11-21T22:00:00Z");
        bed.reports(PROBE, "temperature", 31);
        bed.settled(PROBE).fired("hot", 0);
        bed.reports(FAN, "mode", 7);
        bed.reports(PROBE, "temperature", 95);
        bed.settled(PROBE).fired("hot", 0);
        bed.itIs("2026-11-22T05:59:00Z"); // the night that began on Saturday
        bed.reports(PROBE, "temperature", 31);
        bed.settled(PROBE).fired("hot", 1);
        bed.reports(PROBE, "temperature", 20);
        bed.itIs("2026-11-22T22:30:00Z");
        bed.reports(PROBE, "temperature", 31);
        bed.settled(PROBE).fired("hot", 1);
    }

    @Test
    void an_action_that_fails_does_not_keep_the_others() {
        bed.create("hot", """
                {"triggers":[{"property":"temperature","product":"room","is":">","value":30}],
                 "actions":[
                   {"set":{"fan":1},"product":"room","device":"fan"},
                   {"call":"blink","input":{"times":2},"keepFor":"1h"},
                   {"notify":"https://hooks.example/closed?key=secret","text":"hot"},
                   {"raise":"hot","severity":"critical"}]}""");
        bed.reports(PROBE, "temperature", 31);
        bed.settled(PROBE).fired("hot", 1);

        assertThat(bed.progress("hot").failed()).isEqualTo(1);
        Firing firing = bed.progress("hot").newest().getFirst();
        assertThat(firing.done()).extracting(Firing.Outcome::succeeded).containsExactly(false, true, false, true);
        assertThat(firing.done().getFirst().detail()).isEqualTo("room/fan is not online");
        assertThat(firing.done().get(2))
                .isEqualTo(new Firing.Outcome("notify hooks.example", false, "it answered 500"));
        assertThat(bed.calls.queued(PROBE, 10)).hasSize(1);
        assertThat(bed.notified.getFirst())
                .contains("\"scene\":\"hot\"", "\"text\":\"hot\"", "\"product\":\"room\"", "\"device\":\"probe\"");
        assertThat(bed.alarms.get(HOT_ALARM).severity()).isEqualTo(Alarm.Severity.CRITICAL);
    }

    @Test
    void another_scene_ends_the_alarm() {
        bed.create("hot", hot(""));
        bed.create("cool", """
                {"triggers":[{"property":"temperature","product":"room","is":"<=","value":30}],
                 "actions":[{"clear":"hot"}]}""");
        bed.reports(PROBE, "temperature", 31);
        bed.settled(PROBE);
        assertThat(bed.alarms.get(HOT_ALARM).isActive()).isTrue();
        bed.reports(PROBE, "temperature", 30);
        bed.settled(PROBE);
        assertThat(bed.alarms.get(HOT_ALARM).isActive()).isFalse();
    }

    @Test
    void a_scene_that_rests_does_nothing_and_begins_anew() {
        bed.create("hot", hot(""));
        bed.reports(PROBE, "temperature", 31);
        bed.settled(PROBE).fired("hot", 1);
        bed.scenes.enable("hot", false);
        bed.reports(PROBE, "temperature", 20);
        bed.reports(PROBE, "temperature", 31);
        bed.settled(PROBE).fired("hot", 1);
        bed.clock.advance(Duration.ofSeconds(1));
        bed.scenes.enable("hot", true);
        bed.reports(PROBE, "temperature", 31);
        bed.settled(PROBE).fired("hot", 2);
        assertThat(bed.scenes.get("hot").changed()).isEqualTo(Instant.parse("2026-11-21T08:00:01Z"));
        bed.scenes.delete("hot");
        assertThat(bed.store.standings()).isEmpty();
    }

    private static String hot(String more) {
        return """
                {"triggers":[{"property":"temperature","product":"room","is":">","value":30%s}],
                 "actions":[{"raise":"hot","severity":"major","text":"Too hot"}]}""".formatted(more);
    }

    private static String alarm(String trigger) {
        return """
                {"triggers":[{"product":"room",%s}],"actions":[{"raise":"it","severity":"minor"}]}""".formatted(trigger);
    }
}
