package io.berth.core.device;

import io.berth.core.device.DeviceStore.ImportVerdict;
import io.berth.core.device.Devices.Draft;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The devices that a list named by now, as 64-bit fingerprints: a million take less than 50 MB, and
/// the chance that any two of them meet is below one in a million. One thread.
public final class SeenDevices {
    private static final long EMPTY = 0;

    private final MessageDigest digest = sha256();
    private long[] table = new long[1 << 12];
    private int count;

    /// What an import would say of the draft because of an earlier one, null when none has its id or alias.
    public @Nullable ImportVerdict verdict(Draft draft) {
        if (contains(whole(draft))) {
            return ImportVerdict.UNCHANGED;
        }
        if (contains(id(draft))) {
            return ImportVerdict.DEVICE_EXISTS;
        }
        return contains(alias(draft)) ? ImportVerdict.ALIAS_TAKEN : null;
    }

    public void add(Draft draft) {
        add(whole(draft));
        add(id(draft));
        add(alias(draft));
    }

    private long whole(Draft draft) {
        String secret = draft.secret() == null ? "" : draft.secret().reveal();
        return fingerprint("whole\n" + draft.id() + "\n" + draft.alias() + "\n" + secret);
    }

    private long id(Draft draft) {
        return fingerprint("id\n" + draft.id());
    }

    private long alias(Draft draft) {
        return fingerprint("alias\n" + draft.alias());
    }

    private long fingerprint(String text) {
        byte[] hash = digest.digest(text.getBytes(StandardCharsets.UTF_8));
        long fingerprint = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            fingerprint = fingerprint << 8 | (hash[i] & 0xff);
        }
        return fingerprint == EMPTY ? 1 : fingerprint;
    }

    private boolean contains(long fingerprint) {
        return table[slot(table, fingerprint)] == fingerprint;
    }

    private void add(long fingerprint) {
        if (count >= table.length / 4 * 3) {
            long[] larger = new long[table.length * 2];
            Arrays.stream(table).filter(each -> each != EMPTY).forEach(each -> larger[slot(larger, each)] = each);
            table = larger;
        }
        int slot = slot(table, fingerprint);
        count += table[slot] == EMPTY ? 1 : 0;
        table[slot] = fingerprint;
    }

    /// Where the fingerprint is, or where it would go.
    private static int slot(long[] table, long fingerprint) {
        int mask = table.length - 1;
        int slot = (int) fingerprint & mask;
        while (table[slot] != EMPTY && table[slot] != fingerprint) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
