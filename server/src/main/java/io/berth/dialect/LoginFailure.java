package io.berth.dialect;

import io.berth.core.login.LoginFault;
import io.berth.core.login.Refusal;
import io.berth.core.login.Refusal.SignatureCheck;
import java.time.Instant;
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
    /// The login cannot be read.
    public static LoginFailure malformed(LoginFault fault, String cause, String fix) {
        return new LoginFailure(ConnectAnswer.MALFORMED, fault, cause, fix, null);
    }

    /// What it shows of itself is not right.
    public static LoginFailure wrong(LoginFault fault, String cause, String fix) {
        return new LoginFailure(ConnectAnswer.BAD_CREDENTIALS, fault, cause, fix, null);
    }

    /// It is who it says, and may not come in.
    public static LoginFailure denied(LoginFault fault, String cause, String fix) {
        return new LoginFailure(ConnectAnswer.NOT_AUTHORISED, fault, cause, fix, null);
    }

    public static LoginFailure disabled() {
        return denied(LoginFault.DEVICE_DISABLED, "the device is disabled", "enable it");
    }

    /// Guessing is slowed down: this login was not looked at.
    public static LoginFailure guarded() {
        return wrong(
                LoginFault.TOO_MANY_FAILURES,
                "too many failed logins of this device or from this address",
                "correct the credentials and wait; see the earlier refusals for what was wrong");
    }

    /// There is nothing wrong with the login: it may come again as it is.
    public static LoginFailure unavailable(String cause, String fix) {
        return new LoginFailure(ConnectAnswer.UNAVAILABLE, LoginFault.UNAVAILABLE, cause, fix, null);
    }

    /// The store did not answer.
    ///
    /// @param what was not possible
    public static LoginFailure unavailable(String what, Throwable failure) {
        return unavailable(
                what + ": " + failure.getMessage(),
                "check the store (disk, database connection); the device may try again");
    }

    /// The record for the operator.
    ///
    /// @param dialect which read the login, `none` when none did
    public Refusal refusal(String dialect, Claimant who, Instant time, Refusal.Channel channel) {
        return new Refusal(time, dialect, who.device(), who.claimed(), fault, cause, fix, who.fields(), check, channel);
    }
}
