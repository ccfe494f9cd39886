package io.berth.dialect.aliyun.openapi;

import static io.berth.core.ProblemException.require;

import io.berth.core.Slice;
import io.berth.core.Value;
import io.berth.core.caller.Area;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceCondition;
import io.berth.core.device.Devices;
import io.berth.core.device.Groups;
import io.berth.core.device.Tags;
import io.berth.dialect.search.DeviceSearch;
import io.berth.json.Members;
import java.util.ArrayList;
import java.util.List;

/// Devices found by a statement (spec aliyun-openapi 3.2).
final class DeviceSqlActions implements Action.Group {
    /// How far a statement reaches, whatever it leaves out.
    private static final int MAX_END = 10_000;

    private final Devices devices;
    private final Groups groups;
    private final Tags tags;
    private final DeviceWords words;

    DeviceSqlActions(Devices devices, Groups groups, Tags tags, DeviceWords words) {
        this.devices = devices;
        this.groups = groups;
        this.tags = tags;
        this.words = words;
    }

    @Override
    public List<Action<?>> actions() {
        Action.About about = new Action.About(Area.DEVICES, Family.DEVICES);
        return List.of(
                about.reads("QueryDeviceBySQL", Statement.class, this::find).withBareLists());
    }

    /// @param sQL the parameter's name is `SQL`
    record Statement(String sQL) {}

    private Value.Fields find(Call<Statement> call) {
        DeviceSearch search = DeviceSearch.parse(call.input().sQL(), new DeviceSqlWords(words.times()));
        Slice slice = search.slice();
        require(slice.offset() + slice.limit() <= MAX_END, "a search reaches at most " + MAX_END + " devices");
        DeviceCondition where = new DeviceCondition.All(List.of(call.devicesOf(null), search.where()));
        Members answer = new Members();
        if (!search.counts()) {
            answer.with(
                    "Data",
                    list(
                            "SimpleDeviceSearchInfo",
                            found(search, where).stream()
                                    .map(device -> shown(device, search.fields()))
                                    .toList()));
        }
        return answer.with("TotalCount", devices.count(where)).end();
    }

    private List<Device> found(DeviceSearch search, DeviceCondition where) {
        return switch (search.order()) {
            case AGE -> devices.find(where, search.slice()).items();
            case ACTIVATION -> devices.byActivation(where, search.slice());
        };
    }

    /// @param fields empty for all
    private Value shown(Device device, List<String> fields) {
        Members shown = new Members().with("IotId", device.alias());
        for (Field field : Field.values()) {
            if (fields.isEmpty() || fields.stream().anyMatch(field::isPartOf)) {
                tell(field, device, shown);
            }
        }
        return shown.end();
    }

    /// What an answer says, by how a statement begins to ask for it.
    private enum Field {
        PRODUCT_KEY,
        NAME,
        ACTIVE_TIME,
        NICKNAME,
        GMT_CREATE,
        STATUS,
        GROUP,
        TAG,
        OTA_MODULE;

        /// `tag` is what both `tag.tag_name` and `tag.tag_value` are told by.
        boolean isPartOf(String asked) {
            int dot = asked.indexOf('.');
            return name().equalsIgnoreCase(dot < 0 ? asked : asked.substring(0, dot));
        }
    }

    private void tell(Field field, Device device, Members shown) {
        switch (field) {
            case PRODUCT_KEY -> shown.with("ProductKey", device.id().product());
            case NAME -> shown.with("DeviceName", device.id().name());
            case ACTIVE_TIME -> {
                if (device.activated() != null) {
                    shown.with("ActiveTime", words.times().exact(device.activated()));
                }
            }
            case NICKNAME -> shown.withUnlessEmpty("Nickname", device.profile().nickname());
            case GMT_CREATE -> shown.with("GmtCreate", words.times().exact(device.created()));
            case STATUS -> shown.with("Status", words.status(device).name());
            case GROUP -> shown.with("Groups", list("SimpleDeviceGroupInfo", groupIds(device)));
            case TAG -> shown.with("Tags", list("TagInfo", tags(device)));
            case OTA_MODULE -> shown.with("OTAModules", list("OTAModuleInfo", modules(device)));
        }
    }

    private static Value list(String item, List<Value> items) {
        return Value.Fields.of(item, new Value.Items(items));
    }

    private List<Value> groupIds(Device device) {
        return groups.of(device.id()).stream()
                .<Value>map(group -> Value.Fields.of("GroupId", new Value.Text(group.id())))
                .toList();
    }

    private List<Value> tags(Device device) {
        List<Value> shown = new ArrayList<>();
        tags.find(device.id()).forEach((key, value) -> {
            if (!key.equals(DeviceTagActions.HIDDEN)) {
                shown.add(new Members()
                        .with("TagName", key)
                        .with("TagValue", value)
                        .end());
            }
        });
        return shown;
    }

    private static List<Value> modules(Device device) {
        String firmware = device.versions().firmware();
        return firmware.isEmpty()
                ? List.of()
                : List.of(new Members()
                        .with("ModuleName", DeviceSqlWords.MODULE)
                        .with("FirmwareVersion", firmware)
                        .end());
    }
}
