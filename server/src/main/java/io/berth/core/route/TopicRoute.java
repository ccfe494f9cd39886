package io.berth.core.route;

/// What arrives on the source goes to the destination as well.
public record TopicRoute(DeviceTopic source, DeviceTopic destination) {}
