package io.berth.storage;

import static io.berth.core.ProblemException.require;

import io.berth.core.Page;

/// Where a page of devices of several products begins: after this one, both parts empty for the first page.
/// Written `product/name`; neither part holds a slash.
record DeviceCursor(String product, String name) {
    static DeviceCursor of(Page.Request page) {
        String text = page.cursor().orElse("/");
        int slash = text.indexOf('/');
        require(slash >= 0, "\"" + text + "\" is no cursor of a list of devices");
        return new DeviceCursor(text.substring(0, slash), text.substring(slash + 1));
    }
}
