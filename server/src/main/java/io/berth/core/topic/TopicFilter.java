package io.berth.core.topic;

import static io.berth.core.ProblemException.require;

/// What a subscriber asks for: a topic in which `+` stands for one level and a last `#` for the level before it and all
/// below (MQTT 3.1.1 section 4.7). Neither wildcard at the first level matches a topic that begins with `$`.
public record TopicFilter(String text) {
    public TopicFilter {
        require(
                isValid(text),
                "a topic filter has 1 to 65535 bytes, + only as a whole level, # only as the whole last level");
    }

    public static boolean isValid(String text) {
        int end = text.length();
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            boolean opensLevel = i == 0 || text.charAt(i - 1) == '/';
            boolean closesLevel = i + 1 == end || text.charAt(i + 1) == '/';
            if (c == 0 || (c == '+' && !(opensLevel && closesLevel)) || (c == '#' && !(opensLevel && i + 1 == end))) {
                return false;
            }
        }
        return end > 0 && Topic.fits(text);
    }

    public boolean matches(Topic topic) {
        return matches(topic.text());
    }

    /// Matches a topic known to be valid. Allocates nothing.
    public boolean matches(String topic) {
        if (topic.charAt(0) == '$' && (text.charAt(0) == '+' || text.charAt(0) == '#')) {
            return false;
        }
        int f = 0;
        int t = 0;
        int filterEnd = text.length();
        int topicEnd = topic.length();
        while (f < filterEnd) {
            char c = text.charAt(f);
            if (c == '#') {
                return true;
            }
            if (c == '+') {
                while (t < topicEnd && topic.charAt(t) != '/') {
                    t++;
                }
                f++;
            } else if (t < topicEnd && topic.charAt(t) == c) {
                f++;
                t++;
            } else {
                // "a/#" matches its parent "a"
                return t == topicEnd && c == '/' && f + 2 == filterEnd && text.charAt(f + 1) == '#';
            }
        }
        return t == topicEnd;
    }

    /// Whether every topic this filter matches is matched by `other` too. What a right to subscribe is checked with.
    public boolean isWithin(TopicFilter other) {
        String[] mine = text.split("/", -1);
        String[] theirs = other.text.split("/", -1);
        for (int i = 0; i < theirs.length; i++) {
            if (theirs[i].equals("#")) {
                return !(i == 0 && text.startsWith("$"));
            }
            if (i >= mine.length) {
                return false;
            }
            boolean same = theirs[i].equals(mine[i]);
            boolean covered = theirs[i].equals("+") && !mine[i].equals("#") && !(i == 0 && text.startsWith("$"));
            if (!same && !covered) {
                return false;
            }
        }
        return mine.length == theirs.length;
    }

    @Override
    public String toString() {
        return text;
    }
}
