package io.berth.dialect;

import io.berth.core.login.LoginFault;
import io.berth.core.login.Refusal.SignatureCheck;
import org.jspecify.annotations.Nullable;

/// Why a dialect refuses a login, and what the peer hears.
///
/// @param cause for the operator: what is wrong
/// @param fix for the operator: what to do
/// @param check how the credential was checked, null when it did not come to that
public record LoginFailure(
        ConnectAnswer answer,
        LoginFault fault,
        String cause,
        String fix,
        @Nullable SignatureCheck check) {
    public static LoginFailure malformed(LoginFault fault, String cause, String fix) {
        return new LoginFailure(ConnectAnswer.MALFORMED, fault, cause, fix, null);
    }
}
