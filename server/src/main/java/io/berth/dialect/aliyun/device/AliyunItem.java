package io.berth.dialect.aliyun.device;

import io.berth.core.Value;
import io.berth.core.credential.Hmac;
import io.berth.core.credential.Secret;
import io.berth.core.device.DeviceId;
import io.berth.dialect.JsonText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One device that a gateway names in a request, with what it gives as proof that it may.
///
/// @param members what is text, number or flag, by lower-case name because SDKs spell names in two ways (R13);
/// the values as they came, because they are signed
public record AliyunItem(Map<String, String> members) {
    /// Sorted by name. `cleanSession` was signed in 2019 only (spec aliyun-device 5.7).
    private static final List<String> LOGIN = List.of("clientId", "deviceName", "productKey", "timestamp");

    private static final List<String> LOGIN_OF_2019 =
            List.of("cleanSession", "clientId", "deviceName", "productKey", "timestamp");

    public AliyunItem {
        members = Map.copyOf(members);
    }

    /// The items of a list of one to `max`; empty when it is none, or one of them names no device.
    static Optional<List<AliyunItem>> list(Value value, int max) {
        if (!(value instanceof Value.Items(List<Value> items)) || items.isEmpty() || items.size() > max) {
            return Optional.empty();
        }
        List<AliyunItem> all = new ArrayList<>(items.size());
        for (Value item : items) {
            Optional<AliyunItem> one = of(item);
            if (one.isEmpty()) {
                return Optional.empty();
            }
            all.add(one.get());
        }
        return Optional.of(all);
    }

    public static Optional<AliyunItem> of(Value value) {
        if (!(value instanceof Value.Fields fields)) {
            return Optional.empty();
        }
        Map<String, String> members = new HashMap<>();
        fields.fields()
                .forEach((name, member) ->
                        text(member).ifPresent(text -> members.putIfAbsent(name.toLowerCase(Locale.ROOT), text)));
        AliyunItem item = new AliyunItem(members);
        return Optional.of(item)
                .filter(_ -> !item.productKey().isEmpty() && !item.deviceName().isEmpty());
    }

    private static Optional<String> text(Value value) {
        return switch (value) {
            case Value.Text(String text) -> Optional.of(text);
            case Value.Whole(long number) -> Optional.of(Long.toString(number));
            case Value.Flag(boolean on) -> Optional.of(Boolean.toString(on));
            case Value.Decimal _, Value.Moment _, Value.Items _, Value.Fields _, Value.Nothing _ -> Optional.empty();
        };
    }

    /// The same with a sign method where it names none itself.
    AliyunItem signedBy(Optional<String> method) {
        if (method.isEmpty() || members.containsKey("signmethod")) {
            return this;
        }
        Map<String, String> more = new HashMap<>(members);
        more.put("signmethod", method.get());
        return new AliyunItem(more);
    }

    String productKey() {
        return member("productKey");
    }

    String deviceName() {
        return member("deviceName");
    }

    public boolean namesADevice() {
        return DeviceId.isValid(productKey(), deviceName());
    }

    /// Of an item that [#namesADevice].
    public DeviceId device() {
        return new DeviceId(productKey(), deviceName());
    }

    /// What the device says of itself: `_ss=1`, `ext`.
    AliyunClientId clientId() {
        return AliyunClientId.parse(member("clientId"));
    }

    /// Whether there is a signature, by a method that exists.
    public boolean isSigned() {
        return members.containsKey("sign") && method().isPresent();
    }

    /// Whether the device, by its secret, lets the gateway speak for it.
    public boolean isLoginBy(Secret secret) {
        return matches(secret, LOGIN) || (members.containsKey("cleansession") && matches(secret, LOGIN_OF_2019));
    }

    /// Whether whoever knows the secret of the product wants the device registered. Of an item that
    /// [#namesADevice].
    boolean isRegistrationBy(Secret productSecret) {
        return registrationSign().filter(sign -> sign.isBy(productSecret)).isPresent();
    }

    /// Empty when something is missing that belongs to it. Of an item that [#namesADevice].
    Optional<RegistrationSign> registrationSign() {
        String random = member("random");
        return random.isEmpty() || random.chars().anyMatch(Character::isISOControl) || !isSigned()
                ? Optional.empty()
                : method().map(hmac -> new RegistrationSign(hmac, device(), random, member("sign")));
    }

    private boolean matches(Secret secret, List<String> names) {
        StringBuilder content = new StringBuilder(128);
        for (String name : names) {
            if (members.containsKey(name.toLowerCase(Locale.ROOT))) {
                content.append(name).append(member(name));
            }
        }
        return method().filter(hmac -> Hmac.matches(hmac.sign(secret, content.toString()), member("sign")))
                .isPresent();
    }

    private Optional<Hmac> method() {
        return AliyunSign.method(members.get("signmethod"));
    }

    private String member(String name) {
        return members.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    /// How the vendor names a device in answers.
    static JsonText json(DeviceId device) {
        return JsonText.object().text("productKey", device.product()).text("deviceName", device.name());
    }

    /// `[{"productKey":…,"deviceName":…},…]`
    static String json(Iterable<DeviceId> devices) {
        List<String> all = new ArrayList<>();
        devices.forEach(device -> all.add(json(device).end()));
        return "[" + String.join(",", all) + "]";
    }
}
