package io.berth.core.device;

import static io.berth.core.ProblemException.require;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What people say of a device, and what they demand of it. Every text may be empty.
///
/// @param nickname what people call it, at most 256 characters
/// @param description at most 2048 characters
/// @param extension anything an application keeps with the device, at most 1 KB
/// @param secureOnly whether it may log in over TLS only
/// @param activateBy when it is deleted if it never logged in until then, null for never
public record DeviceProfile(
        String nickname,
        String description,
        String extension,
        boolean secureOnly,
        @Nullable Instant activateBy) {
    /// Most devices have none: they share this one.
    public static final DeviceProfile EMPTY = new DeviceProfile("", "", "", false, null);

    /// In characters.
    public static final int MAX_NICKNAME = 256;

    private static final int MAX_DESCRIPTION = 2048;
    private static final int MAX_EXTENSION_BYTES = 1024;

    public DeviceProfile {
        require(nickname.length() <= MAX_NICKNAME, "a nickname has at most " + MAX_NICKNAME + " characters");
        require(
                description.length() <= MAX_DESCRIPTION,
                "a description has at most " + MAX_DESCRIPTION + " characters");
        require(
                extension.getBytes(StandardCharsets.UTF_8).length <= MAX_EXTENSION_BYTES,
                "the extension of a device has at most " + MAX_EXTENSION_BYTES + " bytes");
    }

    public DeviceProfile withNickname(String changed) {
        return new DeviceProfile(changed, description, extension, secureOnly, activateBy);
    }
}
