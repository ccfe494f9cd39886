package io.berth;

import io.berth.core.scene.Scenes;
import io.berth.ops.Metrics;
import io.berth.rule.OutboundGate;
import io.berth.rule.http.HttpNotifier;
import io.berth.rule.scene.SceneBook;
import io.berth.rule.scene.SceneSite;

/// Scenes at work, and how they reach the outside.
final class Linkage implements AutoCloseable {
    final SceneBook scenes;
    private final HttpNotifier notifier;

    Linkage(Platform platform, Config config) {
        this.notifier = new HttpNotifier(new OutboundGate(config.rule().allow()), config.rule());
        SceneSite site = new SceneSite(
                platform.products,
                platform.storage.directory(),
                platform.sessions,
                platform.things,
                platform.calls,
                platform.alarms,
                notifier,
                config.scenes(),
                platform.clock);
        this.scenes = new SceneBook(platform.storage.scenes(), site, platform.streams.groups, platform.streams.groups);
    }

    /// Lets the stored scenes work.
    Linkage start() {
        scenes.start();
        return this;
    }

    void register(Metrics metrics) {
        metrics.count("berth.scenes.fired", "Times scenes fired", () -> scenes.total(Scenes.Progress::fired));
        metrics.count("berth.scenes.failed", "Firings with a failure", () -> scenes.total(Scenes.Progress::failed));
        metrics.count(
                "berth.scenes.suppressed",
                "Times scenes were held back",
                () -> scenes.total(Scenes.Progress::suppressed));
    }

    @Override
    public void close() {
        scenes.close();
        notifier.close();
    }
}
