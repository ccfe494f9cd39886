package io.berth.simulator.device;

/// What a device posts to be given a token.
///
/// @param tokenMember the member of the answer that holds it
public record HttpLogin(String path, String body, String tokenMember) {}
