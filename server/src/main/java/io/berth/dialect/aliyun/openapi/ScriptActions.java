package io.berth.dialect.aliyun.openapi;

import io.berth.core.Value;
import io.berth.core.caller.Area;
import io.berth.core.product.Product;
import io.berth.core.product.ScriptLinks;
import io.berth.core.product.ScriptSources;
import io.berth.json.Members;
import java.util.List;

/// Scripts of products whose devices send bytes of their own (spec aliyun-openapi 3.2). JavaScript is the one
/// language here.
final class ScriptActions implements Action.Group {
    private static final String JAVASCRIPT = "JavaScript";

    private final ScriptSources scripts;
    private final ScriptLinks links;

    ScriptActions(ScriptSources scripts, ScriptLinks links) {
        this.scripts = scripts;
        this.links = links;
    }

    @Override
    public List<Action<?>> actions() {
        Action.About about = new Action.About(Area.MODELS, Family.MODELS);
        return List.of(
                about.changes("CreateThingScript", Source.class, call -> put(call, product(call))),
                about.changes("UpdateThingScript", Source.class, this::update),
                about.reads("GetThingScript", ProductActions.OneProduct.class, this::get));
    }

    record Source(String productKey, String scriptContent, String scriptType) {}

    private Value.Fields update(Call<Source> call) {
        Product product = product(call);
        scripts.get(product.key());
        return put(call, product);
    }

    private Value.Fields put(Call<Source> call, Product product) {
        if (!call.input().scriptType().equals(JAVASCRIPT)) {
            throw Refusal.unsupported(
                    "scripts are JavaScript here, not " + call.input().scriptType());
        }
        scripts.put(product.key(), call.input().scriptContent());
        return Value.Fields.NONE;
    }

    private Value.Fields get(Call<ProductActions.OneProduct> call) {
        String url = links.make(call.product(call.input().productKey()).key());
        return Value.Fields.of(
                "Data",
                new Members()
                        .with("ScriptType", JAVASCRIPT)
                        .with("ScriptUrl", url)
                        .end());
    }

    private static Product product(Call<Source> call) {
        return call.product(call.input().productKey());
    }
}
