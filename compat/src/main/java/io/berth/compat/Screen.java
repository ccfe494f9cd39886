package io.berth.compat;

import io.berth.compat.Tail.Line;
import java.io.Console;
import java.io.PrintStream;
import java.util.Optional;

/// What the demo shows: plain text, with a little colour on a terminal. Any thread.
final class Screen {
    private static final int PAYLOAD_WIDTH = 104;

    private enum Colour {
        BOLD(1),
        DIM(2),
        RED(31),
        GREEN(32),
        YELLOW(33),
        CYAN(36);

        private final int code;

        Colour(int code) {
            this.code = code;
        }
    }

    private final PrintStream out;
    private final boolean isColoured;

    private Screen(PrintStream out, boolean isColoured) {
        this.out = out;
        this.isColoured = isColoured;
    }

    static Screen ofThisTerminal() {
        boolean isTerminal = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .isPresent();
        return new Screen(System.out, isTerminal && System.getenv("NO_COLOR") == null);
    }

    void chapter(String title) {
        out.println();
        out.println(paint(Colour.BOLD, "== " + title));
    }

    void say(String text) {
        out.println("   " + text);
    }

    void aside(String text) {
        text.lines().forEach(line -> out.println(paint(Colour.DIM, "   | " + line)));
    }

    void up(Line line) {
        Colour colour = line.dialect().equals("aliyun") ? Colour.YELLOW : Colour.CYAN;
        out.println(paint(Colour.GREEN, " ^ ")
                + String.format("%-9s", line.device())
                + paint(colour, String.format("%-7s", line.dialect()))
                + String.format("%-9s", line.kind())
                + end(line.payload()));
    }

    void down(String text) {
        out.println(paint(Colour.RED, " v ") + text);
    }

    void failure(String text) {
        out.println(paint(Colour.RED, "!! ") + text);
    }

    /// Both wires put the values last, after ids and names.
    private static String end(String payload) {
        int surplus = payload.length() - PAYLOAD_WIDTH;
        return surplus <= 0 ? payload : "…" + payload.substring(surplus + 1);
    }

    private String paint(Colour colour, String text) {
        return isColoured ? "\033[" + colour.code + "m" + text + "\033[0m" : text;
    }
}
