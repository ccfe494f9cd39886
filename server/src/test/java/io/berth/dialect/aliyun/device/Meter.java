package io.berth.dialect.aliyun.device;

import io.berth.core.thing.Bounds;
import io.berth.core.thing.DataType;
import io.berth.core.thing.DataType.Real.Precision;
import io.berth.core.thing.DataType.Text.Measure;
import io.berth.core.thing.EventType;
import io.berth.core.thing.Module;
import io.berth.core.thing.Parameter;
import io.berth.core.thing.Property;
import io.berth.core.thing.Service;
import io.berth.core.thing.ThingModel;
import java.math.BigDecimal;
import java.util.List;
import java.util.TreeMap;

/// The thing model of spec aliyun-device section 7, with a property of each other type and a module `lamp`.
final class Meter {
    static final ThingModel MODEL = new ThingModel(List.of(
            module(
                    Module.DEFAULT,
                    List.of(
                            settable("Temp", real(Precision.FLOAT, -40, 120)),
                            reported("Door", new DataType.Flag("closed", "open")),
                            settable(
                                    "Mode",
                                    new DataType.Choice(
                                            new TreeMap<>(java.util.Map.of(0, "auto", 1, "eco", 7, "boost")))),
                            reported("Net", new DataType.Struct(List.of(Parameter.of("ip", text(64))))),
                            reported("Hist", new DataType.ListOf(new DataType.Int(Bounds.NONE), 10)),
                            reported("Count", new DataType.Int(Bounds.of(0, 99))),
                            reported("Energy", real(Precision.DOUBLE, 0, 1_000_000)),
                            settable("Label", text(8)),
                            settable("Since", new DataType.Moment()),
                            new Property(Parameter.of("Secret", text(8)), false, true, false)),
                    List.of(new EventType(
                            "alarm",
                            "Alarm",
                            "",
                            EventType.Level.ALERT,
                            false,
                            List.of(Parameter.of("code", new DataType.Int(Bounds.of(0, 99)))))),
                    List.of(new Service(
                            "reboot",
                            "Reboot",
                            "",
                            Service.CallType.SYNC,
                            false,
                            List.of(Parameter.of("delay", new DataType.Int(Bounds.of(0, 600)))),
                            "",
                            List.of(Parameter.of("ok", new DataType.Flag("no", "yes")))))),
            module(
                    "lamp",
                    List.of(settable("Lum", new DataType.Int(Bounds.of(0, 100)))),
                    List.of(new EventType("burnt", "Burnt", "", EventType.Level.ERROR, false, List.of())),
                    List.of())));

    private Meter() {}

    private static Module module(String id, List<Property> properties, List<EventType> events, List<Service> services) {
        return new Module(id, id, "", "", Module.Presence.MANDATORY, properties, events, services);
    }

    private static Property reported(String identifier, DataType type) {
        return new Property(Parameter.of(identifier, type), true, false, true);
    }

    private static Property settable(String identifier, DataType type) {
        return new Property(Parameter.of(identifier, type), true, true, true);
    }

    private static DataType real(Precision precision, int min, int max) {
        return new DataType.Real(precision, new Bounds(BigDecimal.valueOf(min), BigDecimal.valueOf(max), null));
    }

    private static DataType text(int bytes) {
        return new DataType.Text(bytes, Measure.BYTES, List.of());
    }
}
