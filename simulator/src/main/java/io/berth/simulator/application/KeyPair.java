package io.berth.simulator.application;

/// What applications sign with.
public record KeyPair(String id, String secret) {}
