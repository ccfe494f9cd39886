package io.berth.core.device;

import static io.berth.core.ProblemException.require;

import io.berth.core.credential.Pins;
import io.berth.core.credential.Secret;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A device as registered.
///
/// @param alias a second name, unique on the platform, 1 to 128 of `A-Z a-z 0-9 - _ @ . :`
/// @param nodeId the name the device gives itself, 1 to 64 characters; not unique
/// @param activated when it first logged in, null while it never has (or was reset)
/// @param lastSeen when it was last heard, as far as it is written down: while it is online its session knows better;
/// null while it never was
/// @param address where it was last attached from, null while it never was
/// @param spareSecret opens the door as well as the secret does, null for none
/// @param versions what it said last of what runs on it
/// @param pins the certificates it logs in with; null for a device that proves itself as its product demands
public record Device(
        DeviceId id,
        String alias,
        String nodeId,
        Secret secret,
        boolean enabled,
        Instant created,
        @Nullable Instant activated,
        @Nullable Instant lastSeen,
        @Nullable String address,
        @Nullable Secret spareSecret,
        DeviceProfile profile,
        Versions versions,
        @Nullable Pins pins) {

    private static final Pattern ALIAS = Pattern.compile("[A-Za-z0-9_@.:-]{1,128}");

    public Device {
        require(isAlias(alias), "a device alias has 1 to 128 of A-Z a-z 0-9 - _ @ . :, not \"" + alias + "\"");
        require(!nodeId.isEmpty() && nodeId.length() <= 64, "a node id has 1 to 64 characters");
    }

    /// One of which nothing is said.
    public Device(
            DeviceId id,
            String alias,
            String nodeId,
            Secret secret,
            boolean enabled,
            Instant created,
            @Nullable Instant activated,
            @Nullable Instant lastSeen,
            @Nullable String address) {
        this(
                id,
                alias,
                nodeId,
                secret,
                enabled,
                created,
                activated,
                lastSeen,
                address,
                null,
                DeviceProfile.EMPTY,
                Versions.NONE,
                null);
    }

    public static boolean isAlias(String text) {
        return ALIAS.matcher(text).matches();
    }

    public Device withEnabled(boolean changed) {
        return with(secret, spareSecret, changed, activated, profile);
    }

    public Device withProfile(DeviceProfile changed) {
        return with(secret, spareSecret, enabled, activated, changed);
    }

    public Device withSecret(Secret changed) {
        return with(changed, spareSecret, enabled, activated, profile);
    }

    public Device withSpareSecret(@Nullable Secret changed) {
        return with(secret, changed, enabled, activated, profile);
    }

    /// After it was heard at that moment; what is older than the newest is left out.
    public Device seen(Instant at, String from) {
        if (lastSeen != null && at.isBefore(lastSeen)) {
            return this;
        }
        return new Device(
                id,
                alias,
                nodeId,
                secret,
                enabled,
                created,
                activated == null ? at : activated,
                at,
                from,
                spareSecret,
                profile,
                versions,
                pins);
    }

    /// As it was before its first login, with this secret.
    public Device reset(Secret changed) {
        return with(changed, spareSecret, enabled, null, profile);
    }

    private Device with(
            Secret secret,
            @Nullable Secret spareSecret,
            boolean enabled,
            @Nullable Instant activated,
            DeviceProfile profile) {
        return new Device(
                id,
                alias,
                nodeId,
                secret,
                enabled,
                created,
                activated,
                lastSeen,
                address,
                spareSecret,
                profile,
                versions,
                pins);
    }
}
