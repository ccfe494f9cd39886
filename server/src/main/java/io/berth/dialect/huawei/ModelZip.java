package io.berth.dialect.huawei;

import static io.berth.core.Problem.MODEL_INVALID;

import io.berth.core.Payload;
import io.berth.core.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// The zip in which the console imports and exports product models. Unpacks no more than a model needs, however
/// much a small file claims to hold.
final class ModelZip {
    static final int MAX_ENTRIES = 2_000;
    static final int MAX_UNPACKED_BYTES = 4 * 1024 * 1024;

    /// The same model makes the same file.
    private static final LocalDateTime MADE = LocalDateTime.of(2000, 1, 1, 0, 0);

    private ModelZip() {}

    static boolean isZip(Payload file) {
        return file.size() > 4 && file.at(0) == 'P' && file.at(1) == 'K' && file.at(2) == 3 && file.at(3) == 4;
    }

    /// The JSON files in it by path.
    static SequencedMap<String, Payload> open(Payload file) {
        SequencedMap<String, Payload> files = new LinkedHashMap<>();
        // Latin-1: folders with Chinese names are packed in several encodings, and their names do not matter
        try (ZipInputStream zip =
                new ZipInputStream(new ByteArrayInputStream(file.toBytes()), StandardCharsets.ISO_8859_1)) {
            int left = MAX_UNPACKED_BYTES;
            int entries = 0;
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                byte[] content = zip.readNBytes(left + 1);
                left -= content.length;
                entries++;
                if (left < 0 || entries > MAX_ENTRIES) {
                    throw new ProblemException(MODEL_INVALID, "the zip unpacks to more than a product model can have");
                }
                if (entry.getName().endsWith(".json")) {
                    files.put(entry.getName(), Payload.owned(content));
                }
            }
            return files;
        } catch (IOException e) {
            throw new ProblemException(MODEL_INVALID, "the zip is damaged: " + e.getMessage(), e);
        }
    }

    static Payload pack(Map<String, Payload> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (var file : files.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setTimeLocal(MADE);
                zip.putNextEntry(entry);
                zip.write(file.getValue().toBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Payload.owned(bytes.toByteArray());
    }
}
