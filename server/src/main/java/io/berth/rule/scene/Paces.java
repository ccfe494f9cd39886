package io.berth.rule.scene;

import io.berth.core.alarm.Alarm;
import io.berth.core.device.DeviceId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keeps scenes to their cool-down, and from setting themselves off without end. Any thread; of one device one
/// at a time.
final class Paces {
    private final SceneSite site;
    private final Remembered<Of, Pace> paces;

    Paces(SceneSite site) {
        this.site = site;
        this.paces = new Remembered<>(site.config().remembered());
    }

    /// @param device null for the clock
    private record Of(String scene, @Nullable DeviceId device) {
        String alarm() {
            return Performer.source(scene, device).replaceFirst("scene", "scene-loop");
        }
    }

    /// Whether the scene may fire for the device now.
    boolean allow(RunningScene scene, @Nullable DeviceId device, Instant now) {
        Of key = new Of(scene.name(), device);
        Optional<Pace> pace = paces.find(key);
        if (pace.filter(so -> so.runsAway(site.config().perMinute(), now)).isPresent()) {
            site.alarms().raise(key.alarm(), device, Alarm.Severity.MAJOR, runsAway(key));
            return false;
        }
        if (pace.filter(so -> so.rests(scene.plan().coolDown(), now)).isPresent()) {
            return false;
        }
        site.alarms().clear(key.alarm());
        return true;
    }

    void fired(RunningScene scene, @Nullable DeviceId device, Instant now) {
        Of key = new Of(scene.name(), device);
        paces.put(key, paces.find(key).map(pace -> pace.again(now)).orElseGet(() -> Pace.first(now)));
    }

    void forget(String scene) {
        paces.forget(key -> key.scene().equals(scene))
                .forEach(key -> site.alarms().clear(key.alarm()));
    }

    private String runsAway(Of key) {
        return "Scene \"" + key.scene() + "\" fired " + site.config().perMinute() + " times within a minute for "
                + Objects.toString(key.device(), "its clock")
                + " and is held back: it may set itself off, alone or by way of another scene."
                + " Give it a cool-down, or conditions that end the loop.";
    }
}
