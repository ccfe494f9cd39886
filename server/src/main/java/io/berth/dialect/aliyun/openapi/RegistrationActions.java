package io.berth.dialect.aliyun.openapi;

import io.berth.core.Page;
import io.berth.core.Problem;
import io.berth.core.Value;
import io.berth.core.batch.Batch;
import io.berth.core.batch.Batch.Kind;
import io.berth.core.batch.Batch.Policy;
import io.berth.core.batch.Batch.Scope;
import io.berth.core.batch.BatchStore.TargetFilter;
import io.berth.core.batch.Batches;
import io.berth.core.batch.Target;
import io.berth.core.caller.Area;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceStore;
import io.berth.core.product.Product;
import io.berth.json.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Registrations of many devices, which an `ApplyId` names (spec aliyun-openapi 3.2).
final class RegistrationActions implements Action.Group {
    private static final int MAX_NAMES = 1_000;
    private static final int MAX_COUNT = 10_000;
    private static final int MAX_PAGE = 50;

    private final Batches batches;

    RegistrationActions(Batches batches) {
        this.batches = batches;
    }

    @Override
    public List<Action<?>> actions() {
        Action.About about = new Action.About(Area.DEVICES, Family.DEVICES);
        return List.of(
                about.changes("BatchCheckDeviceNames", Names.class, this::check),
                about.changes("BatchRegisterDeviceWithApplyId", OneBatch.class, this::registerNames),
                about.changes("BatchRegisterDevice", Count.class, this::registerMany),
                about.reads("QueryBatchRegisterDeviceStatus", OneBatch.class, this::status),
                about.reads("QueryPageByApplyId", WantedDevices.class, this::devices));
    }

    /// @param deviceName or, with nicknames, `deviceNameList`
    record Names(
            String productKey,
            @Nullable List<String> deviceName,
            @Nullable List<Name> deviceNameList) {}

    record Name(@Nullable String deviceName, @Nullable String deviceNickname) {}

    record Count(String productKey, int count) {}

    record OneBatch(String productKey, long applyId) {}

    record WantedDevices(
            long applyId,
            @Nullable Integer currentPage,
            @Nullable Integer pageSize) {}

    /// Names that cannot be registered are told; the others are kept until [#registerNames].
    private Value.Fields check(Call<Names> call) {
        Product product = call.product(call.input().productKey());
        List<Name> names = names(call.input());
        Refusal.require(!names.isEmpty(), "device.NoneDeviceNameElement", "no device is named");
        Refusal.require(names.size() <= MAX_NAMES, "device.TooManyDevices", "at most " + MAX_NAMES + " names");
        List<Value> badNames = new ArrayList<>();
        List<Value> badNicknames = new ArrayList<>();
        List<Target> targets = new ArrayList<>();
        for (Name name : names) {
            String wanted = Objects.requireNonNullElse(name.deviceName(), "");
            String nickname = Objects.requireNonNullElse(name.deviceNickname(), "");
            if (!DeviceActions.NAME.matcher(wanted).matches()) {
                badNames.add(new Value.Text(wanted));
            } else if (!nickname.isEmpty() && !NameRule.NICKNAME.holds(nickname)) {
                badNicknames.add(new Value.Text(nickname));
            } else {
                targets.add(target(targets.size() + 1L, product, wanted, nickname));
            }
        }
        Members data = new Members();
        if (!targets.isEmpty()) {
            Scope scope = batches.of(call.rights()).scope(product);
            Batch batch = batches.prepare(
                    new Batches.Draft(Kind.REGISTER, "", scope, Value.Fields.NONE, Policy.AT_ONCE, targets));
            demandRoom(batch, product);
            data.with("ApplyId", batch.id().number());
            failed(batch).map(Value.Text::new).forEach(badNames::add);
        }
        data.with("InvalidDeviceNameList", Value.Fields.of("InvalidDeviceName", new Value.Items(badNames)))
                .with(
                        "InvalidDeviceNicknameList",
                        Value.Fields.of("InvalidDeviceNickname", new Value.Items(badNicknames)));
        return Value.Fields.of("Data", data.end());
    }

    /// The vendor has no list for names there is no room for: the whole call is refused.
    private void demandRoom(Batch batch, Product product) {
        if (targets(batch).anyMatch(target -> target.outcome().problem() == Problem.LIMIT_REACHED)) {
            batches.delete(batch.id());
            throw DeviceStore.productFull(product.key());
        }
    }

