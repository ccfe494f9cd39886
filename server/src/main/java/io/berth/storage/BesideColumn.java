package io.berth.storage;

import io.berth.binary.ValueCodec;
import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.message.MessageProperties;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// What travels beside the bytes of a message, in one column: most messages have none, which is null.
final class BesideColumn {
    private static final String USER = "user";
    private static final String TOPIC = "topic";
    private static final String CORRELATION = "correlation";

    private BesideColumn() {}

    static byte @Nullable [] of(MessageProperties beside) {
        if (beside.isEmpty()) {
            return null;
        }
        List<Value> words = new ArrayList<>();
        for (MessageProperties.Word word : beside.user()) {
            words.add(new Value.Text(word.name()));
            words.add(new Value.Text(word.value()));
        }
        SequencedMap<String, Value> fields = new LinkedHashMap<>();
        fields.put(USER, new Value.Items(words));
        if (beside.responseTopic() != null) {
            fields.put(TOPIC, new Value.Text(beside.responseTopic()));
        }
        if (beside.correlation() != null) {
            byte[] correlation = beside.correlation().toBytes();
            fields.put(CORRELATION, new Value.Text(Base64.getEncoder().encodeToString(correlation)));
        }
        return ValueCodec.encode(new Value.Fields(fields));
    }

    static MessageProperties read(byte @Nullable [] column) {
        if (column == null) {
            return MessageProperties.NONE;
        }
        Value.Fields fields = ValueCodec.decodeFields(column);
        List<MessageProperties.Word> words = new ArrayList<>();
        if (fields.get(USER) instanceof Value.Items(List<Value> texts)) {
            for (int i = 0; i + 1 < texts.size(); i += 2) {
                words.add(new MessageProperties.Word(text(texts.get(i)), text(texts.get(i + 1))));
            }
        }
        return new MessageProperties(
                words,
                fields.get(TOPIC) instanceof Value.Text(String topic) ? topic : null,
                fields.get(CORRELATION) instanceof Value.Text(String base64)
                        ? Payload.owned(Base64.getDecoder().decode(base64))
                        : null);
    }

    private static String text(Value value) {
        return value instanceof Value.Text(String text) ? text : "";
    }
}
