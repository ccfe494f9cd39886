package io.berth.dialect.aliyun.device;

import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.message.Uplink;
import io.berth.core.state.Facts;
import io.berth.core.thing.ThingModel;
import io.berth.dialect.Reading;
import io.berth.dialect.Route;
import io.berth.dialect.TopicTable.Match;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a device tells of itself and of devices behind it in one message (spec aliyun-device 5.3). Each part
/// follows the model of its own product. A part that cannot be taken refuses the whole, so that the gateway may
/// send it again.
final class AliyunPacks {
    /// Devices behind the gateway in one pack.
    private static final int MAX_CHILDREN = 20;

    /// Devices in one history.
    private static final int MAX_HISTORIES = 200;

    private AliyunPacks() {}

    static Route pack(AliyunWire wire, String topic, Match<AliyunUplinks.Row> match) {
        return AlinkRequest.route(AlinkTopic.of(wire, topic), AlinkEnvelope.Params.OBJECT, request -> {
            Value.Fields own = (Value.Fields) request.params();
            Value children = own.get("subDevices");
            List<Part> parts = new ArrayList<>();
            parts.add(new Part(wire.id(), own));
            boolean sound = children == Value.Nothing.NOTHING || addParts(children, MAX_CHILDREN, parts);
            return sound ? later(request, parts, true) : request.refused(AlinkCode.PARAMETER_ERROR);
        });
    }

    /// Values that were kept back: they enter the history only.
    static Route history(AliyunWire wire, String topic, Match<AliyunUplinks.Row> match) {
        return AlinkRequest.route(AlinkTopic.of(wire, topic), AlinkEnvelope.Params.LIST, request -> {
            List<Part> parts = new ArrayList<>();
            return addParts(request.params(), MAX_HISTORIES, parts)
                    ? later(request, parts, false)
                    : request.refused(AlinkCode.PARAMETER_ERROR);
        });
    }

    /// @param content an object with `properties` and `events`
    private record Part(DeviceId device, Value.Fields content) {}

    /// Adds a list of objects that each say whose they are; false when it is none.
    private static boolean addParts(Value given, int max, List<Part> parts) {
        if (!(given instanceof Value.Items(List<Value> items)) || items.size() > max) {
            return false;
        }
        for (Value item : items) {
            Optional<DeviceId> device =
                    item instanceof Value.Fields part ? AlinkIdentity.read(part.get("identity")) : Optional.empty();
            if (device.isEmpty()) {
                return false;
            }
            parts.add(new Part(device.get(), (Value.Fields) item));
        }
        return true;
    }

    private static Reading later(AlinkRequest request, List<Part> parts, boolean current) {
        return request.later(() -> {
            Models models = Models.of(parts, request.wire());
            return models.code() == AlinkCode.SUCCESS
                    ? admit(request, parts, models.byDevice(), current)
                    : request.refused(models.code());
        });
    }

    private static Reading admit(
            AlinkRequest request, List<Part> parts, Map<DeviceId, ThingModel> models, boolean current) {
        List<Facts> facts = new ArrayList<>(parts.size());
        List<String> leftOut = List.of();
        for (Part part : parts) {
            ThingModel model = models.getOrDefault(part.device(), ThingModel.EMPTY);
            AlinkReport report = new AlinkReport(model, request.wire().services());
            ReportForms.part(part.content(), report);
            AlinkReport.Admitted admitted = report.admit();
            if (admitted.code() != AlinkCode.SUCCESS) {
                return request.refused(admitted.code());
            }
            facts.add(admitted.facts(part.device(), request.envelope().id(), current));
            leftOut = leftOut.isEmpty() ? admitted.leftOut() : leftOut;
        }
        AlinkTopic topic = request.topic();
        return new Reading.Accepted(
                new Uplink.Pack(topic.name(), request.qos(), request.payload(), facts),
                topic.answer(request.envelope(), AlinkCode.SUCCESS),
                leftOut);
    }

    /// The thing models of the devices named.
    ///
    /// @param code SUCCESS, or why one of them may not be spoken for
    private record Models(AlinkCode code, Map<DeviceId, ThingModel> byDevice) {
        static Models of(List<Part> parts, AliyunWire wire) {
            List<DeviceId> children = parts.stream()
                    .map(Part::device)
                    .filter(device -> !device.equals(wire.id()))
                    .distinct()
                    .toList();
            Map<DeviceId, ThingModel> models = new HashMap<>();
            models.put(wire.id(), wire.product().model());
            Map<DeviceId, DeviceId> gateways =
                    children.isEmpty() ? Map.of() : wire.services().topology().gatewaysOf(children);
            for (DeviceId child : children) {
                DeviceSnapshot snapshot = wire.id().equals(gateways.get(child)) ? find(child, wire) : null;
                if (snapshot == null) {
                    return new Models(AlinkCode.NOT_BEHIND, Map.of());
                }
                if (!snapshot.device().enabled()) {
                    return new Models(AlinkCode.DEVICE_DISABLED, Map.of());
                }
                models.put(child, snapshot.product().model());
            }
            return new Models(AlinkCode.SUCCESS, models);
        }

        private static @Nullable DeviceSnapshot find(DeviceId device, AliyunWire wire) {
            return wire.services()
                    .directory()
                    .find(new DeviceRef.ById(device))
                    .toCompletableFuture()
                    .join()
                    .orElse(null);
        }
    }
}
