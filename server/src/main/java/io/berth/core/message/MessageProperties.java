package io.berth.core.message;

import io.berth.core.Payload;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What some wires let travel beside the bytes of a message (MQTT 5.0 section 3.3.2.3): the sender's own words, and
/// where and under which mark it wants an answer. Berth passes it on and reads none of it.
///
/// @param user in the sender's order; a name may come twice
/// @param responseTopic null when the sender named none
/// @param correlation null when the sender set none
public record MessageProperties(
        List<Word> user,
        @Nullable String responseTopic,
        @Nullable Payload correlation) {
    public static final MessageProperties NONE = new MessageProperties(List.of(), null, null);

    public MessageProperties {
        user = List.copyOf(user);
    }

    public record Word(String name, String value) {}

    public boolean isEmpty() {
        return user.isEmpty() && responseTopic == null && correlation == null;
    }
}
