package io.berth.dialect.aliyun.openapi;

import io.berth.core.Value;
import io.berth.json.ValueJson;
import java.util.List;

/// The same tree as XML (spec aliyun-openapi 1.1): members are elements, an array repeats its element.
final class XmlText {
    private final StringBuilder out = new StringBuilder(256).append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");

    private XmlText() {}

    static String write(String root, Value.Fields answer) {
        XmlText xml = new XmlText();
        xml.element(root, answer);
        return xml.out.toString();
    }

    private void element(String name, Value value) {
        if (value instanceof Value.Items(List<Value> items)) {
            items.forEach(item -> element(name, item));
            return;
        }
        out.append('<').append(name).append('>');
        switch (value) {
            case Value.Fields(var fields) -> fields.forEach(this::element);
            case Value.Text(String text) -> escape(text);
            case Value.Nothing _ -> {}
            case Value.Items _, Value.Whole _, Value.Decimal _, Value.Flag _, Value.Moment _ ->
                out.append(ValueJson.write(value));
        }
        out.append("</").append(name).append('>');
    }

    private void escape(String text) {
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '\r' -> out.append("&#13;"); // a reader would take it for a line feed
                default -> out.appendCodePoint(isXml(c) ? c : '\uFFFD');
            }
        });
    }

    /// What XML 1.0 has no way to say is replaced, or no reader would take the answer.
    private static boolean isXml(int c) {
        return c >= ' ' ? c < 0xD800 || (c > 0xDFFF && c < 0xFFFE) || c > 0xFFFF : c == '\n' || c == '\t';
    }
}
