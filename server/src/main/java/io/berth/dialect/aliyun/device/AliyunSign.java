package io.berth.dialect.aliyun.device;

import io.berth.core.credential.Hmac;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a device signs and how (spec aliyun-device 1.3).
///
/// @param timestamp as it came, null when the client id has none: then it is not signed
record AliyunSign(
        Hmac method,
        String clientId,
        String deviceName,
        String productKey,
        @Nullable String timestamp) {
    /// Of a form without fault.
    static AliyunSign of(AliyunForm form) {
        AliyunClientId clientId = form.clientId();
        return new AliyunSign(
                method(clientId.parameter("signmethod")).orElse(Hmac.MD5),
                clientId.text(),
                form.deviceName(),
                form.productKey(),
                clientId.parameter("timestamp"));
    }

    /// Names and values sorted by name, nothing between them.
    String content() {
        String content = "clientId" + clientId + "deviceName" + deviceName + "productKey" + productKey;
        return timestamp == null ? content : content + "timestamp" + timestamp;
    }

    AliyunSign withClientId(String other) {
        return new AliyunSign(method, other, deviceName, productKey, timestamp);
    }

    AliyunSign withTimestamp(@Nullable String other) {
        return new AliyunSign(method, clientId, deviceName, productKey, other);
    }

    AliyunSign swapped() {
        return new AliyunSign(method, clientId, productKey, deviceName, timestamp);
    }

    static Optional<Hmac> method(@Nullable String signmethod) {
        if (signmethod == null) {
            return Optional.of(Hmac.MD5);
        }
        return switch (signmethod.toLowerCase(Locale.ROOT)) {
            case "hmacmd5" -> Optional.of(Hmac.MD5);
            case "hmacsha1" -> Optional.of(Hmac.SHA1);
            case "hmacsha256" -> Optional.of(Hmac.SHA256);
            default -> Optional.empty();
        };
    }

    static String name(Hmac method) {
        return switch (method) {
            case MD5 -> "hmacmd5";
            case SHA1 -> "hmacsha1";
            case SHA256 -> "hmacsha256";
        };
    }
}
