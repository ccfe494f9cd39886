package io.berth.rule.influxdb;

import java.util.LinkedHashMap;
import java.util.Map;

/// Reads line protocol as a server does, letter by letter, knowing nothing of how it is written here.
///
/// @param fields texts without quotes, all else as it stands
record LineProtocol(String measurement, Map<String, String> tags, Map<String, String> fields, String time) {

    static LineProtocol parse(String line) {
        Reading reading = new Reading(line);
        String measurement = reading.until(", ", ", ");
        Map<String, String> tags = new LinkedHashMap<>();
        while (reading.take(',')) {
            String key = reading.until("=", ",= ");
            reading.expect('=');
            tags.put(key, reading.until(", ", ",= "));
        }
        reading.expect(' ');
        Map<String, String> fields = new LinkedHashMap<>();
        do {
            String key = reading.until("=", ",= ");
            reading.expect('=');
            fields.put(key, reading.take('"') ? reading.quoted() : reading.until(", ", ""));
        } while (reading.take(','));
        reading.expect(' ');
        return new LineProtocol(measurement, tags, fields, reading.rest());
    }

    private static final class Reading {
        private final String line;
        private int at;

        Reading(String line) {
            this.line = line;
        }

        /// Up to one of `ends` that no backslash stands before; a backslash before one of `special` goes.
        String until(String ends, String special) {
            StringBuilder text = new StringBuilder();
            while (ends.indexOf(line.charAt(at)) < 0) {
                char c = line.charAt(at++);
                if (c == '\\' && special.indexOf(line.charAt(at)) >= 0) {
                    c = line.charAt(at++);
                }
                if (c == '\n') {
                    throw new IllegalStateException("the line ends at " + at);
                }
                text.append(c);
            }
            return text.toString();
        }

        String quoted() {
            StringBuilder text = new StringBuilder();
            for (char c = line.charAt(at++); c != '"'; c = line.charAt(at++)) {
                boolean escape = c == '\\' && "\"\\".indexOf(line.charAt(at)) >= 0;
                text.append(escape ? line.charAt(at++) : c);
            }
            return text.toString();
        }

        boolean take(char c) {
            boolean there = at < line.length() && line.charAt(at) == c;
            at += there ? 1 : 0;
            return there;
        }

        void expect(char c) {
            if (!take(c)) {
                throw new IllegalStateException("no " + c + " at " + at + " of " + line);
            }
        }

        String rest() {
            return line.substring(at);
        }
    }
}
