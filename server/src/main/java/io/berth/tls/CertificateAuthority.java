package io.berth.tls;

import io.berth.core.certificate.Mint;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A private root that signs certificates of servers or of devices. The only class here that needs Bouncy
/// Castle.
record CertificateAuthority(X509Certificate certificate, PrivateKey key) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration ROOT_LIFETIME = Duration.ofDays(20 * 365);
    private static final Duration SERVER_LIFETIME = Duration.ofDays(2 * 365);
    /// Devices with clocks a little behind accept what was made just now.
    private static final Duration BACKDATED = Duration.ofDays(1);

    static CertificateAuthority create(Instant now) throws GeneralSecurityException, IOException {
        return create("Berth private root ", now);
    }

    /// Another one than that of servers: who is trusted as a device is not trusted as a server.
    static CertificateAuthority ofDevices(Instant now) throws GeneralSecurityException, IOException {
        return create("Berth devices ", now);
    }

    /// @param kind the beginning of its name, of which there are many in the world
    private static CertificateAuthority create(String kind, Instant now) throws GeneralSecurityException, IOException {
        KeyPair keys = ecKeys();
        X500Principal name = new X500Principal("CN=" + kind + Long.toHexString(RANDOM.nextLong()));
        X509v3CertificateBuilder root = draft(name, name, keys.getPublic(), Span.from(now, ROOT_LIFETIME))
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                .addExtension(
                        Extension.subjectKeyIdentifier,
                        false,
                        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
        return new CertificateAuthority(signed(root, keys.getPrivate()), keys.getPrivate());
    }

    /// Signs a server certificate for these host names and IP addresses.
    X509Certificate issue(PublicKey serverKey, Collection<String> names, Instant now)
            throws GeneralSecurityException, IOException {
        GeneralName[] alternatives =
                names.stream().map(CertificateAuthority::alternativeName).toArray(GeneralName[]::new);
        X509v3CertificateBuilder server = draft(
                        certificate.getSubjectX500Principal(),
                        new X500Principal("CN=Berth server"),
                        serverKey,
                        Span.from(now, SERVER_LIFETIME))
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(
                        Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment))
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternatives))
                .addExtension(
                        Extension.authorityKeyIdentifier,
                        false,
                        new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate));
        return signed(server, key);
    }

    /// Signs the certificate of a client, which is named by its common name.
    X509Certificate issue(PublicKey clientKey, Mint.Wish wish) throws GeneralSecurityException, IOException {
        X500Name subject = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.OU, wish.holder().unit())
                .addRDN(BCStyle.CN, wish.holder().name())
                .build();
        X509v3CertificateBuilder client = draft(
                        certificate.getSubjectX500Principal(),
                        new X500Principal(subject.getEncoded()),
                        clientKey,
                        new Span(wish.from().minus(BACKDATED), wish.until()))
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyAgreement))
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth))
                .addExtension(
                        Extension.authorityKeyIdentifier,
                        false,
                        new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate));
        return signed(client, key);
    }

    /// When a certificate is valid.
    private record Span(Instant from, Instant until) {
        static Span from(Instant now, Duration lifetime) {
            return new Span(now.minus(BACKDATED), now.plus(lifetime));
        }
    }

    static KeyPair ecKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
        return generator.generateKeyPair();
    }

    static KeyPair rsaKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048, RANDOM);
        return generator.generateKeyPair();
    }

    private static X509v3CertificateBuilder draft(
            X500Principal issuer, X500Principal subject, PublicKey key, Span span) {
        return new JcaX509v3CertificateBuilder(
                issuer, new BigInteger(127, RANDOM), Date.from(span.from()), Date.from(span.until()), subject, key);
    }

    private static X509Certificate signed(X509v3CertificateBuilder draft, PrivateKey key)
            throws GeneralSecurityException {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(draft.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static GeneralName alternativeName(String name) {
        return new GeneralName(CertificateNames.isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName, name);
    }
}
