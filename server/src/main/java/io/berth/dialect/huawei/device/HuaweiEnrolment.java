package io.berth.dialect.huawei.device;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.device.Devices;
import io.berth.core.product.Product;
import io.berth.core.session.Topology;
import java.util.List;
import java.util.Optional;

/// A gateway registers devices behind itself (spec huawei-iotda 4.1). It may make new ones and ask again for
/// its own, never take what exists elsewhere. Blocks.
record HuaweiEnrolment(HuaweiGateway gateway) {
    /// Puts one device behind the gateway; what a ProblemException says is for the gateway.
    HuaweiChild enrol(Value.Fields wanted) {
        String productId = HuaweiJson.text(wanted, "product_id");
        String nodeId = HuaweiJson.text(wanted, "node_id");
        String named = HuaweiJson.text(wanted, "device_id");
        String deviceId = named.isEmpty() ? productId + "_" + nodeId : named;
        String parent = parent(HuaweiJson.text(wanted, "parent_device_id"));
        Product product = gateway.services().products().getByAlias(productId);
        DeviceId id = new DeviceId(product.key(), nodeId);
        Optional<DeviceSnapshot> known = gateway.registered(deviceId);
        if (known.isPresent() && !isFree(known.get(), id)) {
            throw new ProblemException(Problem.DEVICE_EXISTS, "there is a device " + deviceId + " already");
        }
        if (known.isEmpty()) {
            gateway.services().devices().create(new Devices.Draft(id, null, deviceId, nodeId));
        }
        link(id, known.isEmpty());
        String name = HuaweiJson.text(wanted, "name");
        return new HuaweiChild(
                parent,
                nodeId,
                deviceId,
                productId,
                name.isEmpty() ? nodeId : name,
                HuaweiJson.text(wanted, "description"),
                wanted.get("extension_info"));
    }

    /// The gateway itself, or a child of its own. Children of children stand behind the gateway all the same:
    /// it is the one that speaks for them.
    private String parent(String deviceId) {
        String own = gateway.own().device().alias();
        if (deviceId.isEmpty() || deviceId.equals(own)) {
            return own;
        }
        if (gateway.child(deviceId).isEmpty()) {
            throw new ProblemException(Problem.DEVICE_NOT_FOUND, "no parent device " + deviceId);
        }
        return deviceId;
    }

    /// Behind this gateway already, or made for a gateway and never seen: then nothing is taken from anyone.
    private boolean isFree(DeviceSnapshot known, DeviceId id) {
        if (!known.id().equals(id)) {
            return false;
        }
        Optional<DeviceId> holder = gateway.services().topology().gatewayOf(id);
        return holder.isPresent()
                ? holder.get().equals(gateway.own().id())
                : known.product().nodeType() == Product.NodeType.SUB
                        && known.device().activated() == null;
    }

    /// A device that was made for this and finds no place goes again.
    private void link(DeviceId id, boolean isNew) {
        try {
            gateway.services().topology().link(gateway.own().id(), List.of(id), Topology.By.GATEWAY);
        } catch (ProblemException e) {
            if (isNew) {
                gateway.services().devices().delete(id);
            }
            throw e;
        }
    }
}
