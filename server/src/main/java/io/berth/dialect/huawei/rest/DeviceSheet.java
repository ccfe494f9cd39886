package io.berth.dialect.huawei.rest;

import static io.berth.core.ProblemException.require;

import io.berth.core.Payload;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.batch.Batch;
import io.berth.core.batch.Target;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceProfile;
import io.berth.json.Members;
import io.berth.json.ValueJson;
import io.berth.sheet.Sheet;
import io.berth.sheet.Sheet.Row;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the targets of a task off a table (spec huawei-iotda 7.10). Its first line names the columns. The
/// vendor's pages do not show its template, so they are called like the members of the JSON: [Column] is all
/// there is to correct. A line that cannot be is a target that failed, called `line 7`.
final class DeviceSheet {
    private final Columns columns;
    private final Sight sight;
    private final Map<Column, Integer> places = new EnumMap<>(Column.class);
    private final Map<String, String> productKeys = new HashMap<>();
    private final Map<String, Long> lines = new HashMap<>();

    private DeviceSheet(Columns columns, Sight sight) {
        this.columns = columns;
        this.sight = sight;
    }

    enum Column {
        PRODUCT_ID,
        NODE_ID,
        DEVICE_ID,
        DEVICE_NAME,
        DESCRIPTION,
        SECRET,
        EXTENSION_INFO;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// However it is written: `Product ID`, `*product_id`.
        static Optional<Column> of(String header) {
            String word = header.replace("*", "").strip().replaceAll("[ -]+", "_");
            return List.of(values()).stream()
                    .filter(column -> column.word().equalsIgnoreCase(word))
                    .findFirst();
        }
    }

    /// @param must those without which a line says nothing
    private record Columns(Set<Column> must, Set<Column> may) {
        static Columns of(Batch.Kind kind) {
            return switch (kind) {
                case GENERATE, REGISTER ->
                    new Columns(
                            Set.of(Column.PRODUCT_ID, Column.NODE_ID),
                            Set.of(
                                    Column.DEVICE_ID,
                                    Column.DEVICE_NAME,
                                    Column.DESCRIPTION,
                                    Column.SECRET,
                                    Column.EXTENSION_INFO));
                case UPDATE ->
                    new Columns(
                            Set.of(Column.DEVICE_ID),
                            Set.of(Column.DEVICE_NAME, Column.DESCRIPTION, Column.EXTENSION_INFO));
                case DELETE, DISABLE, ENABLE, RESET, RESET_SECRET, SET, DESIRE, COMMAND, MESSAGE ->
                    new Columns(Set.of(Column.DEVICE_ID), Set.of());
            };
        }

        String words() {
            return words(must) + (may.isEmpty() ? "" : ", and may have " + words(may));
        }

        private static String words(Set<Column> columns) {
            return String.join(", ", columns.stream().sorted().map(Column::word).toList());
        }
    }

    /// INVALID_ARGUMENT when its columns are not those of the kind.
    static List<Target> targets(Sheet sheet, Batch.Kind kind, Sight sight) {
        require(sheet.rows().size() > 1, "the file has no line below the one that names the columns");
        DeviceSheet devices = new DeviceSheet(Columns.of(kind), sight);
        devices.readHeader(sheet.rows().getFirst());
        List<Target> targets = new ArrayList<>();
        for (Row row : sheet.rows().subList(1, sheet.rows().size())) {
            targets.add(devices.target(targets.size() + 1L, row));
        }
        return targets;
    }

    private void readHeader(Row header) {
        for (int i = 0; i < header.cells().size(); i++) {
            String word = header.cell(i);
            Optional<Column> column = Column.of(word)
                    .filter(found ->
                            columns.must().contains(found) || columns.may().contains(found));
            require(
                    column.isPresent() || word.isEmpty(),
                    "column \"" + word + "\" is not known: the file must have " + columns.words());
            if (column.isPresent()) {
                require(places.put(column.get(), i) == null, "column \"" + word + "\" stands there twice");
            }
        }
        for (Column column : columns.must()) {
            require(
                    places.containsKey(column),
                    "column \"" + column.word() + "\" is missing: the file must have " + columns.words());
        }
    }

    private Target target(long place, Row row) {
        try {
            for (Column column : columns.must()) {
                require(!cell(row, column).isEmpty(), "\"" + column.word() + "\" is missing");
            }
            Target target = places.containsKey(Column.PRODUCT_ID)
                    ? Target.waiting(place, newDevice(row).toString(), input(row))
                    : Target.waiting(place, cell(row, Column.DEVICE_ID), input(row));
            Long before = lines.putIfAbsent(target.name(), row.number());
            require(before == null, "the same device as in line " + before);
            return target;
        } catch (ProblemException e) {
            return Target.refused(
                    place,
                    "line " + row.number(),
                    new ProblemException(e.problem(), "line " + row.number() + ": " + e.detail(), e));
        }
    }

    private DeviceId newDevice(Row row) {
        String product = cell(row, Column.PRODUCT_ID);
        String key = productKeys.computeIfAbsent(
                product, wanted -> sight.product(wanted).key());
        return new DeviceId(key, cell(row, Column.NODE_ID));
    }

    /// In core's words; an empty cell says nothing.
    private Value.Fields input(Row row) {
        String extension = cell(row, Column.EXTENSION_INFO);
        require(
                extension.isEmpty()
                        || ValueJson.readFields(Payload.of(extension)).isPresent(),
                "\"extension_info\" is no JSON object");
        Members input = new Members()
                .withUnlessEmpty("nickname", cell(row, Column.DEVICE_NAME))
                .withUnlessEmpty("description", cell(row, Column.DESCRIPTION))
                .withUnlessEmpty("extension", extension);
        new DeviceProfile(cell(row, Column.DEVICE_NAME), cell(row, Column.DESCRIPTION), extension, false, null);
        return places.containsKey(Column.NODE_ID) ? newInput(row, input).end() : input.end();
    }

    private Members newInput(Row row, Members input) {
        String id = cell(row, Column.DEVICE_ID);
        String secret = cell(row, Column.SECRET);
        if (!id.isEmpty()) {
            HuaweiDeviceRoutes.requireId(id);
        }
        if (!secret.isEmpty()) {
            HuaweiDeviceRoutes.secret(secret);
        }
        return input.with("node-id", cell(row, Column.NODE_ID))
                .withUnlessEmpty("alias", id)
                .withUnlessEmpty("secret", secret);
    }

    private String cell(Row row, Column column) {
        Integer place = places.get(column);
        return place == null ? "" : row.cell(place);
    }
}
