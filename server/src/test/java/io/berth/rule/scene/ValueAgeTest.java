package io.berth.rule.scene;

import static io.berth.rule.scene.SceneBed.PROBE;

import io.berth.core.Value;
import io.berth.core.thing.Sample;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// How old a value may be and still count.
final class ValueAgeTest {
    private final SceneBed bed = new SceneBed();

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void a_value_that_is_too_old_when_it_arrives_counts_for_nothing() {
        bed.create("hot", """
                {"triggers":[{"property":"temperature","product":"room","is":">","value":30,"within":"60s","every":true}],
                 "actions":[{"raise":"hot","severity":"major"}]}""");
        Value hot = new Value.Whole(50);
        bed.reports(PROBE, new Sample("temperature", hot, bed.clock.instant().minusSeconds(61)), true);
        bed.settled(PROBE).fired("hot", 0);
        bed.reports(PROBE, new Sample("temperature", hot, bed.clock.instant().minusSeconds(60)), true);
        bed.settled(PROBE).fired("hot", 1);
    }

    @Test
    void a_condition_may_ask_for_a_young_value() {
        bed.create("broken", """
                {"triggers":[{"event":"broken","product":"room"}],
                 "conditions":[{"property":"temperature","is":">","value":30,"within":"60s"}],
                 "actions":[{"raise":"broken","severity":"major"}]}""");
        bed.reports(PROBE, "temperature", 31);
        bed.passes(Duration.ofSeconds(61));
        bed.happens(PROBE, "broken", "{}");
        bed.settled(PROBE).fired("broken", 0);

        bed.reports(PROBE, "temperature", 31); // the same again, and so younger
        bed.passes(Duration.ofSeconds(60));
        bed.happens(PROBE, "broken", "{}");
        bed.settled(PROBE).fired("broken", 1);
    }
}
