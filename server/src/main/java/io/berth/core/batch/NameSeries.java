package io.berth.core.batch;

import static io.berth.core.ProblemException.require;

import io.berth.core.Value;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceId;
import io.berth.core.product.Product;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The made up names of a registration: a prefix and a number. They follow from the batch and the number
/// alone, so that no name needs a row before its device has one, and a batch goes on after a crash where it
/// was. They ascend, because a million keys in order are written several times faster than as many in any
/// order.
///
/// @param digits to which numbers are filled up with zeros
public record NameSeries(String prefix, int digits, long count) {
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9_@.:-]{0,48}");
    private static final String COUNT = "count";
    private static final String PREFIX_MEMBER = "prefix";

    /// Least digits: short batches look like their kind.
    private static final int LEAST_DIGITS = 4;

    /// @param prefix null for one that no other batch has
    static NameSeries of(BatchId id, long count, @Nullable String prefix) {
        String start = prefix != null ? prefix : Long.toString(id.number(), Character.MAX_RADIX);
        require(PREFIX.matcher(start).matches(), "a prefix has at most 48 of A-Z a-z 0-9 - _ @ . :");
        return new NameSeries(start, Math.max(LEAST_DIGITS, Long.toString(count).length()), count);
    }

    public static NameSeries of(Batch batch) {
        Document document = new Document(batch.document());
        return of(batch.id(), document.whole(COUNT), document.text(PREFIX_MEMBER));
    }

    /// As the document of a batch.
    Value.Fields document() {
        SequencedMap<String, Value> members = new LinkedHashMap<>();
        members.put(COUNT, new Value.Whole(count));
        members.put(PREFIX_MEMBER, new Value.Text(prefix));
        return new Value.Fields(members);
    }

    /// @param number from 1
    public String name(long number) {
        String text = Long.toString(number);
        return prefix + "0".repeat(Math.max(0, digits - text.length())) + text;
    }

    /// Refuses names no device of the product can have.
    void check(Product product) {
        String longest = name(count);
        require(
                DeviceId.isValid(product.key(), longest) && Device.isAlias(product.alias() + "_" + longest),
                "\"" + longest + "\" is too long for the name of a device");
    }
}
