package io.berth.core.certificate;

import static io.berth.core.ProblemException.require;

import java.time.Duration;

/// @param validity of certificates for devices, where nobody asks for another
/// @param key what kind of key they have, likewise
/// @param keepKeys how long a private key can be fetched after it was made; 0: only the answer that made it
/// has it
/// @param warnBefore how long before its end a certificate is warned of
/// @param maxAuthorities of owners
/// @param maxTemplates for devices that register themselves
/// @param maxRevocations in the revocation list of one authority
/// @param linkLifetime how long a link to the certificates of a batch works
public record CertificateConfig(
        Duration validity,
        Mint.KeyKind key,
        Duration keepKeys,
        Duration warnBefore,
        int maxAuthorities,
        int maxTemplates,
        int maxRevocations,
        Duration linkLifetime) {
    private static final int MAX_YEARS = 30;

    /// Numbers of spec huawei-iotda 2.5, 2.6 and aliyun-openapi 3.2 where the vendors have them.
    public static final CertificateConfig DEFAULT = new CertificateConfig(
            Duration.ofDays(10 * 365),
            Mint.KeyKind.EC,
            Duration.ofDays(30),
            Duration.ofDays(30),
            100,
            10,
            100_000,
            Duration.ofDays(30));

    public CertificateConfig {
        demandValidity(validity);
        require(!keepKeys.isNegative(), "certificates.keep-keys is not negative");
        require(!warnBefore.isNegative(), "certificates.warn-before is not negative");
        require(maxAuthorities >= 1 && maxAuthorities <= 10_000, "certificates.max-authorities is between 1 and 10000");
        require(maxTemplates >= 1 && maxTemplates <= 1_000, "certificates.max-templates is between 1 and 1000");
        require(maxRevocations >= 1, "certificates.max-revocations is at least 1");
        require(
                linkLifetime.toMinutes() >= 1 && linkLifetime.toDays() <= 365,
                "certificates.link-lifetime is between 1 minute and 365 days");
    }

    static void demandValidity(Duration validity) {
        require(
                validity.toHours() >= 1 && validity.toDays() <= MAX_YEARS * 366,
                "a certificate is valid for 1 hour to " + MAX_YEARS + " years");
    }
}
