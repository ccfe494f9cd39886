package io.berth.simulator.device;

import java.util.List;
import java.util.Optional;

/// Alibaba Cloud IoT Platform, as its C SDK speaks.
final class AliyunDialect implements Dialect {
    /// What every C SDK sends instead of the time: the year 2050. The platform does not check it.
    static final String TIMESTAMP = "2524608000000";

    @Override
    public Login login(Identity identity, boolean tls) {
        String clientId = identity.product() + "." + identity.name();
        return new Login(
                clientId + "|securemode=" + (tls ? 2 : 3) + ",signmethod=hmacsha256,timestamp=" + TIMESTAMP + "|",
                identity.name() + "&" + identity.product(),
                password(identity, clientId, TIMESTAMP));
    }

    // spec aliyun-device 1.3
    static String password(Identity identity, String clientId, String timestamp) {
        return Hmac.hex(
                identity.secret(),
                "clientId" + clientId + "deviceName" + identity.name() + "productKey" + identity.product() + "timestamp"
                        + timestamp);
    }

    @Override
    public String uplinkTopic(Identity identity) {
        return "/" + identity.product() + "/" + identity.name() + "/user/update";
    }

    @Override
    public String downlinkTopic(Identity identity) {
        return "/" + identity.product() + "/" + identity.name() + "/user/get";
    }

    @Override
    public String propertyTopic(Identity identity) {
        return system(identity) + "thing/event/property/post";
    }

    @Override
    public Optional<String> propertyReplyTopic(Identity identity) {
        return Optional.of(propertyTopic(identity) + "_reply");
    }

    @Override
    public String propertyReport(String id, String values) {
        return "{\"id\":\"" + id + "\",\"version\":\"1.0\",\"sys\":{\"ack\":1},\"params\":" + values
                + ",\"method\":\"thing.event.property.post\"}";
    }

    @Override
    public List<String> requestFilters(Identity identity) {
        return List.of(system(identity) + "rrpc/request/+", system(identity) + "thing/service/#");
    }

    @Override
    public Optional<Answer> answer(Identity identity, String topic) {
        String asked = system(identity) + "rrpc/request/";
        if (topic.startsWith(asked)) {
            String id = topic.substring(asked.length());
            return Optional.of(new Answer(
                    system(identity) + "rrpc/response/" + id, "{\"id\":\"" + id + "\",\"code\":200,\"data\":{}}"));
        }
        return Optional.empty();
    }

    @Override
    public HttpLogin httpLogin(Identity identity) {
        String clientId = identity.product() + "." + identity.name();
        String content = "clientId" + clientId + "deviceName" + identity.name() + "productKey" + identity.product();
        String body = "{\"version\":\"default\",\"clientId\":\"" + clientId
                + "\",\"signmethod\":\"hmacsha256\",\"sign\":\"" + Hmac.hex(identity.secret(), content)
                + "\",\"productKey\":\"" + identity.product() + "\",\"deviceName\":\"" + identity.name() + "\"}";
        return new HttpLogin("/auth", body, "token");
    }

    @Override
    public HttpReport httpReport(Identity identity) {
        return new HttpReport("/topic" + uplinkTopic(identity), "application/octet-stream", "password");
    }

    private static String system(Identity identity) {
        return "/sys/" + identity.product() + "/" + identity.name() + "/";
    }
}