    private Value.Fields registerNames(Call<OneBatch> call) {
        Batch batch = ApplyIds.find(
                batches, call, call.input().productKey(), call.input().applyId());
        if (batch.state() == Batch.State.RUNNING || batch.state() == Batch.State.WAITING) {
            throw Refusal.of(
                    Problem.VERSION_CONFLICT, "device.CreateDeviceTaskIsRunning", "the devices are being registered");
        }
        batches.start(batch.id());
        return applyId(batch);
    }

    private Value.Fields registerMany(Call<Count> call) {
        int count = call.input().count();
        Refusal.require(
                count >= 1 && count <= MAX_COUNT, "device.DeviceCountExceeded", "Count must be 1 to " + MAX_COUNT);
        Product product = call.product(call.input().productKey());
        return applyId(batches.generate("", batches.of(call.rights()).scope(product), count, null));
    }

    private Value.Fields status(Call<OneBatch> call) {
        Batch batch = ApplyIds.find(
                batches, call, call.input().productKey(), call.input().applyId());
        return Value.Fields.of(
                "Data",
                new Members()
                        .with("Status", status(batch.state()))
                        .with("ValidList", nameList(valid(batch)))
                        .with("InvalidList", nameList(failed(batch)))
                        .end());
    }

    private Value.Fields devices(Call<WantedDevices> call) {
        Batch batch = ApplyIds.find(batches, call, null, call.input().applyId());
        Paging paging = Paging.of(call.input().currentPage(), call.input().pageSize(), MAX_PAGE);
        long offset = (long) (paging.current() - 1) * paging.size();
        List<Value> devices = batches.registered(batch.id(), offset, paging.size()).stream()
                .map(device -> shown(device, call))
                .toList();
        Members answer =
                new Members().with("ApplyDeviceList", Value.Fields.of("ApplyDeviceInfo", new Value.Items(devices)));
        return paging.tell(answer, "Page", batch.progress().done()).end();
    }

    private static List<Name> names(Names wanted) {
        if (wanted.deviceNameList() != null) {
            return wanted.deviceNameList();
        }
        return Objects.requireNonNullElse(wanted.deviceName(), List.<String>of()).stream()
                .map(name -> new Name(name, null))
                .toList();
    }

    private static Target target(long place, Product product, String name, String nickname) {
        Value.Fields input =
                nickname.isEmpty() ? Value.Fields.NONE : Value.Fields.of("nickname", new Value.Text(nickname));
        return Target.waiting(place, product.key() + "/" + name, input);
    }

    /// The words of the seed; which there are beside them is not known (spec aliyun-openapi 3.2).
    private static String status(Batch.State state) {
        return switch (state) {
            case READING -> "CHECK";
            case PREPARED -> "CHECK_SUCCESS";
            case WAITING, RUNNING, STOPPING -> "CREATE";
            case DONE, PARTLY_DONE -> "CREATE_SUCCESS";
            case FAILED, STOPPED -> "CREATE_FAILED";
        };
    }

    private Stream<String> failed(Batch batch) {
        return targets(batch)
                .filter(target -> target.state() == Target.State.FAILED)
                .map(RegistrationActions::name);
    }

    private Stream<String> valid(Batch batch) {
        if (batch.kind() == Kind.REGISTER) {
            return targets(batch)
                    .filter(target -> target.state() != Target.State.FAILED)
                    .map(RegistrationActions::name);
        }
        return Stream.iterate(0, offset -> offset < MAX_COUNT, offset -> offset + MAX_NAMES)
                .flatMap(offset -> batches.registered(batch.id(), offset, MAX_NAMES).stream())
                .map(device -> device.id().name());
    }

    private Stream<Target> targets(Batch batch) {
        return batches.targets(batch.id(), TargetFilter.ALL, new Page.Request(null, MAX_NAMES)).items().stream();
    }

    private static String name(Target target) {
        return target.name().substring(target.name().indexOf('/') + 1);
    }

    private static Value nameList(Stream<String> names) {
        return Value.Fields.of(
                "Name", new Value.Items(names.<Value>map(Value.Text::new).toList()));
    }

    private static Value shown(Device device, Call<?> call) {
        return new Members()
                .with("DeviceId", device.alias())
                .with("DeviceName", device.id().name())
                .with("DeviceSecret", call.secret(device))
                .with("IotId", device.alias())
                .end();
    }

    private static Value.Fields applyId(Batch batch) {
        return Value.Fields.of(
                "Data", Value.Fields.of("ApplyId", new Value.Whole(batch.id().number())));
    }
}
