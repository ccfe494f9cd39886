package io.berth.sheet;

import io.berth.core.CsvLines;
import io.berth.core.CsvLines.Line;
import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// The first table of a file: its rows that are not blank.
public record Sheet(List<Row> rows) {
    private static final byte[] ZIP = {'P', 'K', 3, 4};

    public Sheet {
        rows = List.copyOf(rows);
    }

    /// @param number of its line in the file, from 1
    /// @param cells without blanks around them; those at the end may be missing
    public record Row(long number, List<String> cells) {
        public Row {
            cells = List.copyOf(cells);
        }

        /// Empty when there is none.
        public String cell(int column) {
            return column < cells.size() ? cells.get(column) : "";
        }
    }

    /// INVALID_ARGUMENT when it is no sheet, LIMIT_REACHED when it has too much.
    public static Sheet read(Payload file, SheetLimits limits) {
        Gathering rows = new Gathering(limits);
        if (isWorkbook(file)) {
            Workbook.read(file, limits, rows::add);
        } else {
            readLines(file, rows);
        }
        return new Sheet(rows.gathered);
    }

    private static boolean isWorkbook(Payload file) {
        return file.size() >= ZIP.length && file.buffer().slice(0, ZIP.length).equals(ByteBuffer.wrap(ZIP));
    }

    private static void readLines(Payload file, Gathering rows) {
        if (file.utf8().isEmpty() || file.utf8().get().indexOf('\0') >= 0) {
            throw new ProblemException(
                    Problem.INVALID_ARGUMENT, "the file is neither an xlsx workbook nor text in UTF-8");
        }
        CsvLines lines = new CsvLines(new StringReader(file.utf8().get()));
        while (lines.hasNext()) {
            switch (lines.next()) {
                case Line.Readable(long number, List<String> cells) -> rows.add(new Row(number, cells));
                case Line.Unreadable(long number, String reason) ->
                    throw new ProblemException(Problem.INVALID_ARGUMENT, "line " + number + ": " + reason);
            }
        }
    }

    /// Rows as they come, held against the limits.
    private static final class Gathering {
        private final SheetLimits limits;
        private final List<Row> gathered = new ArrayList<>();

        Gathering(SheetLimits limits) {
            this.limits = limits;
        }

        void add(Row row) {
            if (row.cells().stream().allMatch(String::isEmpty)) {
                return;
            }
            demand(row.cells().size() <= limits.maxColumns(), row, "columns", limits.maxColumns());
            for (String cell : row.cells()) {
                demand(cell.length() <= limits.maxCellLength(), row, "characters in a cell", limits.maxCellLength());
            }
            demand(gathered.size() < limits.maxRows(), row, "lines before it", limits.maxRows());
            gathered.add(row);
        }

        private static void demand(boolean holds, Row row, String what, int most) {
            if (!holds) {
                throw new ProblemException(
                        Problem.LIMIT_REACHED, "line " + row.number() + " has more than " + most + " " + what);
            }
        }
    }
}
