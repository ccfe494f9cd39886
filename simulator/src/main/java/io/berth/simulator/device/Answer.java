package io.berth.simulator.device;

/// What a device publishes when it was asked something.
public record Answer(String topic, String body) {}
