package io.berth.rule.sql;

import io.berth.core.Value;
import io.berth.json.ValueJson;
import java.util.List;
import java.util.Locale;

/// Values read as texts, and the functions on texts that both dialects have.
final class Texts {
    private static final int MAX_SHOWN = 40;

    private Texts() {}

    /// A text as it is, a number in digits, an object or an array as JSON.
    static String of(Value value) {
        return value instanceof Value.Text(String text) ? text : ValueJson.write(value);
    }

    /// The value as a fault shows it. Cut: it may be a whole message.
    static String shown(Value value) {
        String text = ValueJson.write(value);
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }

    static Value concat(Run run, List<Value> given) {
        String left = of(given.getFirst());
        String right = of(given.getLast());
        run.spend((long) left.length() + right.length());
        return new Value.Text(left + right);
    }

    static Value lower(Run run, List<Value> given) {
        return new Value.Text(read(run, given.getFirst()).toLowerCase(Locale.ROOT));
    }

    static Value upper(Run run, List<Value> given) {
        return new Value.Text(read(run, given.getFirst()).toUpperCase(Locale.ROOT));
    }

    static Value startsWith(Run run, List<Value> given) {
        return Truth.of(read(run, given.getFirst()).startsWith(of(given.getLast())));
    }

    static Value endsWith(Run run, List<Value> given) {
        return Truth.of(read(run, given.getFirst()).endsWith(of(given.getLast())));
    }

    static String read(Run run, Value value) {
        String text = of(value);
        run.spend(text.length());
        return text;
    }

    /// Every place of the second in the first becomes the third, left to right. The length of the result is
    /// known before it is made.
    static Value replace(Run run, List<Value> given) {
        String text = of(given.get(0));
        String wanted = of(given.get(1));
        String put = of(given.get(2));
        run.spendOnSearch(text, wanted);
        if (wanted.isEmpty()) {
            return new Value.Text(text);
        }
        long places = 0;
        for (int at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length())) {
            places++;
        }
        run.spend(text.length() + places * put.length());
        return new Value.Text(text.replace(wanted, put));
    }

    /// From the start, which counts, to the end, which does not; places outside the text are moved to its ends.
    /// Only of texts and whole numbers, as the vendor's table has it.
    static Value substring(Run run, List<Value> given) {
        if (!(given.getFirst() instanceof Value.Text) && !(given.getFirst() instanceof Value.Whole)) {
            throw new SqlFault(shown(given.getFirst()) + " is neither a text nor a whole number");
        }
        String text = read(run, given.getFirst());
        int from = within(text, given.get(1));
        int to = given.size() == 3 ? within(text, given.get(2)) : text.length();
        return new Value.Text(from < to ? text.substring(from, to) : "");
    }

    private static int within(String text, Value place) {
        return (int) Math.clamp(Numbers.real(place), 0, text.length());
    }
}
