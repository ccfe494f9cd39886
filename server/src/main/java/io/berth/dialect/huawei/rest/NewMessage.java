package io.berth.dialect.huawei.rest;

import static io.berth.core.ProblemException.require;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.device.Device;
import io.berth.core.message.Downlink;
import io.berth.core.message.MessageProperties;
import io.berth.core.message.Qos;
import io.berth.core.outbox.Outbox;
import io.berth.core.topic.Topic;
import io.berth.dialect.huawei.device.HuaweiValues;
import io.berth.json.Members;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A message as an application asks for it (spec huawei-iotda 3.4).
///
/// @param message a text, or an object that is sent as its JSON
/// @param properties of MQTT 5
/// @param encoding `none`, or `base64` for bytes, which are sent alone
/// @param payloadFormat `standard` for the vendor's wrapping, `raw` for the message alone; on the vendor's own
/// topic the one, on all others the other when it is not given
/// @param topic below `$oc/devices/{device_id}/user/`
/// @param topicFullName any topic outside the vendor's space
/// @param ttl for how many minutes it is kept for a device that is not online
record NewMessage(
        String deviceId,
        @Nullable String messageId,
        @Nullable String name,
        Value message,
        @Nullable Properties properties,
        @Nullable String encoding,
        @Nullable String payloadFormat,
        @Nullable String topic,
        @Nullable String topicFullName,
        @Nullable Integer ttl) {
    record Properties(
            @Nullable String correlationData,
            @Nullable String responseTopic,
            @Nullable List<Property> userProperties) {
        private MessageProperties beside() {
            List<Property> user = Objects.requireNonNullElse(userProperties, List.of());
            require(user.size() <= MAX_WORDS, "\"user_properties\" are at most " + MAX_WORDS);
            user.forEach(word -> {
                demandShort("prop_key", word.propKey());
                demandShort("prop_value", word.propValue());
            });
            demandShort("correlation_data", correlationData);
            demandShort("response_topic", responseTopic);
            return new MessageProperties(
                    user.stream()
                            .map(word -> new MessageProperties.Word(word.propKey(), word.propValue()))
                            .toList(),
                    responseTopic == null ? null : new Topic(responseTopic).text(),
                    correlationData == null ? null : Payload.of(correlationData));
        }

        private static void demandShort(String name, @Nullable String text) {
            require(
                    text == null || (text.length() <= MAX_WORD && text.indexOf('\0') < 0),
                    "\"" + name + "\" has at most " + MAX_WORD + " characters");
        }
    }

    record Property(String propKey, String propValue) {}

    private static final int MAX_WORDS = 20;
    private static final int MAX_WORD = 128;
    private static final String NONE = "none";
    private static final String BASE64 = "base64";
    private static final String STANDARD = "standard";
    private static final String RAW = "raw";
    private static final int MAX_NAME = 128;
    private static final int DAY_MINUTES = 1_440;
    private static final int TTL_STEP = 5;

    Outbox.Draft draft(Device device, String id) {
        int minutes = Objects.requireNonNullElse(ttl, DAY_MINUTES);
        demandTtl(minutes);
        require(name == null || name.length() <= MAX_NAME, "\"name\" has at most " + MAX_NAME + " characters");
        require(topic == null || topicFullName == null, "give either \"topic\" or \"topic_full_name\"");
        oneOf("encoding", encoding, Set.of(NONE, BASE64));
        oneOf("payload_format", payloadFormat, Set.of(STANDARD, RAW));
        return new Outbox.Draft(
                device.id(),
                id,
                words(),
                new Downlink.Message(
                        topicOf(device),
                        Qos.AT_LEAST_ONCE,
                        payload(device, id),
                        properties == null ? MessageProperties.NONE : properties.beside()),
                Duration.ofMinutes(minutes));
    }

    static void demandTtl(int minutes) {
        require(
                minutes >= 0 && minutes <= DAY_MINUTES && minutes % TTL_STEP == 0,
                "\"ttl\" must be 0 to " + DAY_MINUTES + " and a multiple of " + TTL_STEP);
    }

    private String topicOf(Device device) {
        String root = "$oc/devices/" + device.alias() + "/";
        if (topicFullName != null) {
            require(!topicFullName.startsWith("$"), "\"topic_full_name\" may not begin with $");
            return new Topic(topicFullName).text();
        }
        return topic == null ? root + "sys/messages/down" : new Topic(root + "user/" + topic).text();
    }

    private Payload payload(Device device, String id) {
        if (BASE64.equals(encoding)) {
            return base64("message", text("with \"encoding\" base64"));
        }
        boolean isSystem = topic == null && topicFullName == null;
        if (STANDARD.equals(payloadFormat) || (payloadFormat == null && isSystem)) {
            return Payload.of(HuaweiValues.write(new Members()
                    .with("object_device_id", device.alias())
                    .withUnlessEmpty("name", Objects.requireNonNullElse(name, ""))
                    .with("id", id)
                    .with("content", message)
                    .end()));
        }
        return Payload.of(message instanceof Value.Text(String text) ? text : HuaweiValues.write(message));
    }

    private String text(String when) {
        if (message instanceof Value.Text(String text)) {
            return text;
        }
        throw new ProblemException(Problem.INVALID_ARGUMENT, "\"message\" must be a string " + when);
    }

    /// What is shown of it again.
    private Value.Fields words() {
        return new Members()
                .withUnlessEmpty("name", Objects.requireNonNullElse(name, ""))
                .with("message", message)
                .with("encoding", Objects.requireNonNullElse(encoding, NONE))
                .withUnlessEmpty("payload_format", Objects.requireNonNullElse(payloadFormat, ""))
                .withUnlessEmpty("topic", Objects.requireNonNullElse(topic == null ? topicFullName : topic, ""))
                .with("properties", properties == null ? Value.Nothing.NOTHING : RestJson.value(properties))
                .end();
    }

    private static void oneOf(String name, @Nullable String given, Set<String> words) {
        require(given == null || words.contains(given), "\"" + name + "\" is none of " + words);
    }

    static Payload base64(String name, String text) {
        try {
            return Payload.owned(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.INVALID_ARGUMENT, "\"" + name + "\" is no base64", e);
        }
    }
}
