package io.berth.core.caller;

import static io.berth.core.ProblemException.require;

import java.time.Instant;
import java.util.regex.Pattern;

/// Someone who logs in with a name and a password. The name has 1 to 64 of `A-Z a-z 0-9 . _ @ -`.
public record User(String name, Rights rights, boolean enabled, Instant created) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,64}");

    public User {
        require(NAME.matcher(name).matches(), "the name of a user has 1 to 64 of A-Z a-z 0-9 . _ @ -");
    }

    public User with(Rights rights) {
        return new User(name, rights, enabled, created);
    }

    public User enabled(boolean enabled) {
        return new User(name, rights, enabled, created);
    }

    /// Whether this user can make and take away the credentials of all others.
    public boolean isAdministrator() {
        return enabled && rights.equals(Rights.ALL);
    }
}
