package io.berth.storage;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.credential.Fingerprint;
import io.berth.core.credential.Secret;
import io.berth.core.device.DeviceId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/// Seals secrets for the database with AES-256-GCM. The name of the row goes in as associated data, so a
/// sealed secret copied into another row does not open there. A sealed secret is a version byte, the nonce,
/// the cipher text with its tag. Any thread.
final class SecretCipher {
    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int HEAD_BYTES = 1 + NONCE_BYTES;

    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();
    private final ThreadLocal<Cipher> ciphers = ThreadLocal.withInitial(SecretCipher::newCipher);

    SecretCipher(MasterKey key) {
        this.key = key.key();
    }

    static String rowOfProduct(String product) {
        return "product:" + product;
    }

    static String rowOf(DeviceId device) {
        return "device:" + device.product() + "/" + device.name();
    }

    static String rowOfAccessKey(String id) {
        return "access-key:" + id;
    }

    static String rowOfAction(String rule, String action) {
        return "rule:" + rule + "/" + action;
    }

    static String rowOfCertificate(Fingerprint fingerprint) {
        return "certificate:" + fingerprint;
    }

    static String rowOfTarget(long batch, long place) {
        return "batch:" + batch + "/" + place;
    }

    static String rowOfBatchFile(String id) {
        return "batch-file:" + id;
    }

    byte[] seal(Secret secret, String row) {
        return seal(secret.bytes(), row);
    }

    byte[] seal(byte[] text, String row) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = new byte[HEAD_BYTES + text.length + TAG_BITS / 8];
        sealed[0] = VERSION;
        System.arraycopy(nonce, 0, sealed, 1, NONCE_BYTES);
        try {
            Cipher cipher = ciphers.get();
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(row.getBytes(StandardCharsets.UTF_8));
            cipher.doFinal(text, 0, text.length, sealed, HEAD_BYTES);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// STORAGE_UNAVAILABLE when the secret was sealed under another key or for another row.
    Secret open(byte[] sealed, String row) {
        return new Secret(new String(openBytes(sealed, row), StandardCharsets.US_ASCII));
    }

    /// Likewise.
    byte[] openBytes(byte[] sealed, String row) {
        try {
            return decrypt(sealed, row);
        } catch (AEADBadTagException e) {
            throw new ProblemException(
                    Problem.STORAGE_UNAVAILABLE, "the stored secret of " + row + " does not open", e);
        }
    }

    boolean opens(byte[] sealed, String row) {
        try {
            decrypt(sealed, row);
            return true;
        } catch (AEADBadTagException e) {
            return false;
        }
    }

    private byte[] decrypt(byte[] sealed, String row) throws AEADBadTagException {
        if (sealed.length < HEAD_BYTES || sealed[0] != VERSION) {
            throw new AEADBadTagException("not a sealed secret");
        }
        try {
            Cipher cipher = ciphers.get();
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, sealed, 1, NONCE_BYTES));
            cipher.updateAAD(row.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(sealed, HEAD_BYTES, sealed.length - HEAD_BYTES);
        } catch (AEADBadTagException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Cipher newCipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
