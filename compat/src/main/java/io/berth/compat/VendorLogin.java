package io.berth.compat;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What a device without a vendor SDK puts into its CONNECT, computed after the vendors' pages and independently of
/// the server's own code.
record VendorLogin(String clientId, String userName, String password) {
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("yyyyMMddHH", Locale.ROOT).withZone(ZoneOffset.UTC);

    /// @param sign `md5`, `sha1` or `sha256`
    /// @param isTls what the client says of its channel: `securemode` 2 or 3
    static VendorLogin aliyun(Identity device, String sign, boolean isTls) {
        String clientId = device.product() + "." + device.name();
        String content = "clientId" + clientId + "deviceName" + device.name() + "productKey" + device.product();
        return new VendorLogin(
                clientId + "|securemode=" + (isTls ? 2 : 3) + ",signmethod=hmac" + sign + "|",
                device.name() + "&" + device.product(),
                hmac("Hmac" + sign.toUpperCase(Locale.ROOT), device.secret(), content));
    }

    static VendorLogin huawei(Identity device, Instant now) {
        String hour = HOUR.format(now);
        return new VendorLogin(
                device.huaweiId() + "_0_0_" + hour, device.huaweiId(), hmac("HmacSHA256", hour, device.secret()));
    }

    private static String hmac(String algorithm, String key, String content) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key.getBytes(UTF_8), algorithm));
            return HexFormat.of().formatHex(mac.doFinal(content.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(algorithm, e);
        }
    }
}
