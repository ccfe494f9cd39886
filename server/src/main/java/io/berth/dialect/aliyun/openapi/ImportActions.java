package io.berth.dialect.aliyun.openapi;

import io.berth.core.Value;
import io.berth.core.batch.Batch;
import io.berth.core.batch.Batch.Kind;
import io.berth.core.batch.Batch.Policy;
import io.berth.core.batch.Batches;
import io.berth.core.batch.Target;
import io.berth.core.caller.Area;
import io.berth.core.credential.Secret;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceProfile;
import io.berth.core.device.Devices;
import io.berth.core.product.Product;
import io.berth.json.Members;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Devices that come with the secrets they have (spec aliyun-openapi 3.2): a fleet moves in without a new
/// firmware. A serial number is kept as the node id.
final class ImportActions implements Action.Group {
    private static final int MAX_PAGE = 50;

    private final Devices devices;
    private final Batches batches;

    ImportActions(Devices devices, Batches batches) {
        this.devices = devices;
        this.batches = batches;
    }

    @Override
    public List<Action<?>> actions() {
        Action.About about = new Action.About(Area.DEVICES, Family.DEVICES);
        return List.of(
                about.changes("ImportDevice", OneDevice.class, this::take),
                about.reads("BatchCheckImportDevice", ManyDevices.class, this::check),
                about.changes("BatchImportDevice", ManyDevices.class, this::takeAll),
                about.reads("QueryImportedDeviceByApplyId", Taken.class, this::taken));
    }

    record OneDevice(
            String productKey,
            String deviceName,
            String deviceSecret,
            @Nullable String nickname,
            @Nullable String sn) {}

    record ManyDevices(String productKey, List<Newcomer> deviceList) {}

    record Taken(long applyId, int pageNo, int pageSize) {}

    private Value.Fields take(Call<OneDevice> call) {
        OneDevice wanted = call.input();
        Product product = call.product(wanted.productKey());
        Newcomer newcomer = new Newcomer(wanted.deviceName(), wanted.deviceSecret(), wanted.sn());
        newcomer.demandValid(product);
        DeviceProfile profile = DeviceProfile.EMPTY.withNickname(DeviceActions.nickname(wanted.nickname()));
        Device device = devices.create(new Devices.Draft(
                newcomer.id(product), new Secret(newcomer.deviceSecret()), null, newcomer.sn(), profile));
        return Value.Fields.of(
                "Data",
                DeviceWords.identity(device, call)
                        .withUnlessEmpty("Sn", Newcomer.serial(device))
                        .end());
    }

    private Value.Fields check(Call<ManyDevices> call) {
        Newcomers sorted = sorted(call);
        return Value.Fields.of(
                "Data",
                new Members()
                        .with("InvalidDeviceNameList", sorted.badNames())
                        .with("InvalidDeviceSecretList", sorted.badSecrets())
                        .with("InvalidSnList", sorted.badSerials())
                        .with("RepeatedDeviceNameList", sorted.repeated())
                        .end());
    }

    /// Those that can be taken are; the others are told. Each list has its own spelling here.
    private Value.Fields takeAll(Call<ManyDevices> call) {
        Newcomers sorted = sorted(call);
        Members data = new Members();
        if (!sorted.valid().isEmpty()) {
            Product product = call.product(call.input().productKey());
            List<Target> targets = new ArrayList<>();
            sorted.valid().forEach(each -> targets.add(each.target(targets.size() + 1L, product)));
            Batch batch = batches.create(new Batches.Draft(
                    Kind.REGISTER,
                    "",
                    batches.of(call.rights()).scope(product),
                    Value.Fields.NONE,
                    Policy.AT_ONCE,
                    targets));
            data.with("ApplyId", batch.id().number());
        }
        return Value.Fields.of(
                "Data",
                data.with("InvalidDeviceNameList", list("invalidDeviceName", sorted.badNames()))
                        .with("InvalidDeviceSecretList", list("invalidDeviceSecret", sorted.badSecrets()))
                        .with("InvalidSnList", list("invalidSn", sorted.badSerials()))
                        .with("RepeatedDeviceNameList", list("repeatedDeviceName", sorted.repeated()))
                        .end());
    }

    private Newcomers sorted(Call<ManyDevices> call) {
        Product product = call.product(call.input().productKey());
        return Newcomers.sort(product, call.input().deviceList(), devices);
    }

    private Value.Fields taken(Call<Taken> call) {
        Batch batch = ApplyIds.find(batches, call, null, call.input().applyId());
        Paging paging = Paging.of(call.input().pageNo(), call.input().pageSize(), MAX_PAGE);
        long offset = (long) (paging.current() - 1) * paging.size();
        List<Value> taken = batches.registered(batch.id(), offset, paging.size()).stream()
                .<Value>map(device -> new Members()
                        .with("DeviceName", device.id().name())
                        .with("DeviceSecret", call.secret(device))
                        .with("ProductKey", device.id().product())
                        .withUnlessEmpty("Sn", Newcomer.serial(device))
                        .end())
                .toList();
        return new Members()
                .with("DeviceList", Value.Fields.of("device", new Value.Items(taken)))
                .with("PageNo", paging.current())
                .with("PageSize", paging.size())
                .with(
                        "ProductKey",
                        batch.scope().product() == null ? "" : batch.scope().product())
                .with("TotalPage", (batch.progress().done() + paging.size() - 1) / paging.size())
                .end();
    }

    private static Value.Fields list(String item, List<Value> names) {
        return Value.Fields.of(item, new Value.Items(names));
    }
}
