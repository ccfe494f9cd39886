package io.berth.dialect.aliyun.device;

import io.berth.core.credential.Secret;
import io.berth.core.enrol.Hindrance;
import io.berth.core.login.LoginFault;
import io.berth.core.login.Refusal.SignatureCheck;
import io.berth.dialect.ConnectAnswer;
import io.berth.dialect.LoginFailure;
import io.berth.dialect.LoginMistake;
import org.jspecify.annotations.Nullable;

/// A refused registration in the vendor's codes (spec aliyun-device 1.4, 2.1), and in words for the operator.
///
/// @param tried the product's secret that its signature was held against
record HinderedRegistration(Hindrance hindrance, RegistrationSign sign, Secret tried) {
    /// The code for whoever has more than four to hear.
    static AlinkCode code(Hindrance hindrance) {
        return switch (hindrance) {
            case PRODUCT_UNKNOWN -> AlinkCode.PRODUCT_NOT_FOUND;
            case SWITCHED_OFF, WRONG_AUTH_KIND, PREREGISTRATION_DEMANDED -> AlinkCode.REGISTRATION_OFF;
            case NOT_PROVEN -> AlinkCode.AUTH_ERROR;
            case DEVICE_UNKNOWN -> AlinkCode.DEVICE_NOT_FOUND;
            case DEVICE_DISABLED -> AlinkCode.DEVICE_FORBIDDEN;
            case ALREADY_ACTIVATED, NAME_TAKEN -> AlinkCode.ALREADY_ACTIVE;
            case PRODUCT_FULL, TOO_MANY -> AlinkCode.TOO_MANY_REQUESTS;
        };
    }

    /// Only who comes too fast may come again as it is.
    static ConnectAnswer answer(Hindrance hindrance) {
        return hindrance == Hindrance.TOO_MANY ? ConnectAnswer.UNAVAILABLE : ConnectAnswer.BAD_CREDENTIALS;
    }

    LoginFailure failure() {
        String product = sign.device().product();
        return switch (hindrance) {
            case PRODUCT_UNKNOWN ->
                because(
                        LoginFault.UNKNOWN_DEVICE,
                        "there is no product \"" + product + "\"",
                        "create it, or check the product key burned into the device (user name: name&key)");
            case SWITCHED_OFF ->
                because(
                        LoginFault.REGISTRATION_OFF,
                        "product " + product + " lets no device register by its secret",
                        "berth product update " + product + " --dynamic-registration on");
            case NOT_PROVEN -> notProven();
            case WRONG_AUTH_KIND ->
                because(
                        LoginFault.WRONG_AUTH_KIND,
                        "devices of product " + product + " log in by certificate and have no secret to fetch",
                        "give the device a certificate, or keep it in a product whose devices use secrets");
            case PREREGISTRATION_DEMANDED ->
                because(
                        LoginFault.REGISTRATION_OFF,
                        "product " + product + " lets in only devices that were registered before",
                        "register the device and let it use authType=register, or: berth product update " + product
                                + " --without-preregistration on");
            case DEVICE_UNKNOWN ->
                because(
                        LoginFault.UNKNOWN_DEVICE,
                        "there is no device \"" + sign.device().name() + "\" in product " + product,
                        "create it before it registers, or check the name burned into the device");
            case DEVICE_DISABLED -> because(LoginFault.DEVICE_DISABLED, "the device is disabled", "enable it");
            case ALREADY_ACTIVATED ->
                because(
                        LoginFault.ALREADY_ACTIVATED,
                        "the device has logged in already: the product's secret does not open it any more",
                        "if it lost its secret, reset it: berth device reset " + product + " "
                                + sign.device().name());
            case NAME_TAKEN ->
                because(
                        LoginFault.NO_ROOM,
                        "as many physical devices go by this name as may",
                        "look at them with berth risk show, then keep one or clear them all");
            case PRODUCT_FULL ->
                because(
                        LoginFault.NO_ROOM,
                        "product " + product + " has as many devices as it may",
                        "raise enrol.devices-per-product");
            case TOO_MANY ->
                because(
                        LoginFault.TOO_MANY_REGISTRATIONS,
                        "too many registrations of product " + product + " or from this address within a minute",
                        "the device may try again; raise enrol.per-product-per-minute or enrol.per-address-per-minute");
        };
    }

    private LoginFailure notProven() {
        LoginMistake mistake = sign.mistake(tried);
        return because(
                LoginFault.WRONG_SIGNATURE,
                mistake != null ? mistake.cause() : "not signed with the product's secret",
                mistake != null
                        ? mistake.fix()
                        : "compare the product's secret, and what is signed with the text below",
                sign.check(tried));
    }

    private LoginFailure because(LoginFault fault, String cause, String fix) {
        return because(fault, cause, fix, null);
    }

    private LoginFailure because(LoginFault fault, String cause, String fix, @Nullable SignatureCheck check) {
        return new LoginFailure(answer(hindrance), fault, cause, fix, check);
    }
}
