package io.berth.core.message;

import io.berth.core.Payload;

/// An event as one subscriber is told of it.
///
/// @param topic what the format calls the kind of notification, empty when it has no topics
/// @param body the bytes of the notification
/// @param isText whether the body is text to its readers; bytes otherwise
public record Notification(String topic, Payload body, boolean isText) {}
