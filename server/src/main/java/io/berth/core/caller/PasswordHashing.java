package io.berth.core.caller;

import static io.berth.core.ProblemException.require;

import io.berth.core.credential.Secret;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// Passwords as stored: `<kind>$<rounds>$<salt>$<hash>`, the last two in Base64. The kind is [#KIND]; `pbkdf2`, with
/// HMAC-SHA256, is verified only.
///
/// @param rounds what hashing a password costs, here and whoever guesses; those of a stored hash are its own
public record PasswordHashing(int rounds) {
    /// What OWASP asks of this kind at least.
    public static final PasswordHashing DEFAULT = new PasswordHashing(210_000);

    private static final String KIND = "pbkdf2-sha512";
    private static final int BITS = 256;
    private static final SecureRandom RANDOM = new SecureRandom();

    public PasswordHashing {
        require(rounds >= 1_000 && rounds <= 10_000_000, "passwords.rounds must be 1,000 to 10,000,000");
    }

    String of(Secret password) {
        byte[] salt = new byte[16];
        RANDOM.nextBytes(salt);
        Base64.Encoder base64 = Base64.getEncoder();
        return KIND + "$" + rounds + "$" + base64.encodeToString(salt) + "$"
                + base64.encodeToString(derive(KIND, password, salt, rounds));
    }

    /// A hash no password has, at the same cost.
    String never() {
        return KIND + "$" + rounds + "$AAAAAAAAAAAAAAAAAAAAAA==$AAAA";
    }

    static boolean verify(Secret password, String hash) {
        String[] parts = hash.split("\\$");
        Base64.Decoder base64 = Base64.getDecoder();
        byte[] derived = derive(parts[0], password, base64.decode(parts[2]), Integer.parseInt(parts[1]));
        return MessageDigest.isEqual(derived, base64.decode(parts[3]));
    }

    private static byte[] derive(String kind, Secret password, byte[] salt, int rounds) {
        String function = kind.equals(KIND) ? "PBKDF2WithHmacSHA512" : "PBKDF2WithHmacSHA256";
        try {
            PBEKeySpec spec = new PBEKeySpec(password.reveal().toCharArray(), salt, rounds, BITS);
            return SecretKeyFactory.getInstance(function).generateSecret(spec).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
