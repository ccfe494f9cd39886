package io.berth.dialect.aliyun.device;

import io.berth.core.Payload;
import io.berth.core.credential.Secret;
import io.berth.core.credential.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// How a device on CoAP in clear encrypts what it sends (spec aliyun-device 3.1): AES-128 in CBC with one IV
/// for every message, as the vendor has it. The key is of one login: it comes of the device secret and of
/// what that login was answered. Any thread; never blocks.
final class AliyunCoapCipher {
    private static final IvParameterSpec IV =
            new IvParameterSpec("543yhjy97ae7fyfg".getBytes(StandardCharsets.US_ASCII));
    private static final int KEY_FROM = 8;
    private static final int KEY_BYTES = 16;
    private static final ThreadLocal<Cipher> CIPHERS = ThreadLocal.withInitial(AliyunCoapCipher::newCipher);

    private final SecretKeySpec key;

    AliyunCoapCipher(Secret secret, String random) {
        byte[] digest = Sha256.of(secret.reveal() + "," + random);
        this.key = new SecretKeySpec(digest, KEY_FROM, KEY_BYTES, "AES");
    }

    /// Empty when it was not encrypted with this key.
    Optional<Payload> decrypted(Payload encrypted) {
        try {
            Cipher cipher = CIPHERS.get();
            cipher.init(Cipher.DECRYPT_MODE, key, IV);
            return Optional.of(Payload.owned(cipher.doFinal(encrypted.toBytes())));
        } catch (BadPaddingException | IllegalBlockSizeException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Cipher newCipher() {
        try {
            return Cipher.getInstance("AES/CBC/PKCS5Padding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
