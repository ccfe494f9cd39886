package io.berth.simulator.application;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.berth.simulator.device.Hmac;
import io.berth.simulator.device.Identity;
import io.berth.simulator.wire.HttpCall;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/// Huawei's REST interface with `V11-HMAC-SHA256`, which its SDK takes for every server that is not the vendor's (spec
/// huawei-iotda 6.2).
public final class HuaweiApplication implements Application {
    private static final String SCHEME = "V11-HMAC-SHA256";
    private static final String PROJECT = "/v5/iot/00000000000000000000000000000001";
    private static final String SIGNED = "content-type;host;x-sdk-date";
    private static final int KEY_BYTES = 32;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final KeyPair key;
    private final String host;
    private final InstantSource clock;
    /// The key of a day is derived once, as the SDK does.
    private volatile Derived derived = new Derived("", "");

    private record Derived(String scope, String key) {}

    /// @param host with its port
    public HuaweiApplication(KeyPair key, String host) {
        this(key, host, InstantSource.system());
    }

    HuaweiApplication(KeyPair key, String host, InstantSource clock) {
        this.key = key;
        this.host = host;
        this.clock = clock;
    }

    @Override
    public HttpCall detail(Identity device) {
        return call("GET", PROJECT + "/devices/" + device.huaweiId(), "");
    }

    @Override
    public HttpCall register(String product, String name) {
        return call("POST", PROJECT + "/devices", "{\"product_id\":\"" + product + "\",\"node_id\":\"" + name + "\"}");
    }

    @Override
    public HttpCall message(Identity device, String text) {
        return call(
                "POST",
                PROJECT + "/devices/" + device.huaweiId() + "/messages",
                "{\"payload_format\":\"raw\",\"message\":\"" + text + "\"}");
    }

    HttpCall call(String method, String path, String body) {
        String date = TIME.format(clock.instant());
        String lines = "content-type:application/json\nhost:" + host + "\nx-sdk-date:" + date + "\n";
        String canonical = method + "\n" + path + "/\n\n" + lines + "\n" + SIGNED + "\n" + Sha256.hex(body);
        Derived today = derived(date.substring(0, 8) + "/cn-north-4/iotdm");
        String signature =
                Hmac.hex(today.key(), SCHEME + "\n" + date + "\n" + today.scope() + "\n" + Sha256.hex(canonical));
        return new HttpCall(
                method,
                path,
                lines.replace("\n", "\r\n") + "Authorization: " + SCHEME + " Credential=" + key.id() + "/"
                        + today.scope() + ", SignedHeaders=" + SIGNED + ", Signature=" + signature + "\r\n",
                body);
    }

    private Derived derived(String scope) {
        Derived known = derived;
        if (!known.scope().equals(scope)) {
            known = new Derived(scope, derive(scope));
            derived = known;
        }
        return known;
    }

    private String derive(String scope) {
        HKDFParameterSpec parameters = HKDFParameterSpec.ofExtract()
                .addIKM(key.secret().getBytes(UTF_8))
                .addSalt(key.id().getBytes(UTF_8))
                .thenExpand(scope.getBytes(UTF_8), KEY_BYTES);
        try {
            return HexFormat.of().formatHex(KDF.getInstance("HKDF-SHA256").deriveData(parameters));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
