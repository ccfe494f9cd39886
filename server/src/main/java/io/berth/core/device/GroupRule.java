package io.berth.core.device;

import static io.berth.core.ProblemException.require;

/// Finds the members of a dynamic group: a condition in the words of whoever made the group. It is read again
/// whenever they are asked for, since what it names comes and goes.
///
/// @param language the name of the [DeviceLanguage] it is written in
/// @param text 1 to 2000 characters, as it was written
public record GroupRule(String language, String text) {
    public GroupRule {
        require(!text.isBlank(), "the rule of a dynamic group says which devices are in it");
        require(
                text.length() <= DeviceQuery.MAX_LENGTH,
                "the rule of a dynamic group has at most " + DeviceQuery.MAX_LENGTH + " characters");
    }

    /// In the language of [DeviceQuery].
    public static GroupRule of(String query) {
        return new GroupRule(DeviceQuery.NAME, query);
    }
}
