package io.berth.json;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/// A value in a document that a person wrote, and where it stands: `properties[3].dataType`. Asked for a type
/// it does not have, it notes a fault with its place and answers something harmless. Null counts as absent.
public final class Place {
    private static final int MAX_QUOTED = 40;
    private static final int MAX_DIGITS = 400;
    private static final String THE_FILE = "the file";

    private final String document;
    private final Value value;
    private final String path;
    private final Faults faults;

    private Place(String document, Value value, String path, Faults faults) {
        this.document = document;
        this.value = value;
        this.path = path;
        this.faults = faults;
    }

    /// The whole document; throws the problem, with line and column, when it is no JSON object.
    ///
    /// @param name of the document: `the file`, or its own where there are several
    public static Place root(String name, Payload document, Faults faults, Problem otherwise) {
        try (JsonParser json = ValueJson.open(document)) {
            if (json.nextToken() != null
                    && ValueJson.read(json) instanceof Value.Fields fields
                    && json.nextToken() == null) {
                return new Place(name, fields, "", faults);
            }
        } catch (JacksonException e) {
            throw new ProblemException(otherwise, name + " is no JSON: " + where(e), e);
        }
        throw new ProblemException(otherwise, name + " is not one JSON object");
    }

    /// The only document there is.
    public static Place root(Payload document, Faults faults, Problem otherwise) {
        return root(THE_FILE, document, faults, otherwise);
    }

    /// An object that was read already.
    public static Place of(String name, Value.Fields document, Faults faults) {
        return new Place(name, document, "", faults);
    }

    /// In our words: the parser's are about itself.
    private static String where(JacksonException e) {
        String what = switch (e) {
            case UnexpectedEndOfInputException _ -> "it breaks off";
            case StreamConstraintsException _ -> "something in it is too deep, too long or too large";
            default -> "it is wrong";
        };
        TokenStreamLocation place = e.getLocation();
        return place == null ? what : what + " at line " + place.getLineNr() + ", column " + place.getColumnNr();
    }

    public Value value() {
        return value;
    }

    public boolean isAbsent() {
        return value == Value.Nothing.NOTHING;
    }

    /// Whether this is an object, as it must be.
    public boolean requiredObject() {
        return expect(!isAbsent(), "is missing") && expect(value instanceof Value.Fields, shown() + " is no object");
    }

    public boolean isArray() {
        return value instanceof Value.Items;
    }

    /// Notes a fault here.
    public void fault(String detail) {
        if (path.isEmpty()) {
            faults.add(document + " " + detail);
        } else {
            faults.add((document.equals(THE_FILE) ? "" : document + " ") + path + ": " + detail);
        }
    }

    /// The same when it does not hold.
    public boolean expect(boolean holds, String detail) {
        if (!holds) {
            fault(detail);
        }
        return holds;
    }

    /// The member of this object, absent when there is none or this is no object.
    public Place member(String name) {
        Value member = value instanceof Value.Fields fields ? fields.get(name) : Value.Nothing.NOTHING;
        return new Place(document, member, path.isEmpty() ? name : path + "." + name, faults);
    }

    /// The names of the members, none when this is absent.
    public Set<String> names() {
        if (value instanceof Value.Fields(var fields)) {
            return fields.sequencedKeySet();
        }
        expect(isAbsent(), shown() + " is no object");
        return Set.of();
    }

    /// The elements of this array, none when it is absent.
    public List<Place> items() {
        if (!(value instanceof Value.Items(List<Value> items))) {
            expect(isAbsent(), shown() + " is no array");
            return List.of();
        }
        List<Place> places = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            places.add(new Place(document, items.get(i), path + "[" + i + "]", faults));
        }
        return places;
    }

    /// The text, empty when it is absent.
    public String text() {
        if (value instanceof Value.Text(String text)) {
            return text;
        }
        expect(isAbsent(), shown() + " is no text");
        return "";
    }

    /// The text, which must be there and not be empty.
    public String requiredText() {
        if (isAbsent() || value.equals(new Value.Text(""))) {
            fault("is missing");
            return "";
        }
        return text();
    }

    /// The number, written as one or as a text; null when it is absent, empty or none. What has more digits
    /// than any device counts in only serves to fill the memory of whoever prints it, and is none.
    public @Nullable BigDecimal number() {
        String text = switch (value) {
            case Value.Whole(long number) -> Long.toString(number);
            case Value.Decimal(double number) -> Double.toString(number);
            default -> text();
        };
        BigDecimal number = number(text);
        expect(number != null || text.isEmpty(), shown() + " is no number");
        return number;
    }

    private static @Nullable BigDecimal number(String text) {
        try {
            BigDecimal number = text.length() <= MAX_DIGITS ? new BigDecimal(text) : null;
            return number != null && Math.abs((long) number.scale()) <= MAX_DIGITS ? number : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /// Yes or no, no when it is absent.
    public boolean flag() {
        if (value instanceof Value.Flag(boolean on)) {
            return on;
        }
        expect(isAbsent(), shown() + " is neither true nor false");
        return false;
    }

    /// What the word stands for; null, and a fault, when it is missing or none of the words.
    public <T> @Nullable T oneOf(Map<String, T> words) {
        String word = requiredText();
        T meant = words.get(word);
        if (meant == null && !word.isEmpty()) {
            fault(shown() + " is none of " + String.join(", ", words.keySet()));
        }
        return meant;
    }

    /// The value as a fault shows it, cut where it is long.
    public String shown() {
        String text = ValueJson.write(value);
        return text.length() <= MAX_QUOTED ? text : text.substring(0, MAX_QUOTED) + "…";
    }
}
