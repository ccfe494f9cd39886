package io.berth.simulator.device;

import java.util.List;
import java.util.Optional;

/// What firmware of one vendor says on MQTT.
public sealed interface Dialect permits AliyunDialect, HuaweiDialect {
    Dialect ALIYUN = new AliyunDialect();
    Dialect HUAWEI = new HuaweiDialect();

    Login login(Identity identity, boolean tls);

    /// Where the device publishes free messages.
    String uplinkTopic(Identity identity);

    /// Where applications reach the device with free messages.
    String downlinkTopic(Identity identity);

    String propertyTopic(Identity identity);

    /// Where the platform answers a property report, for a vendor that answers at all.
    Optional<String> propertyReplyTopic(Identity identity);

    /// A property report.
    ///
    /// @param id decimal; comes back in the reply of a vendor that answers
    /// @param values a JSON object of property values
    String propertyReport(String id, String values);

    /// What to subscribe to in order to be asked questions.
    List<String> requestFilters(Identity identity);

    /// The login of a device that reports over HTTP.
    HttpLogin httpLogin(Identity identity);

    /// A free message over HTTP.
    HttpReport httpReport(Identity identity);

    /// The answer to what arrived on a topic, empty when that was no question.
    Optional<Answer> answer(Identity identity, String topic);
}
