package io.berth.core.certificate;

import io.berth.core.credential.UsedCertificate;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.login.LoginFault;
import org.jspecify.annotations.Nullable;

/// What came of looking at the certificate of a login.
public sealed interface CertificateProof {
    /// It is this device; whether it may come in is another question.
    record Given(DeviceSnapshot device, UsedCertificate certificate) implements CertificateProof {}

    /// @param device the one meant, for the record; null when it could not be told
    /// @param cause for the operator: what is wrong
    /// @param fix for the operator: what to do
    record Missing(@Nullable DeviceId device, LoginFault fault, String cause, String fix) implements CertificateProof {}
}
