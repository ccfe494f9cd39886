package io.berth.testing;

import io.berth.core.message.Qos;
import io.berth.core.session.Traffic;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Remembers why things were dropped, and nothing else.
public final class FakeTraffic implements Traffic {
    public final List<String> dropped = new CopyOnWriteArrayList<>();

    @Override
    public void connectionOpened(String listener) {}

    @Override
    public void connectionClosed(String listener) {}

    @Override
    public void login(String dialect, String result, long nanos) {}

    @Override
    public void uplink(String dialect, String kind, long nanos) {}

    @Override
    public void downlink(String dialect, Qos qos) {}

    @Override
    public void dropped(String cause) {
        dropped.add(cause);
    }
}
