package io.berth.dialect.aliyun.device;

import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.session.CloseCause;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Devices behind a gateway come and go over its connection (spec aliyun-device 5.7). All of a list or none. What
/// they ask for with `cleanSession` makes no difference: messages to them are QoS 0, so nothing is kept.
final class AliyunSubSessions {
    private static final int MAX_LOGINS = 50;

    private AliyunSubSessions() {}

    static AlinkAnswer login(AliyunGateway gateway, Value params) {
        Optional<AliyunItem> item = AliyunItem.of(params);
        return item.isEmpty()
                ? AlinkAnswer.of(AlinkCode.PARAMETER_ERROR)
                : single(item.get(), login(gateway, List.of(item.get())));
    }

    /// The method of signing stands beside the list, in each item, or in both.
    static AlinkAnswer batchLogin(AliyunGateway gateway, Value params) {
        if (!(params instanceof Value.Fields fields)) {
            return AlinkAnswer.of(AlinkCode.PARAMETER_ERROR);
        }
        Optional<String> method = fields.fields().entrySet().stream()
                .filter(member -> member.getKey().equalsIgnoreCase("signMethod"))
                .flatMap(member -> member.getValue() instanceof Value.Text(String text)
                        ? Optional.of(text).stream()
                        : Optional.<String>empty().stream())
                .findFirst();
        Optional<List<AliyunItem>> items = AliyunItem.list(fields.get("deviceList"), MAX_LOGINS);
        if (items.isEmpty()) {
            return AlinkAnswer.of(AlinkCode.PARAMETER_ERROR);
        }
        List<AliyunItem> signed =
                items.get().stream().map(item -> item.signedBy(method)).toList();
        return several(signed, login(gateway, signed));
    }

    static AlinkAnswer logout(AliyunGateway gateway, Value params) {
        Optional<AliyunItem> item = AliyunItem.of(params);
        return item.isEmpty()
                ? AlinkAnswer.of(AlinkCode.PARAMETER_ERROR)
                : single(item.get(), logout(gateway, List.of(item.get())));
    }

    static AlinkAnswer batchLogout(AliyunGateway gateway, Value params) {
        Optional<List<AliyunItem>> items = AliyunItem.list(params, MAX_LOGINS);
        return items.isEmpty()
                ? AlinkAnswer.of(AlinkCode.PARAMETER_ERROR)
                : several(items.get(), logout(gateway, items.get()));
    }

    private static AlinkAnswer single(AliyunItem item, AlinkCode code) {
        return code == AlinkCode.SUCCESS
                ? AlinkAnswer.of(AliyunItem.json(item.device()).end())
                : AlinkAnswer.of(code);
    }

    private static AlinkAnswer several(List<AliyunItem> items, AlinkCode code) {
        return code == AlinkCode.SUCCESS
                ? AlinkAnswer.of(AliyunItem.json(AliyunTopology.devices(items)))
                : AlinkAnswer.of(code);
    }

    private static AlinkCode login(AliyunGateway gateway, List<AliyunItem> items) {
        if (!items.stream().allMatch(item -> item.namesADevice() && item.isSigned())) {
            return AlinkCode.PARAMETER_ERROR;
        }
        if (!gateway.pace().admits(items.size())) {
            return AlinkCode.TOO_MANY_REQUESTS;
        }
        if (gateway.wouldExceed(AliyunTopology.devices(items))) {
            return AlinkCode.TOO_MANY_CHILDREN;
        }
        List<DeviceSnapshot> devices = new ArrayList<>(items.size());
        for (AliyunItem item : items) {
            AlinkCode verdict = standing(gateway, item.device());
            if (verdict != AlinkCode.SUCCESS) {
                return verdict;
            }
            Optional<DeviceSnapshot> device = gateway.find(item.device())
                    .filter(found -> item.isLoginBy(found.device().secret()));
            if (device.isEmpty()) {
                return AlinkCode.INVALID_SIGN;
            }
            devices.add(device.get());
        }
        return attach(gateway, items, devices);
    }

    /// Whether the device may speak through this gateway, whatever it signs.
    private static AlinkCode standing(AliyunGateway gateway, DeviceId id) {
        Optional<DeviceSnapshot> device = gateway.find(id);
        boolean isBehind = gateway.hasBehind(id);
        if (device.isEmpty()) {
            return isBehind ? AlinkCode.DEVICE_DELETED : AlinkCode.DEVICE_NOT_FOUND;
        }
        if (!isBehind) {
            return AlinkCode.NOT_BEHIND;
        }
        return device.get().device().enabled() ? AlinkCode.SUCCESS : AlinkCode.DEVICE_FORBIDDEN;
    }

    private static AlinkCode attach(AliyunGateway gateway, List<AliyunItem> items, List<DeviceSnapshot> devices) {
        for (int i = 0; i < devices.size(); i++) {
            DeviceSnapshot device = devices.get(i);
            AlinkCode verdict = gateway.attach(device, items.get(i).clientId())
                    // who lost the right meanwhile was not yet found by whoever ends sessions
                    ? standing(gateway, device.id())
                    : AlinkCode.NO_SESSION;
            if (verdict != AlinkCode.SUCCESS) {
                devices.subList(0, i + 1).forEach(one -> gateway.branches().detach(one.id(), CloseCause.UNLINKED));
                return verdict;
            }
        }
        return AlinkCode.SUCCESS;
    }

    private static AlinkCode logout(AliyunGateway gateway, List<AliyunItem> items) {
        if (!items.stream().allMatch(AliyunItem::namesADevice)) {
            return AlinkCode.PARAMETER_ERROR;
        }
        List<DeviceId> devices = AliyunTopology.devices(items);
        if (!devices.stream().allMatch(gateway.branches()::isAttached)) {
            return AlinkCode.NO_SESSION;
        }
        devices.forEach(device -> gateway.branches().detach(device, CloseCause.DISCONNECTED));
        return AlinkCode.SUCCESS;
    }
}
