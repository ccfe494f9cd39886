package io.berth.compat;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What an application sends to subscribe over AMQP, computed after the vendors' pages and independently of the
/// server's own code.
record SubscriberLogin(String user, String password) {
    static SubscriberLogin aliyun(String key, String secret, String group) {
        long now = Instant.now().toEpochMilli();
        String user = "app-1|authMode=aksign,signMethod=hmacsha1,timestamp=" + now + ",authId=" + key
                + ",iotInstanceId=,consumerGroupId=" + group + "|";
        return new SubscriberLogin(user, hmacSha1(secret, "authId=" + key + "&timestamp=" + now));
    }

    static SubscriberLogin huawei(String key, String secret) {
        return new SubscriberLogin(
                "accessKey=" + key + "|timestamp=" + Instant.now().toEpochMilli(), secret);
    }

    private static String hmacSha1(String secret, String content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(content.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
