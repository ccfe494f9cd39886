package io.berth.dialect.aliyun.device;

import io.berth.core.Page;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.session.Topology.By;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A gateway changes and asks who stands behind it (spec aliyun-device 5.7). All of a list or none.
final class AliyunTopology {
    static final int MAX_LIST = 30;

    private AliyunTopology() {}

    /// The signature of each device says that it wants to stand there.
    static AlinkAnswer add(AliyunGateway gateway, Value params) {
        Optional<List<AliyunItem>> items = AliyunItem.list(params, MAX_LIST);
        if (items.isEmpty()) {
            return AlinkAnswer.of(AlinkCode.PARAMETER_ERROR);
        }
        if (!gateway.pace().admits(items.get().size())) {
            return AlinkAnswer.of(AlinkCode.TOO_MANY_REQUESTS);
        }
        for (AliyunItem item : items.get()) {
            AlinkCode verdict = verdict(gateway, item);
            if (verdict != AlinkCode.SUCCESS) {
                return AlinkAnswer.of(verdict);
            }
        }
        List<DeviceId> devices = devices(items.get());
        gateway.services().topology().link(gateway.id(), devices, By.GATEWAY);
        return AlinkAnswer.of(AliyunItem.json(devices));
    }

    private static AlinkCode verdict(AliyunGateway gateway, AliyunItem item) {
        if (!item.namesADevice() || !item.isSigned()) {
            return AlinkCode.PARAMETER_ERROR;
        }
        if (item.device().equals(gateway.id())) {
            return AlinkCode.BEHIND_ITSELF;
        }
        Optional<DeviceSnapshot> device = gateway.find(item.device());
        if (device.isEmpty()) {
            return AlinkCode.DEVICE_NOT_FOUND;
        }
        if (!item.isLoginBy(device.get().device().secret())) {
            return AlinkCode.AUTH_ERROR;
        }
        return !gateway.services().rules().movesChildren() && gateway.isHeldElsewhere(item.device())
                ? AlinkCode.OTHER_GATEWAY
                : AlinkCode.SUCCESS;
    }

    /// A device that does not stand there need not be removed: it is left out of the answer.
    static AlinkAnswer delete(AliyunGateway gateway, Value params) {
        Optional<List<AliyunItem>> items = AliyunItem.list(params, MAX_LIST);
        if (items.isEmpty() || !items.get().stream().allMatch(AliyunItem::namesADevice)) {
            return AlinkAnswer.of(AlinkCode.PARAMETER_ERROR);
        }
        List<DeviceId> devices = devices(items.get());
        if (!devices.stream().allMatch(device -> gateway.find(device).isPresent())) {
            return AlinkAnswer.of(AlinkCode.DEVICE_NOT_FOUND);
        }
        return AlinkAnswer.of(AliyunItem.json(gateway.services()
                .topology()
                .unlink(gateway.id(), devices, By.GATEWAY)
                .changed()));
    }

    /// The vendor has no pages here: all of them.
    static AlinkAnswer list(AliyunGateway gateway, Value params) {
        List<DeviceId> all = new ArrayList<>();
        String after = null;
        do {
            Page<DeviceId> page = gateway.services()
                    .topology()
                    .children(gateway.id(), new Page.Request(after, Page.Request.MAX_LIMIT));
            all.addAll(page.items());
            after = page.next();
        } while (after != null);
        return AlinkAnswer.of(AliyunItem.json(all));
    }

    static List<DeviceId> devices(List<AliyunItem> items) {
        return items.stream().map(AliyunItem::device).distinct().toList();
    }
}
