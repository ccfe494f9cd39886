package io.berth.core.caller;

import static io.berth.core.ProblemException.require;

import io.berth.core.credential.Secret;
import java.time.Instant;
import java.util.regex.Pattern;

/// A key pair with which applications sign their calls. The id has 1 to 128 of `A-Z a-z 0-9 . _ -`.
///
/// @param owner the application that uses it; empty: nobody in particular. One has two keys for as long as it
/// changes from one to the other
public record AccessKey(String id, Secret secret, String owner, Rights rights, boolean enabled, Instant created) {
    /// What an id looks like, as a regular expression.
    public static final String ID_FORM = "[A-Za-z0-9._-]{1,128}";

    private static final Pattern ID = Pattern.compile(ID_FORM);

    public AccessKey {
        require(ID.matcher(id).matches(), "an access key id has 1 to 128 of A-Z a-z 0-9 . _ -");
    }

    public AccessKey with(Rights rights) {
        return new AccessKey(id, secret, owner, rights, enabled, created);
    }

    public AccessKey enabled(boolean enabled) {
        return new AccessKey(id, secret, owner, rights, enabled, created);
    }
}
