package io.berth.simulator.device;

import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/// Huawei Cloud IoTDA, as its Java SDK speaks with the hour not checked.
final class HuaweiDialect implements Dialect {
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("yyyyMMddHH").withZone(ZoneOffset.UTC);
    private static final String REQUEST_ID = "/request_id=";

    private final InstantSource clock = Clock.systemUTC();

    @Override
    public Login login(Identity identity, boolean tls) {
        String hour = HOUR.format(clock.instant());
        return new Login(identity.huaweiId() + "_0_0_" + hour, identity.huaweiId(), password(identity.secret(), hour));
    }

    // spec huawei-iotda 2.1: the hour is the key, the secret is the message
    static String password(String secret, String hour) {
        return Hmac.hex(hour, secret);
    }

    @Override
    public String uplinkTopic(Identity identity) {
        return system(identity) + "messages/up";
    }

    @Override
    public String downlinkTopic(Identity identity) {
        return system(identity) + "messages/down";
    }

    @Override
    public String propertyTopic(Identity identity) {
        return system(identity) + "properties/report";
    }

    @Override
    public Optional<String> propertyReplyTopic(Identity identity) {
        return Optional.empty();
    }

    @Override
    public String propertyReport(String id, String values) {
        return "{\"services\":[{\"service_id\":\"default\",\"properties\":" + values + "}]}";
    }

    @Override
    public List<String> requestFilters(Identity identity) {
        return List.of(system(identity) + "commands/#", system(identity) + "properties/set/#");
    }

    @Override
    public Optional<Answer> answer(Identity identity, String topic) {
        for (String kind : List.of("commands", "properties/set")) {
            String asked = system(identity) + kind + REQUEST_ID;
            if (topic.startsWith(asked)) {
                String id = topic.substring(asked.length());
                return Optional.of(
                        new Answer(system(identity) + kind + "/response" + REQUEST_ID + id, "{\"result_code\":0}"));
            }
        }
        return Optional.empty();
    }

    @Override
    public HttpLogin httpLogin(Identity identity) {
        String hour = HOUR.format(clock.instant());
        String body = "{\"device_id\":\"" + identity.huaweiId() + "\",\"sign_type\":0,\"timestamp\":\"" + hour
                + "\",\"password\":\"" + password(identity.secret(), hour) + "\"}";
        return new HttpLogin("/v5/device-auth", body, "access_token");
    }

    @Override
    public HttpReport httpReport(Identity identity) {
        return new HttpReport(
                "/v5/devices/" + identity.huaweiId() + "/sys/messages/up", "application/json", "access_token");
    }

    private static String system(Identity identity) {
        return "$oc/devices/" + identity.huaweiId() + "/sys/";
    }
}
