package io.berth.dialect.aliyun.device;

import io.berth.core.Payload;
import io.berth.core.credential.Secret;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceId;
import io.berth.core.device.Devices;
import io.berth.core.login.DeviceTokens;
import io.berth.core.login.LoginFault;
import io.berth.core.login.Renewals;
import io.berth.core.product.Product.AuthKind;
import io.berth.core.product.Product.DataFormat;
import io.berth.core.product.Product.NodeType;
import io.berth.core.product.Products;
import io.berth.core.topic.Access;
import io.berth.core.topic.TopicClass;
import io.berth.dialect.HttpReader;
import io.berth.dialect.Post;
import io.berth.dialect.Post.Result;
import io.berth.testing.Digests;
import io.berth.testing.TestClock;
import io.berth.testing.TestPlatform;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/// A connection of HTTPS with devices to speak over it, and the words of its tests.
final class AliyunHttpBed {
    static final Map<String, String> JSON = Map.of("content-type", "application/json");

    static final String SECRET = "0123456789abcdef0123456789abcdef";

    final TestClock clock = new TestClock();
    final TestPlatform platform = new TestPlatform(clock);
    private final HttpReader connection = dialect().open();

    AliyunHttpBed() {
        product("a1pk", AuthKind.SECRET);
        product("a1x509", AuthKind.X509);
        device("a1pk", "dev1");
        device("a1pk", "other");
        device("a1x509", "cert");
    }

    /// As a server that was started now has it.
    AliyunHttp dialect() {
        DeviceTokens tokens = new DeviceTokens(
                Payload.of("key"),
                "https",
                Duration.ofDays(7),
                Renewals.HARMLESS,
                platform.registry.devices(),
                platform.registry.directory(),
                clock);
        return new AliyunHttp(platform.services(platform.registry.directory()), tokens);
    }

    static LoginFault fault(Result result) {
        return Objects.requireNonNull(result.failure()).fault();
    }

    String token() {
        return tokenIn(auth(login("dev1", "clientIdcdeviceNamedev1productKeya1pk", "")));
    }

    static String tokenIn(Result login) {
        return login.body().replaceAll(".*\"token\":\"([^\"]*)\".*", "$1");
    }

    /// The body of a login.
    ///
    /// @param more members behind the others
    static String login(String name, String signed, String more) {
        return "{\"clientId\":\"c\",\"sign\":\"" + Digests.hmac("HmacMD5", SECRET, signed)
                + "\",\"productKey\":\"a1pk\",\"deviceName\":\"" + name + "\"" + more + "}";
    }

    Result auth(String body) {
        return post("/auth", JSON, body);
    }

    Result report(String token, String path, String payload) {
        return report(connection, token, path, payload);
    }

    Result report(HttpReader reader, String token, String path, String payload) {
        Map<String, String> headers = Map.of("content-type", "application/octet-stream", "password", token);
        return Post.of(clock, path, headers, payload).at(reader, platform.registry.directory());
    }

    Result post(String path, Map<String, String> headers, String body) {
        return at(Post.of(clock, path, headers, body));
    }

    Result at(Post post) {
        return post.at(connection, platform.registry.directory());
    }

    void product(String key, AuthKind auth) {
        platform.products.create(
                new Products.Draft("Lamp " + key, key, null, null, auth, NodeType.DIRECT, DataFormat.JSON, false));
        platform.products.allowTopic(key, new TopicClass("user/update", Access.PUBLISH));
        platform.products.allowTopic(key, new TopicClass("user/get", Access.SUBSCRIBE));
    }

    Device device(String product, String name) {
        return platform.devices.create(
                new Devices.Draft(new DeviceId(product, name), new Secret(SECRET), product.length() + name, null));
    }
}
