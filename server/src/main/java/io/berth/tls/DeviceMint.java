package io.berth.tls;

import io.berth.core.Payload;
import io.berth.core.certificate.Mint;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;

/// Makes the keys and certificates of devices with Bouncy Castle.
public final class DeviceMint implements Mint {
    @Override
    public Minted authority(Instant now) {
        try {
            CertificateAuthority made = CertificateAuthority.ofDevices(now);
            return new Minted(made.certificate(), Payload.owned(made.key().getEncoded()));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Minted certificate(Minted authority, Wish wish) {
        try {
            KeyPair keys = switch (wish.kind()) {
                case EC -> CertificateAuthority.ecKeys();
                case RSA -> CertificateAuthority.rsaKeys();
            };
            CertificateAuthority by = new CertificateAuthority(authority.certificate(), key(authority));
            return new Minted(
                    by.issue(keys.getPublic(), wish),
                    Payload.owned(keys.getPrivate().getEncoded()));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PrivateKey key(Minted authority) throws GeneralSecurityException {
        return KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(authority.key().toBytes()));
    }
}
