package io.berth.dialect.huawei.device;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.session.CloseCause;
import io.berth.core.session.Topology;
import io.berth.dialect.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/// What a gateway asks about the devices behind it (spec huawei-iotda 4.1): each device succeeds or fails for
/// itself. Blocks.
record HuaweiSubDevices(HuaweiGateway gateway) {
    /// How many devices one request may name; the others fail.
    static final int MAX_DEVICES = 100;

    /// The answers to one request, none when it is not one.
    List<HuaweiEvent> answers(Value.Fields event) {
        String id = HuaweiJson.word(event, "event_id");
        Value.Fields paras = HuaweiJson.object(event, "paras");
        return switch (HuaweiJson.text(event, "event_type")) {
            case "add_sub_device_request" -> List.of(add(id, paras));
            case "delete_sub_device_request" -> List.of(delete(id, paras));
            case "sub_device_update_status" -> List.of(updateStatus(id, paras));
            case "sub_device_sync_request" -> new HuaweiSync(gateway).since(paras.get("version"));
            default -> List.of();
        };
    }

    private HuaweiEvent add(String id, Value.Fields paras) {
        HuaweiEnrolment enrolment = new HuaweiEnrolment(gateway);
        return each(
                new Request("add_sub_device_response", id, HuaweiJson.items(paras, "devices")),
                wanted -> enrolment.enrol(fields(wanted)).json(),
                (failed, wanted) -> failed.text("node_id", HuaweiJson.text(fields(wanted), "node_id"))
                        .text("product_id", HuaweiJson.text(fields(wanted), "product_id")));
    }

    /// The device goes with all that is known of it, as with this vendor; it can be added again.
    private HuaweiEvent delete(String id, Value.Fields paras) {
        return each(
                new Request("delete_sub_device_response", id, HuaweiJson.items(paras, "devices")),
                named -> {
                    DeviceId child = child(text(named)).id();
                    gateway.services().topology().unlink(gateway.own().id(), List.of(child), Topology.By.GATEWAY);
                    gateway.services().devices().delete(child);
                    return HuaweiValues.write(named);
                },
                (failed, named) -> failed.text("device_id", text(named)));
    }

    private HuaweiEvent updateStatus(String id, Value.Fields paras) {
        return each(
                new Request("sub_device_update_status_response", id, HuaweiJson.items(paras, "device_statuses")),
                wanted -> {
                    String device = HuaweiJson.text(fields(wanted), "device_id");
                    String status = HuaweiJson.text(fields(wanted), "status");
                    setStatus(child(device), status);
                    return JsonText.object()
                            .text("device_id", device)
                            .text("status", status)
                            .end();
                },
                (failed, wanted) -> failed.text("device_id", HuaweiJson.text(fields(wanted), "device_id")));
    }

    private void setStatus(DeviceSnapshot child, String status) {
        switch (status) {
            case "ONLINE" -> {
                if (!child.device().enabled()) {
                    throw new ProblemException(Problem.DEVICE_DISABLED, "the device is frozen");
                }
                if (!gateway.branches().isAttached(child.id()) && !gateway.attach(child)) {
                    throw new ProblemException(Problem.DEVICE_OFFLINE, "the gateway is not online any more");
                }
            }
            case "OFFLINE" -> gateway.branches().detach(child.id(), CloseCause.DISCONNECTED);
            default -> throw new ProblemException(Problem.INVALID_ARGUMENT, "a status is ONLINE or OFFLINE");
        }
    }

    /// A device of another gateway is told apart from none at all by nobody.
    private DeviceSnapshot child(String deviceId) {
        return gateway.child(deviceId)
                .orElseThrow(() -> new ProblemException(Problem.DEVICE_NOT_FOUND, "no device " + deviceId));
    }

    private record Request(String answerType, String id, List<Value> items) {}

    @FunctionalInterface
    private interface Work {
        /// What the answer says of an item that succeeded.
        String of(Value item);
    }

    private static HuaweiEvent each(Request request, Work work, BiFunction<JsonText, Value, JsonText> named) {
        List<String> successful = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        for (Value item : request.items()) {
            try {
                ProblemException.require(
                        successful.size() + failed.size() < MAX_DEVICES,
                        "a request names at most " + MAX_DEVICES + " devices");
                successful.add(work.of(item));
            } catch (ProblemException e) {
                failed.add(named.apply(JsonText.object(), item)
                        .text("error_code", HuaweiProblems.code(e.problem()))
                        .text("error_msg", e.detail())
                        .end());
            }
        }
        UnaryOperator<String> list = items -> "[" + items + "]";
        String paras = JsonText.object()
                .json("successful_devices", list.apply(String.join(",", successful)))
                .json("failed_devices", list.apply(String.join(",", failed)))
                .end();
        return new HuaweiEvent(HuaweiChild.SERVICE, request.answerType(), request.id(), paras);
    }

    private static Value.Fields fields(Value item) {
        return item instanceof Value.Fields fields ? fields : Value.Fields.NONE;
    }

    private static String text(Value item) {
        return item instanceof Value.Text(String text) ? text : "";
    }
}
