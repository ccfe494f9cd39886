package io.berth.core.batch;

import static io.berth.core.ProblemException.require;

import io.berth.core.CsvLines;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;

/// A file of devices of one product to register: its first line names the columns, as the vendor's console
/// writes them (`DeviceName,DeviceNickname`) or otherwise ([ListColumn]); each other line is a device, at the
/// place of its number. A line that says no device is a target that failed, and reading goes on; one line is
/// in memory at a time.
public final class RegistrationList implements TargetSource {
    /// What the decoder makes of bytes that are no UTF-8: other encodings of spreadsheets end up here.
    private static final char NO_CHARACTER = '\uFFFD';

    private final InputStream csv;
    private final String product;
    private final long maxBytes;
    private final Map<ListColumn, Integer> columns = new EnumMap<>(ListColumn.class);
    private int width;

    /// The caller closes the stream.
    public RegistrationList(InputStream csv, String product, long maxBytes) {
        this.csv = csv;
        this.product = product;
        this.maxBytes = maxBytes;
    }

    /// INVALID_ARGUMENT when its columns are not known, TOO_LARGE.
    @Override
    public void into(Consumer<Target> sink) {
        CsvLines lines = new CsvLines(new InputStreamReader(new BoundedInput(csv, maxBytes), StandardCharsets.UTF_8));
        require(lines.hasNext(), "the file is empty");
        readHeader(lines.next());
        require(lines.hasNext(), "the file has no line below the one that names the columns");
        lines.forEachRemaining(line -> sink.accept(target(line)));
    }

    private void readHeader(CsvLines.Line line) {
        switch (line) {
            case CsvLines.Line.Unreadable(long number, String reason) ->
                throw new ProblemException(Problem.INVALID_ARGUMENT, "line " + number + ": " + reason);
            case CsvLines.Line.Readable(long _, List<String> cells) -> {
                for (int i = 0; i < cells.size(); i++) {
                    String word = cells.get(i);
                    Optional<ListColumn> column = ListColumn.of(word);
                    require(
                            column.isPresent() || word.isEmpty(),
                            "column \"" + word + "\" is not known: the first line names " + ListColumn.words());
                    if (column.isPresent()) {
                        require(columns.put(column.get(), i) == null, "column \"" + word + "\" stands there twice");
                    }
                }
                require(
                        columns.containsKey(ListColumn.DEVICE_NAME),
                        "column \"" + ListColumn.DEVICE_NAME.word() + "\" is missing: the first line names "
                                + ListColumn.words());
                width = cells.size();
            }
        }
    }

    private Target target(CsvLines.Line line) {
        return switch (line) {
            case CsvLines.Line.Unreadable(long number, String reason) ->
                Target.unreadable(number, "", new ProblemException(Problem.INVALID_ARGUMENT, reason));
            case CsvLines.Line.Readable(long number, List<String> cells)
            when cells.size() > width ->
                Target.unreadable(
                        number,
                        "",
                        new ProblemException(
                                Problem.INVALID_ARGUMENT,
                                cells.size() + " columns, and the first line names " + width));
            case CsvLines.Line.Readable(long number, List<String> cells) -> target(number, cells);
        };
    }

    private Target target(long number, List<String> cells) {
        SequencedMap<String, Value> input = new LinkedHashMap<>();
        for (ListColumn column : columns.keySet()) {
            String cell = cell(cells, column);
            try {
                require(cell.indexOf(NO_CHARACTER) < 0, "is not UTF-8: save the file as \"CSV UTF-8\"");
                column.check(product, cell);
            } catch (ProblemException e) {
                return Target.unreadable(number, column.word(), e);
            }
            if (column.isInput() && !cell.isEmpty()) {
                input.put(column.member(), new Value.Text(cell));
            }
        }
        DeviceId id = new DeviceId(product, cell(cells, ListColumn.DEVICE_NAME));
        return Target.waiting(number, id.toString(), new Value.Fields(input));
    }

    private String cell(List<String> cells, ListColumn column) {
        int place = columns.getOrDefault(column, Integer.MAX_VALUE);
        return place < cells.size() ? cells.get(place) : "";
    }
}
