package io.berth.dialect;

import io.berth.core.credential.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// A secret as people burn it by mistake. Dialects try each to tell the operator which mistake a device
/// makes.
///
/// @param words how it differs, to follow "the device secret"
@SuppressWarnings("ArrayRecordComponent") // a key for Mac, used once and never compared
public record SecretSlip(String words, byte[] key) {
    /// Every slip of the secret that differs from it.
    public static List<SecretSlip> of(Secret secret) {
        String text = secret.reveal();
        List<SecretSlip> slips = new ArrayList<>();
        add(slips, secret, "in upper case", text.toUpperCase(Locale.ROOT));
        add(slips, secret, "in lower case", text.toLowerCase(Locale.ROOT));
        add(slips, secret, "with a line break behind it", text + "\n");
        add(slips, secret, "with a Windows line break behind it", text + "\r\n");
        add(slips, secret, "with a blank behind it", text + " ");
        add(slips, secret, "with a blank before it", " " + text);
        add(slips, secret, "with a zero byte behind it", text + "\0");
        add(slips, secret, "in quotes", "\"" + text + "\"");
        add(slips, secret, "with an & behind it", text + "&");
        if (text.length() % 2 == 0 && text.chars().allMatch(HexFormat::isHexDigit)) {
            slips.add(new SecretSlip(
                    "decoded from hexadecimal to bytes", HexFormat.of().parseHex(text)));
        }
        return slips;
    }

    private static void add(List<SecretSlip> slips, Secret secret, String words, String text) {
        if (!text.equals(secret.reveal())) {
            slips.add(new SecretSlip(words, text.getBytes(StandardCharsets.US_ASCII)));
        }
    }
}
