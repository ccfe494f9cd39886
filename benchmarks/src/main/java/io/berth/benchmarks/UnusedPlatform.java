package io.berth.benchmarks;

import io.berth.core.device.DeviceDirectory;
import io.berth.core.device.DeviceLogStore;
import io.berth.core.device.DeviceStore;
import io.berth.core.device.Devices;
import io.berth.core.device.TagStore;
import io.berth.core.device.Tags;
import io.berth.core.device.TopologyStore;
import io.berth.core.message.EventLog;
import io.berth.core.product.ProductStore;
import io.berth.core.product.Products;
import io.berth.core.product.RemoteConfigStore;
import io.berth.core.product.Scripts;
import io.berth.core.session.Downlinks;
import io.berth.core.session.Requests;
import io.berth.core.session.SessionStore;
import io.berth.core.session.Sessions;
import io.berth.core.session.Topology;
import io.berth.core.state.ShadowStore;
import io.berth.core.state.ThingStore;
import io.berth.core.state.Things;
import io.berth.dialect.DeviceServices;
import java.lang.reflect.Proxy;
import java.time.InstantSource;

/// A platform for dialects that never ask it: every store says so when it is asked after all.
final class UnusedPlatform {
    private UnusedPlatform() {}

    static DeviceServices services(InstantSource clock) {
        EventLog log = unused(EventLog.class);
        DeviceDirectory directory = unused(DeviceDirectory.class);
        Sessions sessions = new Sessions(log, _ -> {}, clock);
        Downlinks downlinks = new Downlinks(sessions, unused(SessionStore.class));
        Requests requests = new Requests(downlinks, sessions, 1, 0);
        Products products = new Products(unused(ProductStore.class), clock, _ -> {});
        return new DeviceServices(
                new Things(unused(ThingStore.class), clock),
                unused(ShadowStore.class),
                new Tags(unused(TagStore.class)),
                new Topology(unused(TopologyStore.class), directory, sessions, requests, downlinks, log, 1, clock),
                new Devices(unused(DeviceStore.class), products, clock, (_, _) -> {}),
                products,
                directory,
                unused(RemoteConfigStore.class),
                unused(DeviceLogStore.class),
                unused(Scripts.class),
                DeviceServices.Rules.DEFAULT,
                () -> "",
                clock);
    }

    private static <T> T unused(Class<T> store) {
        return store.cast(Proxy.newProxyInstance(store.getClassLoader(), new Class<?>[] {store}, (_, method, _) -> {
            throw new UnsupportedOperationException(method.toString());
        }));
    }
}
