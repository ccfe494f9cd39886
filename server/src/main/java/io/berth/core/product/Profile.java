package io.berth.core.product;

import static io.berth.core.ProblemException.require;

/// What people say of a product beside its name. The platform keeps it and shows it again, and makes nothing
/// of it; every text may be empty.
///
/// @param description at most 2048 characters
/// @param kind what its devices are, `StreetLamp`
/// @param protocol what its devices speak, perhaps to their gateway: `MQTT`, `modbus`
/// @param network how its devices reach the platform, `CELLULAR`
/// @param category of a template its thing model came from
/// @param modelled whether a thing model describes what its devices send
public record Profile(
        String description,
        String kind,
        String protocol,
        String network,
        String manufacturer,
        String industry,
        String category,
        boolean modelled) {
    public static final Profile EMPTY = new Profile("", "", "", "", "", "", "", true);

    public static final int MAX_DESCRIPTION = 2048;
    public static final int MAX_WORD = 128;

    public Profile {
        require(
                description.length() <= MAX_DESCRIPTION,
                "a description has at most " + MAX_DESCRIPTION + " characters");
        requireWord("device type", kind);
        requireWord("protocol", protocol);
        requireWord("network", network);
        requireWord("manufacturer", manufacturer);
        requireWord("industry", industry);
        requireWord("category", category);
    }

    public Profile described(String changed) {
        return new Profile(changed, kind, protocol, network, manufacturer, industry, category, modelled);
    }

    private static void requireWord(String what, String word) {
        require(word.length() <= MAX_WORD, "the " + what + " of a product has at most " + MAX_WORD + " characters");
    }
}
