package io.berth.api;

import static io.berth.core.ProblemException.require;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Downlink;
import io.berth.core.message.Qos;
import io.berth.core.topic.Topic;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// One line of a stream of messages, as it came. Read by hand: binding costs more than sending.
///
/// @param id the application's own name for the message, given back with what became of it
public record StreamedMessage(
        String product,
        String device,
        String topic,
        @Nullable Integer qos,
        @Nullable String text,
        @Nullable String base64,
        @Nullable String id) {

    DeviceId to() {
        return new DeviceId(product, device);
    }

    Downlink.Message message() {
        int wanted = qos == null ? 0 : qos;
        require(wanted == 0 || wanted == 1, "\"qos\" must be 0 or 1");
        return new Downlink.Message(new Topic(topic).text(), Qos.of(wanted), Content.read(text, base64));
    }

    /// INVALID_ARGUMENT names the member at fault.
    static StreamedMessage read(BodyLines.Line line) {
        require(!line.isTooLong(), "the line is too long");
        try (JsonParser json = line.parser()) {
            require(json.nextToken() == JsonToken.START_OBJECT, "a line must be one JSON object");
            StreamedMessage message = members(json);
            require(json.nextToken() == null, "a line must be one JSON object");
            return message;
        } catch (JacksonException e) {
            throw new ProblemException(Problem.INVALID_ARGUMENT, "the line is not well-formed JSON", e);
        }
    }

    private static StreamedMessage members(JsonParser json) {
        String product = null;
        String device = null;
        String topic = null;
        Integer qos = null;
        String text = null;
        String base64 = null;
        String id = null;
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            switch (name) {
                case "product" -> product = string(name, json);
                case "device" -> device = string(name, json);
                case "topic" -> topic = string(name, json);
                case "qos" -> qos = number(name, json);
                case "text" -> text = string(name, json);
                case "base64" -> base64 = string(name, json);
                case "id" -> id = string(name, json);
                default ->
                    throw new ProblemException(
                            Problem.INVALID_ARGUMENT,
                            Shape.of(StreamedMessage.class).unknown(name));
            }
        }
        return new StreamedMessage(
                present("product", product), present("device", device), present("topic", topic), qos, text, base64, id);
    }

    private static @Nullable String string(String name, JsonParser json) {
        JsonToken token = json.nextToken();
        require(token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NULL, "\"" + name + "\" must be a string");
        return token == JsonToken.VALUE_NULL ? null : json.getString();
    }

    private static @Nullable Integer number(String name, JsonParser json) {
        JsonToken token = json.nextToken();
        require(
                token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NULL,
                "\"" + name + "\" must be a whole number");
        return token == JsonToken.VALUE_NULL ? null : json.getIntValue();
    }

    private static String present(String name, @Nullable String value) {
        if (value == null) {
            throw new ProblemException(Problem.INVALID_ARGUMENT, "\"" + name + "\" is missing");
        }
        return value;
    }
}
