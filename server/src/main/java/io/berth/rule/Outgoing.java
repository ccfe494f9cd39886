package io.berth.rule;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.message.Event;

/// A message for a destination.
///
/// @param event what it was made of; its device says which messages must stay in order
/// @param topic the topic in the words of the rule's format, empty when it has none
/// @param body what the statement made of the event
/// @param isText whether the body is text to its readers
/// @param document the body as fields, for templates and columns; none when it is no JSON object
/// @param reason why the action that should have had it could not take it; empty on the ordinary way
public record Outgoing(Event event, String topic, Payload body, boolean isText, Value.Fields document, String reason) {

    /// What keeps the messages of one device together and in order, where a destination has such a key.
    public String key() {
        return event.device() == null ? event.product() : event.device().toString();
    }

    Outgoing turnedAwayFor(String why) {
        return new Outgoing(event, topic, body, isText, document, why);
    }
}
