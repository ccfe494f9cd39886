package io.berth.dialect.aliyun.openapi;

import io.berth.core.Value;
import io.berth.core.device.Device;
import io.berth.core.product.Product;
import io.berth.core.session.Session;
import io.berth.core.session.Sessions;
import io.berth.dialect.aliyun.app.AliyunTimes;
import io.berth.json.Members;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What answers say of a device.
///
/// @param region every device's
record DeviceWords(Sessions sessions, Times times, String region) {
    /// Who it is, by the names that all answers share.
    static Members name(Device device) {
        return new Members()
                .with("DeviceName", device.id().name())
                .with("IotId", device.alias())
                .with("ProductKey", device.id().product());
    }

    /// The same with its secret, which the vendor shows as well: to callers that may see it.
    static Members identity(Device device, Call<?> call) {
        return name(device)
                .with("DeviceSecret", call.secret(device))
                .withUnlessEmpty("Nickname", device.profile().nickname());
    }

    /// As lists show devices of many products.
    static Value simple(Device device, Call<?> call) {
        return name(device)
                .with("ProductName", call.product(device.id().product()).name())
                .end();
    }

    /// As a dynamic group shows its members.
    Members member(Device device, Product product) {
        Members member = name(device)
                .withUnlessEmpty("Nickname", device.profile().nickname())
                .with("NodeType", product.nodeType() == Product.NodeType.GATEWAY ? 1 : 0)
                .with("ProductName", product.name())
                .withUnlessEmpty("CategoryKey", product.profile().category())
                .with("Status", status(device).name());
        tell(member, "ActiveTime", device.activated());
        return tell(member, "LastOnlineTime", online(device));
    }

    private Members tell(Members members, String what, @Nullable Instant time) {
        return time == null ? members : members.with(what, times.local(time)).with("Utc" + what, AliyunTimes.utc(time));
    }

    DeviceStatus status(Device device) {
        return DeviceStatus.of(device, sessions);
    }

    Members created(Members members, Device device) {
        return times.tell(members, "Create", device.created());
    }

    /// Empty while it never was.
    String lastOnline(Device device) {
        Instant online = online(device);
        return online == null ? "" : times.local(online);
    }

    /// When its status became what it is.
    Instant since(Device device) {
        Instant online = online(device);
        return online != null ? online : device.created();
    }

    Members detail(Device device, Product product, Call<?> call) {
        return tell(identity(device, call).with("Region", region), device, product);
    }

    /// All but the names that one answer spells otherwise.
    Members tell(Members members, Device device, Product product) {
        Session session = sessions.find(device.id());
        members.with("NodeType", product.nodeType() == Product.NodeType.GATEWAY ? 1 : 0)
                .with("ProductName", product.name())
                .withUnlessEmpty("FirmwareVersion", device.versions().firmware())
                .with("Status", status(device).name())
                .withUnlessEmpty("IpAddress", host(session != null ? session.address() : device.address()));
        times.tell(members, "Create", device.created());
        times.tell(members, "Active", device.activated());
        return times.tell(members, "Online", online(device));
    }

    /// When it last came.
    private @Nullable Instant online(Device device) {
        Session session = sessions.find(device.id());
        return session != null ? session.since() : device.lastSeen();
    }

    /// The address without its port.
    private static String host(@Nullable String address) {
        int colon = address == null ? -1 : address.lastIndexOf(':');
        return address == null ? "" : address.substring(0, colon < 0 ? address.length() : colon);
    }
}
