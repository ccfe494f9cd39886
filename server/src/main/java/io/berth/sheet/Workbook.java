package io.berth.sheet;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;

/// Reads xlsx. The library gets the parts of the file packed anew, in the number and length that were counted
/// while they were unpacked: what else the archive claims of itself never reaches it.
final class Workbook {
    private static final int MAX_PARTS = 200;
    private static final int BUFFER = 16 * 1024;

    /// Beyond it a number is written as the file has it: digits without end would fill the memory.
    private static final int MAX_SCALE = 40;

    private Workbook() {}

    static void read(Payload file, SheetLimits limits, Consumer<Sheet.Row> rows) {
        try (ReadableWorkbook workbook =
                        new ReadableWorkbook(new ByteArrayInputStream(repacked(file, limits.maxUnpackedBytes())));
                Stream<org.dhatim.fastexcel.reader.Row> lines =
                        workbook.getFirstSheet().openStream()) {
            lines.forEach(row -> rows.accept(new Sheet.Row(row.getRowNum(), cells(row, limits.maxColumns()))));
        } catch (ProblemException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // whatever the library trips over, the file is to blame
            throw new ProblemException(Problem.INVALID_ARGUMENT, "the file is no xlsx workbook that can be read", e);
        }
    }

    private static byte[] repacked(Payload file, int mostBytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER];
        long unpacked = 0;
        int parts = 0;
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(file.toBytes()));
                ZipOutputStream out = new ZipOutputStream(packed)) {
            out.setLevel(Deflater.BEST_SPEED);
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                demand(++parts <= MAX_PARTS, "more than " + MAX_PARTS + " parts");
                out.putNextEntry(new ZipEntry(entry.getName()));
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    unpacked += read;
                    demand(unpacked <= mostBytes, "more than " + mostBytes + " bytes when it is unpacked");
                    out.write(buffer, 0, read);
                }
            }
        }
        return packed.toByteArray();
    }

    /// Empty cells at the end are none: a row that is coloured has thousands.
    private static List<String> cells(org.dhatim.fastexcel.reader.Row row, int most) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < row.getCellCount(); i++) {
            String text = row.getOptionalCell(i).map(Workbook::text).orElse("").strip();
            demand(text.isEmpty() || i < most, "more than " + most + " columns");
            if (i < most) {
                cells.add(text);
            }
        }
        while (!cells.isEmpty() && cells.getLast().isEmpty()) {
            cells.removeLast();
        }
        return cells;
    }

    /// Whoever types an id of digits gets a number, and wants the digits.
    private static String text(Cell cell) {
        if (cell.getType() == CellType.NUMBER) {
            BigDecimal number = cell.asNumber();
            return Math.abs((long) number.scale()) <= MAX_SCALE ? number.toPlainString() : number.toString();
        }
        String text = cell.getText();
        return text == null ? "" : text;
    }

    private static void demand(boolean holds, String what) {
        if (!holds) {
            throw new ProblemException(Problem.LIMIT_REACHED, "the workbook has " + what);
        }
    }
}
