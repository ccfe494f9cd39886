package io.berth.core.line;

import io.berth.core.Page;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.alarm.Alarms;
import io.berth.core.credential.Secret;
import io.berth.core.device.Devices;

/// The units as operators see them. Blocking; any thread.
public final class LineUnits {
    private final LineUnitStore store;
    private final Devices devices;
    private final LineWatch watch;

    public LineUnits(LineUnitStore store, Devices devices, Alarms alarms) {
        this.store = store;
        this.devices = devices;
        this.watch = new LineWatch(alarms);
    }

    /// NOT_FOUND.
    public LineUnit get(HardwareId id) {
        return store.find(id).orElseThrow(() -> notFound(id));
    }

    /// By id.
    public Page<LineUnit> list(String batch, Page.Request page) {
        return store.list(batch, page);
    }

    /// Stops a unit before anybody gets its secret, or lets it go on; its device stays as it is. NOT_FOUND.
    public LineUnit block(HardwareId id, boolean blocked) {
        store.block(id, blocked);
        return get(id);
    }

    /// Opens the unit again: its device counts as never seen, and its secret may be asked for as at first. With
    /// `rotate` the secret is another one, so whoever has the old one is out. NOT_FOUND.
    public LineUnit reissue(HardwareId id, boolean rotate) {
        LineUnit unit = get(id);
        boolean gone = false;
        try {
            devices.reset(unit.device(), rotate ? Secret.random() : null);
        } catch (ProblemException e) {
            if (e.problem() != Problem.DEVICE_NOT_FOUND) {
                throw e;
            }
            gone = true;
        }
        store.reopen(id, gone);
        watch.settled(id);
        return get(id);
    }

    public static ProblemException notFound(HardwareId id) {
        return new ProblemException(Problem.NOT_FOUND, "\"" + id + "\" is in no batch");
    }
}
