package io.berth.stream.group;

import static io.berth.core.ProblemException.require;

import java.time.Duration;

/// The `consumer-groups.…` keys.
///
/// @param most how many groups there may be (spec aliyun-openapi 4.1)
/// @param consumers how many consumers a group may have (spec aliyun-openapi 4.1)
/// @param window how many events of a group may be unsettled before no more are handed out
/// @param saveEvery how often it is written down where groups stand: after a crash what was settled since is
/// told again
/// @param countEvery how often waiting events are counted and held against the bounds of age and number
public record GroupsConfig(
        int most, int consumers, int window, Redelivery redelivery, Duration saveEvery, Duration countEvery) {
    public static final GroupsConfig DEFAULT = new GroupsConfig(
            1_000,
            128,
            10_000,
            new Redelivery(Duration.ofSeconds(1), Duration.ofMinutes(1)),
            Duration.ofMillis(50),
            Duration.ofSeconds(1));

    public GroupsConfig {
        within("most", most, 100_000);
        within("consumers", consumers, 10_000);
        within("window", window, 1_000_000);
        require(saveEvery.toMillis() >= 1, "consumer-groups.save-every is 1 ms or more");
        require(countEvery.toMillis() >= 1, "consumer-groups.count-every is 1 ms or more");
    }

    private static void within(String key, int value, int most) {
        require(value >= 1 && value <= most, "consumer-groups." + key + " is 1 to " + most + ", not " + value);
    }
}
