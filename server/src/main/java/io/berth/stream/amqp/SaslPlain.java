package io.berth.stream.amqp;

import io.berth.core.Payload;
import io.berth.core.ProblemException;
import io.berth.core.credential.Secret;
import java.util.Optional;

/// The message of the PLAIN mechanism (RFC 4616), with the password as it came.
///
/// @param user the authentication identity; the one to act as, before it, is not used by any vendor
record SaslPlain(String user, String password) {
    /// Empty when there are not two NUL characters in it.
    static Optional<SaslPlain> read(Payload response) {
        String[] parts = response.text().split("\0", -1);
        return parts.length == 3 ? Optional.of(new SaslPlain(parts[1], parts[2])) : Optional.empty();
    }

    /// The password as a secret, empty when nobody's could be like it.
    Optional<Secret> secret() {
        try {
            return Optional.of(new Secret(password));
        } catch (ProblemException _) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "SaslPlain[" + user + "]";
    }
}
