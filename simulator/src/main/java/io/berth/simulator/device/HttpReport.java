package io.berth.simulator.device;

/// Where a device posts a free message, and how it shows its token.
///
/// @param contentType of the body
/// @param tokenHeader the header that holds the token
public record HttpReport(String path, String contentType, String tokenHeader) {}
