package io.berth.dialect.huawei;

import static io.berth.core.ProblemException.require;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.json.Members;
import io.berth.json.ValueJson;
import org.jspecify.annotations.Nullable;

/// The message of a batch task, as one to a single device is given (spec huawei-iotda 3.4, 7.10). It waits
/// for devices that are away as long as messages do; what MQTT 5 carries beside it is refused.
record TaskMessage(Value.Fields document) {
    /// The document in core's words.
    Value.Fields read() {
        Value message = document.get("message");
        require(!(message instanceof Value.Nothing), "the document lacks \"message\"");
        if (!(document.get("properties") instanceof Value.Nothing)) {
            throw new ProblemException(Problem.UNSUPPORTED, "messages of a batch task have no \"properties\" here");
        }
        boolean isText = TaskType.oneOf(document, "encoding", "none", "base64");
        require(isText || message instanceof Value.Text, "\"message\" must be a string with \"encoding\" base64");
        return new Members()
                .with("topic", topic())
                .with(isText ? "text" : "base64", text(message))
                .with(TaskType.WRAPS, isText && wraps())
                .end();
    }

    private String topic() {
        String own = text("topic");
        String full = text("topic_full_name");
        require(own == null || full == null, "give either \"topic\" or \"topic_full_name\"");
        require(full == null || !full.startsWith("$"), "\"topic_full_name\" may not begin with $");
        return full != null ? full : "$oc/devices/{alias}/" + (own == null ? "sys/messages/down" : "user/" + own);
    }

    /// On the vendor's own topic unless it is said otherwise, on others only when it is said.
    private boolean wraps() {
        boolean isStandard = TaskType.oneOf(document, "payload_format", "standard", "raw");
        boolean isSystem = text("topic") == null && text("topic_full_name") == null;
        return isStandard && (isSystem || text("payload_format") != null);
    }

    private @Nullable String text(String name) {
        return document.get(name) instanceof Value.Text(String text) ? text : null;
    }

    private static String text(Value message) {
        return message instanceof Value.Text(String given) ? given : ValueJson.write(message);
    }
}
