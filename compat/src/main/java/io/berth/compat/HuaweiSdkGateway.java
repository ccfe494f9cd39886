package io.berth.compat;

import com.huaweicloud.sdk.iot.device.client.requests.Command;
import com.huaweicloud.sdk.iot.device.client.requests.CommandRsp;
import com.huaweicloud.sdk.iot.device.client.requests.DeviceEvent;
import com.huaweicloud.sdk.iot.device.client.requests.DeviceMessage;
import com.huaweicloud.sdk.iot.device.client.requests.PropsGet;
import com.huaweicloud.sdk.iot.device.client.requests.PropsSet;
import com.huaweicloud.sdk.iot.device.client.requests.ServiceProperty;
import com.huaweicloud.sdk.iot.device.gateway.AbstractGateway;
import com.huaweicloud.sdk.iot.device.gateway.GtwOperateSubDeviceListener;
import com.huaweicloud.sdk.iot.device.gateway.SubDevicesPersistence;
import com.huaweicloud.sdk.iot.device.gateway.requests.AddedSubDeviceInfo;
import com.huaweicloud.sdk.iot.device.gateway.requests.DeviceInfo;
import com.huaweicloud.sdk.iot.device.gateway.requests.GtwAddSubDeviceRsp;
import com.huaweicloud.sdk.iot.device.gateway.requests.GtwDelSubDeviceRsp;
import com.huaweicloud.sdk.iot.device.gateway.requests.SubDevicesInfo;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A gateway on Huawei's unmodified Java SDK. It answers commands for its children, and remembers who they are as the
/// platform tells it.
final class HuaweiSdkGateway extends AbstractGateway implements AutoCloseable {
    /// Something that came down for a child.
    record Downlink(String device, String what) {}

    private final Children children;
    private final Arrivals<Downlink> downlinks = new Arrivals<>();
    private final Arrivals<GtwAddSubDeviceRsp> added = new Arrivals<>();
    private final Arrivals<GtwDelSubDeviceRsp> deleted = new Arrivals<>();
    private final Arrivals<DeviceEvent> events = new Arrivals<>();

    private HuaweiSdkGateway(String serverUri, Identity identity, Children children) {
        super(children, serverUri, identity.huaweiId(), identity.secret(), null);
        this.children = children;
        setGtwOperateSubDeviceListener(new GtwOperateSubDeviceListener() {
            @Override
            public void onAddSubDeviceRsp(GtwAddSubDeviceRsp answer, String eventId) {
                added.add(answer);
            }

            @Override
            public void onDelSubDeviceRsp(GtwDelSubDeviceRsp answer, String eventId) {
                deleted.add(answer);
            }
        });
    }

    static HuaweiSdkGateway connect(BerthServer server, Identity identity) {
        HuaweiSdkGateway gateway =
                new HuaweiSdkGateway("tcp://127.0.0.1:" + server.port("mqtt"), identity, new Children());
        CompletableFuture<Integer> answer = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("huawei gateway").start(() -> answer.complete(gateway.init()));
        if (answer.orTimeout(Arrivals.PATIENCE.toSeconds(), TimeUnit.SECONDS).join() != 0) {
            throw new IllegalStateException("the gateway was refused");
        }
        return gateway;
    }

    /// Asks the platform to add a device and returns its answer.
    GtwAddSubDeviceRsp add(String productId, String nodeId) {
        AddedSubDeviceInfo device = new AddedSubDeviceInfo();
        device.setParentDeviceId(getDeviceId());
        device.setProductId(productId);
        device.setNodeId(nodeId);
        device.setName(nodeId);
        gtwAddSubDevice(List.of(device), "add-1", null);
        return added.take("the answer to the addition", _ -> true);
    }

    GtwDelSubDeviceRsp delete(String deviceId) {
        gtwDelSubDevice(List.of(deviceId), "delete-1", null);
        return deleted.take("the answer to the deletion", _ -> true);
    }

    /// Says that a child is online or not, and returns what the platform makes of it.
    Map<String, Object> status(String deviceId, String status) {
        reportSubDeviceStatus(deviceId, status, null);
        return events.take(
                        "the answer to the status",
                        event -> event.getEventType().equals("sub_device_update_status_response"))
                .getParas();
    }

    void report(String deviceId, String service, Map<String, Object> properties) {
        ServiceProperty report = new ServiceProperty();
        report.setServiceId(service);
        report.setProperties(properties);
        reportSubDeviceProperties(deviceId, List.of(report), null);
    }

    void say(String deviceId, String content) {
        DeviceMessage message = new DeviceMessage(content);
        message.setDeviceId(deviceId);
        reportSubDeviceMessage(message, null);
    }

    Arrivals<Downlink> downlinks() {
        return downlinks;
    }

    /// Notices of children that came and went, as the SDK's own store saw them.
    Arrivals<String> notices() {
        return children.notices;
    }

    @Override
    public void onSubdevCommand(String requestId, Command command) {
        downlinks.add(new Downlink(command.getDeviceId(), command.getCommandName()));
        getClient().respondCommand(requestId, new CommandRsp(0, command.getParas()));
    }

    @Override
    public void onSubdevPropertiesSet(String requestId, PropsSet set) {
        downlinks.add(new Downlink(set.getDeviceId(), "set"));
    }

    @Override
    public void onSubdevPropertiesGet(String requestId, PropsGet get) {
        downlinks.add(new Downlink(get.getDeviceId(), "get"));
    }

    @Override
    public void onSubdevMessage(DeviceMessage message) {
        downlinks.add(new Downlink(message.getDeviceId(), message.getContent()));
    }

    @Override
    public void onSubdevEvent(String deviceId, DeviceEvent event) {
        events.add(event);
    }

    @Override
    public void close() {
        getClient().close();
    }

    /// What an application of the SDK keeps in a file: it takes nothing that is not newer than what it has.
    private static final class Children implements SubDevicesPersistence {
        private final Map<String, DeviceInfo> byNode = new ConcurrentHashMap<>();
        private final Arrivals<String> notices = new Arrivals<>();
        private long version;

        @Override
        public @Nullable DeviceInfo getSubDevice(String nodeId) {
            return byNode.get(nodeId);
        }

        @Override
        public synchronized int addSubDevices(SubDevicesInfo info) {
            if (info.getVersion() <= version) {
                return -1;
            }
            version = info.getVersion();
            info.getDevices().forEach(device -> {
                byNode.put(device.getNodeId(), device);
                notices.add("added " + device.getDeviceId());
            });
            return 0;
        }

        @Override
        public synchronized int deleteSubDevices(SubDevicesInfo info) {
            if (info.getVersion() <= version) {
                return -1;
            }
            version = info.getVersion();
            info.getDevices().forEach(device -> {
                byNode.remove(device.getNodeId());
                notices.add("removed " + device.getDeviceId());
            });
            return 0;
        }

        @Override
        public synchronized long getVersion() {
            return version;
        }
    }
}
