package io.berth.dialect.aliyun.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.berth.core.audit.AuditRecord;
import io.berth.core.audit.AuditedCalls;
import io.berth.core.caller.AccessKey;
import io.berth.core.caller.Rights;
import io.berth.core.credential.Secret;
import io.berth.core.session.Messages;
import io.berth.dialect.AppAnswer;
import io.berth.testing.TestClock;
import io.berth.testing.TestPlatform;
import java.net.URLEncoder;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The gateway over a platform in memory, and a client that signs by itself.
final class TestOpenApi {
    static final AccessKey KEY =
            new AccessKey("testak", new Secret("testsk"), "testak", Rights.ALL, true, TestClock.START);

    final TestClock clock = new TestClock();
    final TestPlatform platform = new TestPlatform(clock);
    final Map<String, AccessKey> keys = new ConcurrentHashMap<>(Map.of(KEY.id(), KEY));
    final List<AuditRecord> audit = new ArrayList<>();
    final AliyunOpenApi gateway;

    TestOpenApi() {
        this(AliyunOpenApi.Rules.DEFAULT);
    }

    TestOpenApi(AliyunOpenApi.Rules rules) {
        gateway = new AliyunOpenApi(
                id -> Optional.ofNullable(keys.get(id)),
                new AuditedCalls(audit::add, clock),
                new AliyunOpenApi.Core(
                        platform.products,
                        platform.devices,
                        platform.sessions,
                        new Messages(platform.downlinks, platform.events, 0)),
                rules,
                ZoneId.of("+08:00"),
                clock);
    }

    /// Calls an action, signed anew, and reads the JSON that comes back.
    ///
    /// @param parameters names and values in turn
    JsonNode call(String action, String... parameters) {
        return json(answer(signed(action, parameters)));
    }

    AppAnswer answer(FakeRequest request) {
        try {
            return gateway.answer(request);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static JsonNode json(AppAnswer answer) {
        return JsonMapper.shared().readTree(answer.body().text());
    }

    FakeRequest signed(String action, String... parameters) {
        Map<String, String> values = common(action);
        for (int i = 0; i < parameters.length; i += 2) {
            values.put(parameters[i], parameters[i + 1]);
        }
        return FakeRequest.get(signed("GET", values, Objects.requireNonNull(values.get("AccessKeyId"))));
    }

    Map<String, String> common(String action) {
        return new TreeMap<>(Map.of(
                "Action",
                action,
                "Version",
                "2018-01-20",
                "Format",
                "JSON",
                "AccessKeyId",
                KEY.id(),
                "SignatureMethod",
                "HMAC-SHA1",
                "SignatureVersion",
                "1.0",
                "SignatureNonce",
                UUID.randomUUID().toString(),
                "Timestamp",
                clock.instant().toString()));
    }

    /// A query with its signature, by the secret of that key.
    String signed(String method, Map<String, String> values, String keyId) {
        String query = query(values);
        AccessKey key = keys.getOrDefault(keyId, KEY);
        return query + "&Signature=" + encode(sha1(key.secret().reveal() + "&", method + "&%2F&" + encode(query)));
    }

    static String query(Map<String, String> values) {
        return new TreeMap<>(values)
                .entrySet().stream()
                        .map(each -> encode(each.getKey()) + "=" + encode(each.getValue()))
                        .collect(Collectors.joining("&"));
    }

    static String encode(String text) {
        return URLEncoder.encode(text, UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static String sha1(String key, String content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(content.getBytes(UTF_8)));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
