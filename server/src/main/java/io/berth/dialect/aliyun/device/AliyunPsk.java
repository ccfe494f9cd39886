package io.berth.dialect.aliyun.device;

import io.berth.core.credential.Hmac;
import io.berth.core.credential.Secret;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.login.LoginFault;
import io.berth.core.login.Refusal.SignatureCheck;
import io.berth.dialect.ConnectAnswer;
import io.berth.dialect.LoginFailure;
import io.berth.dialect.PskClaim;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The identity a device offers a pre-shared key for, and that key (spec aliyun-device 3.2): a digest of its
/// secret. The C SDK writes `devicename|method|product&name|timestamp`; the vendor's manual has no bar before
/// the timestamp, and signs other words. Each form is met with its own key.
final class AliyunPsk implements PskClaim {
    private static final Pattern OF_THE_SDK =
            Pattern.compile("devicename\\|([^|]*)\\|([^|&]*)&([^|]*)\\|([^|]*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern OF_THE_MANUAL =
            Pattern.compile("devicename\\|([^|]*)\\|([^|&]*)&([^|]*?)([0-9]{13})", Pattern.CASE_INSENSITIVE);
    private static final Secret NOBODYS = Secret.random();

    private final @Nullable DeviceId id;
    private final Hmac method;
    private final String content;
    private final Map<String, String> fields;

    private AliyunPsk(@Nullable DeviceId id, Hmac method, String content, Map<String, String> fields) {
        this.id = id;
        this.method = method;
        this.content = content;
        this.fields = fields;
    }

    static AliyunPsk read(String identity) {
        Matcher sdk = OF_THE_SDK.matcher(identity);
        if (sdk.matches()) {
            return of(sdk, "id" + sdk.group(2) + "&" + sdk.group(3) + "timestamp" + sdk.group(4));
        }
        Matcher manual = OF_THE_MANUAL.matcher(identity);
        if (manual.matches()) {
            return of(manual, manual.group(2) + "&" + manual.group(3) + manual.group(4));
        }
        return new AliyunPsk(null, Hmac.SHA256, identity, Map.of("identity", identity));
    }

    private static AliyunPsk of(Matcher identity, String content) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("signmethod", identity.group(1));
        fields.put("productKey", identity.group(2));
        fields.put("deviceName", identity.group(3));
        fields.put("timestamp", identity.group(4));
        Optional<Hmac> method = AliyunSign.method(identity.group(1));
        boolean isNamed = method.isPresent() && DeviceId.isValid(identity.group(2), identity.group(3));
        return new AliyunPsk(
                isNamed ? new DeviceId(identity.group(2), identity.group(3)) : null,
                method.orElse(Hmac.SHA256),
                content,
                fields);
    }

    @Override
    public @Nullable DeviceRef device() {
        return id == null ? null : new DeviceRef.ById(id);
    }

    @Override
    public Map<String, String> fields() {
        return fields;
    }

    @Override
    public Secret key(Optional<DeviceSnapshot> device) {
        Secret secret = device.map(found -> found.device().secret()).orElse(NOBODYS);
        byte[] digest = method.sign(secret.bytes(), content.getBytes(StandardCharsets.UTF_8));
        return new Secret(HexFormat.of().withUpperCase().formatHex(digest));
    }

    @Override
    public LoginFailure failure(Optional<DeviceSnapshot> device) {
        if (id == null) {
            return failure(
                    LoginFault.NOT_RECOGNISED,
                    "the identity of the pre-shared key is not of the form devicename|method|product&name|timestamp",
                    "build it as the vendor's manual says, with hmacmd5, hmacsha1 or hmacsha256",
                    null);
        }
        if (device.isEmpty()) {
            return failure(
                    LoginFault.UNKNOWN_DEVICE,
                    "there is no device \"" + id.name() + "\" in a product \"" + id.product() + "\"",
                    "create it, or check product key and device name burned into the device",
                    check("-"));
        }
        return failure(
                LoginFault.WRONG_SIGNATURE,
                "the handshake did not complete: the client has another key, or went away",
                "the key is the upper-case hexadecimal text of " + AliyunSign.name(method)
                        + " over the text below, keyed with the device's secret",
                check(key(device).reveal()));
    }

    /// The client's own digest never came: a handshake proves it without.
    private SignatureCheck check(String expected) {
        return new SignatureCheck(AliyunSign.name(method), content, expected, "-", null);
    }

    private static LoginFailure failure(LoginFault fault, String cause, String fix, @Nullable SignatureCheck check) {
        return new LoginFailure(ConnectAnswer.BAD_CREDENTIALS, fault, cause, fix, check);
    }
}
