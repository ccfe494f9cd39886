package io.berth.rule.scene;

import static io.berth.core.ProblemException.require;

import java.time.Duration;

/// The `scenes.…` keys.
///
/// @param most how many scenes there may be
/// @param window how many events are worked on at once
/// @param maxAge events older than this, after an outage, set nothing off any more
/// @param perMinute how often one scene may fire for one device within a minute: more is a loop
/// @param firingsKept how many firings are shown of each scene
/// @param remembered how many devices are remembered: what holds there, when scenes fired for them last
public record SceneConfig(int most, int window, Duration maxAge, int perMinute, int firingsKept, int remembered) {
    public static final SceneConfig DEFAULT = new SceneConfig(1_000, 256, Duration.ofHours(1), 60, 20, 100_000);

    public SceneConfig {
        within("most", most, 100_000);
        within("window", window, 10_000);
        within("per-minute", perMinute, 100_000);
        within("firings-kept", firingsKept, 1_000);
        within("remembered", remembered, 10_000_000);
        require(maxAge.toSeconds() >= 1, "scenes.max-age is 1 s or more");
    }

    private static void within(String key, int value, int most) {
        require(value >= 1 && value <= most, "scenes." + key + " is 1 to " + most + ", not " + value);
    }
}
