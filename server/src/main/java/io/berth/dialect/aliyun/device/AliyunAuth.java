package io.berth.dialect.aliyun.device;

import io.berth.core.Value;
import io.berth.core.credential.Hmac;
import io.berth.core.device.DeviceId;
import io.berth.core.login.LoginFault;
import io.berth.dialect.LoginFailure;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The body of a login on a request-and-answer wire (spec aliyun-device 2.2, 3.1): members, all but a few of them
/// signed.
///
/// @param members as texts, in the order they came; what is neither text nor number is not among them
/// @param isPlain whether nothing was left out of them
record AliyunAuth(Map<String, String> members, boolean isPlain) {
    /// What is not signed.
    private static final Set<String> BESIDE = Set.of("version", "sign", "signmethod", "resources");

    private static final int MAX_LENGTH = 1024;
    private static final int MAX_SHOWN = 128;

    static AliyunAuth of(Value.Fields body) {
        Map<String, String> members = new LinkedHashMap<>();
        boolean plain = true;
        for (var member : body.fields().entrySet()) {
            switch (member.getValue()) {
                case Value.Text(String text) -> members.put(member.getKey(), text);
                case Value.Whole(long number) -> members.put(member.getKey(), Long.toString(number));
                default -> plain &= BESIDE.contains(member.getKey());
            }
        }
        return new AliyunAuth(members, plain);
    }

    /// Empty when it is missing.
    String member(String name) {
        return members.getOrDefault(name, "");
    }

    /// The device it names; null when it names none.
    @Nullable
    DeviceId device() {
        String product = member("productKey");
        String name = member("deviceName");
        return DeviceId.isValid(product, name) ? new DeviceId(product, name) : null;
    }

    Hmac method() {
        return AliyunSign.method(members.get("signmethod")).orElse(Hmac.MD5);
    }

    /// As the signer of a CONNECT with these members would see it.
    AliyunSign sign() {
        return new AliyunSign(
                method(), member("clientId"), member("deviceName"), member("productKey"), members.get("timestamp"));
    }

    /// Names and values of what is signed, sorted by name, nothing between them.
    String content() {
        return content(AliyunAuth::isSigned);
    }

    static boolean isSigned(String name) {
        return !BESIDE.contains(name);
    }

    /// The same of other members, as a device may have signed by mistake.
    String content(Predicate<String> signed) {
        StringBuilder content = new StringBuilder();
        new TreeMap<>(members).forEach((name, value) -> {
            if (signed.test(name)) {
                content.append(name).append(value);
            }
        });
        return content.toString();
    }

    /// The first thing wrong, null when the login can be verified.
    @Nullable
    LoginFailure fault() {
        for (String name : new String[] {"productKey", "deviceName", "clientId", "sign"}) {
            if (member(name).isEmpty()) {
                return LoginFailure.malformed(
                        LoginFault.MISSING_PARAMETER, "member " + name + " is missing", "send " + name + " as text");
            }
        }
        if (device() == null) {
            return LoginFailure.malformed(
                    LoginFault.MALFORMED_USER_NAME,
                    "no device can have this name",
                    "a device name has up to 64 of A-Z a-z 0-9 - _ @ . :");
        }
        if (!isPlain || members.values().stream().anyMatch(value -> value.length() > MAX_LENGTH)) {
            return LoginFailure.malformed(
                    LoginFault.UNSUPPORTED_PARAMETER,
                    "a member is neither text nor number, or longer than " + MAX_LENGTH + " characters",
                    "send only what the vendor's manual names");
        }
        if (AliyunSign.method(members.get("signmethod")).isEmpty()) {
            return LoginFailure.malformed(
                    LoginFault.UNSUPPORTED_PARAMETER,
                    "signmethod=" + member("signmethod") + " means nothing here",
                    "use hmacmd5, hmacsha1 or hmacsha256");
        }
        return null;
    }

    /// @param id what [#device] found
    AliyunProof proof(DeviceId id, @Nullable Duration skew) {
        return new AliyunProof(id, method(), content(), member("sign"), skew);
    }

    /// Who it says it is, as far as that can be shown, whether or not a device can be called so.
    String claimed() {
        return shown(member("productKey") + "/" + member("deviceName"));
    }

    /// What was read, in reading order, as far as it can be shown: no signature.
    Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>(members);
        fields.remove("sign");
        fields.replaceAll((_, value) -> shown(value));
        return fields;
    }

    private static String shown(String text) {
        return text.substring(0, Math.min(MAX_SHOWN, text.length()));
    }
}
