package io.berth.dialect.huawei;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/// Times as applications are told them (spec huawei-iotda 9), two in each notification: written by hand, which takes a
/// tenth of what a
/// formatter does.
public final class HuaweiStamp {
    private HuaweiStamp() {}

    /// `20151212T121212Z`
    public static String seconds(Instant time) {
        StringBuilder out = new StringBuilder(16);
        seconds(time, out);
        return out.toString();
    }

    public static void seconds(Instant time, StringBuilder out) {
        LocalDateTime at = LocalDateTime.ofEpochSecond(time.getEpochSecond(), 0, ZoneOffset.UTC);
        digits(at.getYear(), 4, out);
        digits(at.getMonthValue(), 2, out);
        digits(at.getDayOfMonth(), 2, out);
        out.append('T');
        digits(at.getHour(), 2, out);
        digits(at.getMinute(), 2, out);
        digits(at.getSecond(), 2, out);
        out.append('Z');
    }

    /// `2015-12-12T12:12:12.000Z`
    public static String millis(Instant time) {
        StringBuilder out = new StringBuilder(24);
        millis(time, out);
        return out.toString();
    }

    public static void millis(Instant time, StringBuilder out) {
        fine(time, 3, out);
    }

    /// `2015-12-12T12:12:12.000000Z`, as the identity service has them (spec huawei-iotda 6.3).
    public static String micros(Instant time) {
        StringBuilder out = new StringBuilder(27);
        fine(time, 6, out);
        return out.toString();
    }

    /// @param decimals of the second, nine at most
    private static void fine(Instant time, int decimals, StringBuilder out) {
        LocalDateTime at = LocalDateTime.ofEpochSecond(time.getEpochSecond(), time.getNano(), ZoneOffset.UTC);
        digits(at.getYear(), 4, out);
        digits(at.getMonthValue(), 2, out.append('-'));
        digits(at.getDayOfMonth(), 2, out.append('-'));
        digits(at.getHour(), 2, out.append('T'));
        digits(at.getMinute(), 2, out.append(':'));
        digits(at.getSecond(), 2, out.append(':'));
        int unit = 1_000_000_000;
        for (int i = 0; i < decimals; i++) {
            unit /= 10;
        }
        digits(at.getNano() / unit, decimals, out.append('.'));
        out.append('Z');
    }

    private static void digits(int number, int width, StringBuilder out) {
        int least = 10;
        for (int i = 1; i < width; i++) {
            if (number < least) {
                out.append('0');
            }
            least *= 10;
        }
        out.append(number);
    }
}
