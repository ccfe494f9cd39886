package io.berth.core.line;

import io.berth.core.ProblemException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a device calls itself before it has an identity: its MAC address, IMEI or serial number, in one
/// spelling however it was written. `aa-bb-cc-00-11-22` and `AABB.CC00.1122` are `AABBCC001122`; of other ids
/// only the letters become capitals. It is the name of the device too.
public record HardwareId(String text) {
    private static final Pattern MAC_IN_PAIRS =
            Pattern.compile("[0-9A-F]{2}(?:([:-])[0-9A-F]{2})(?:\\1[0-9A-F]{2}){4}(?:(?:\\1[0-9A-F]{2}){2})?");
    private static final Pattern MAC_IN_QUADS = Pattern.compile("[0-9A-F]{4}(?:\\.[0-9A-F]{4}){2,3}");
    private static final Pattern IMEI = Pattern.compile("\\d{2}-\\d{6}-\\d{6}-\\d");
    private static final Pattern SPELLING = Pattern.compile("[A-Z0-9][A-Z0-9_@.:-]{3,63}");

    public HardwareId {
        ProblemException.require(
                SPELLING.matcher(text).matches(),
                "a hardware id has 4 to 64 of A-Z 0-9 - _ @ . : and begins with a letter or digit");
    }

    /// INVALID_ARGUMENT.
    public static HardwareId of(String written) {
        String text = written.strip().toUpperCase(Locale.ROOT);
        return new HardwareId(isPunctuated(text) ? text.replaceAll("[:.-]", "") : text);
    }

    static Optional<HardwareId> find(String written) {
        try {
            return Optional.of(of(written));
        } catch (ProblemException _) {
            return Optional.empty();
        }
    }

    private static boolean isPunctuated(String text) {
        return MAC_IN_PAIRS.matcher(text).matches()
                || MAC_IN_QUADS.matcher(text).matches()
                || IMEI.matcher(text).matches();
    }

    @Override
    public String toString() {
        return text;
    }
}
