package io.berth.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Aligned columns under a line of titles. Rows come page by page, so a long listing needs no more memory than one
/// page; a later page may widen a column, never narrow it.
final class Table {
    private static final String GAP = "  ";

    private final PrintWriter out;
    private final int[] widths;
    private List<List<String>> page = new ArrayList<>();

    Table(PrintWriter out, String... titles) {
        this.out = out;
        this.widths = new int[titles.length];
        page.add(Arrays.asList(titles));
    }

    void row(String... cells) {
        page.add(Arrays.stream(cells)
                .map(cell -> cell.isEmpty() ? "-" : Printable.of(cell))
                .toList());
    }

    /// Prints the rows collected so far.
    void print() {
        for (List<String> row : page) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], Printable.width(row.get(i)));
            }
        }
        page.forEach(row -> out.println(line(row)));
        page = new ArrayList<>();
    }

    private String line(List<String> row) {
        return IntStream.range(0, row.size())
                .mapToObj(i -> Printable.padded(row.get(i), widths[i]))
                .collect(Collectors.joining(GAP))
                .stripTrailing();
    }
}
