package io.berth.core.device;

/// What a device said last of what runs on it; empty where it said nothing.
///
/// @param sdk of the library it speaks with
public record Versions(String firmware, String software, String sdk) {
    public static final Versions NONE = new Versions("", "", "");

    private static final int MAX = 256;

    /// Devices choose the texts: what is too long is cut.
    public Versions {
        firmware = cut(firmware);
        software = cut(software);
        sdk = cut(sdk);
    }

    /// With what was said now; an empty text leaves what is known.
    public Versions updated(Versions said) {
        return new Versions(
                said.firmware.isEmpty() ? firmware : said.firmware,
                said.software.isEmpty() ? software : said.software,
                said.sdk.isEmpty() ? sdk : said.sdk);
    }

    private static String cut(String version) {
        return version.length() <= MAX ? version : version.substring(0, MAX);
    }
}
