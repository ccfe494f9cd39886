package io.berth.script.host;

import io.berth.core.product.Scripts;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.graalvm.polyglot.Source;

/// A source, ready to be evaluated: as it stands in a realm of its own, or inside a function in a realm that
/// is kept, where what it declares lives as long as one call.
final class Program {
    static final String NAME = "script.js";

    /// The one line a function adds before the source; on the first line, so that lines keep their numbers.
    private static final String OPEN = "(function () {";

    private static final String BUILT_INS =
            "(?:Object|Function|Array|String|Number|Boolean|Symbol|Date|RegExp|Math|JSON"
                    + "|(?:Eval|Range|Reference|Syntax|Type|URI)?Error|ArrayBuffer|DataView|Float(?:32|64)Array"
                    + "|(?:Int|Uint)(?:8|16|32)Array|Uint8ClampedArray|Map|Set|WeakMap|WeakSet|Promise)";

    private static final String FUNCTIONS = Arrays.stream(Scripts.Function.values())
            .map(Scripts.Function::word)
            .map(word -> word + ": typeof " + word + " === 'function' ? " + word + " : null")
            .collect(Collectors.joining(", ", "({", "})\n"));

    /// What only works in a realm of its own: to extend a built-in object, to make code of text, to see what
    /// the script declares as properties of the global object. Found too often, this costs time; found too
    /// rarely, a script is told that a built-in object is frozen, or its write is ignored.
    private static final Pattern NEEDS_OWN_REALM =
            Pattern.compile("\\b(?:globalThis|eval|Reflect|Proxy|__proto__|setPrototypeOf|__define[GS]etter__)\\b"
                    + "|\\bFunction\\s*\\("
                    + "|\\b(?:assign|define(?:Property|Properties))\\s*\\(\\s*(?:this|" + BUILT_INS + ")\\b"
                    + "|\\b" + BUILT_INS + "\\s*\\.\\s*prototype\\s*(?:\\[|\\.\\s*\\w+\\s*=(?!=)|[;,)=])"
                    + "|\\b" + BUILT_INS + "\\s*(?:\\.\\s*\\w+|\\[[^\\]]*\\])\\s*=(?!=)"
                    + "|\\bthis\\s*(?:\\[|[;,)=])");

    private static final Pattern COMMENT_OR_TEXT = Pattern.compile(
            "(\"(?:[^\"\\\\\\n]++|\\\\.)*+\"|'(?:[^'\\\\\\n]++|\\\\.)*+')|/\\*[\\s\\S]*?\\*/|//[^\\n]*");

    private final Source bare;
    private final Source plain;
    private final Source enclosed;
    private final boolean needsOwnRealm;

    Program(String source) {
        this.bare = source(source);
        this.plain = source(source + "\n;" + FUNCTIONS);
        this.enclosed = source(OPEN + source + "\n;return " + FUNCTIONS + "})");
        this.needsOwnRealm = NEEDS_OWN_REALM
                .matcher(COMMENT_OR_TEXT.matcher(source).replaceAll("$1"))
                .find();
    }

    /// As it was written: what cannot be read is told with its own lines, and nothing in it ends what encloses it.
    Source bare() {
        return bare;
    }

    /// Evaluates to an object of its functions by their words; null where there is none.
    Source plain() {
        return plain;
    }

    /// Evaluates to a function that answers the same.
    Source enclosed() {
        return enclosed;
    }

    boolean needsOwnRealm() {
        return needsOwnRealm;
    }

    private static Source source(String text) {
        return Source.newBuilder("js", text, NAME).buildLiteral();
    }
}
