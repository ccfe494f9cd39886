package io.berth.core;

import java.util.Locale;

/// Whether one name may be a slip of the pen for another: at most two letters added, lost or changed, any case.
public final class NearName {
    private static final int MAX_EDITS = 2;

    private NearName() {}

    public static boolean isNear(String given, String known) {
        if (given.length() > 64) {
            return false;
        }
        int edits = edits(given.toLowerCase(Locale.ROOT), known.toLowerCase(Locale.ROOT));
        return edits <= MAX_EDITS && edits < known.length();
    }

    private static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
