package io.berth.dialect.aliyun.openapi;

import io.berth.core.Value;
import io.berth.core.caller.Area;
import io.berth.core.product.Product;
import io.berth.core.state.RepeatRule;
import io.berth.core.state.Repeats;
import java.util.List;

/// Which values of properties are left out because they only repeat (spec aliyun-openapi 3.2).
final class RepeatActions implements Action.Group {
    private final Repeats repeats;

    RepeatActions(Repeats repeats) {
        this.repeats = repeats;
    }

    @Override
    public List<Action<?>> actions() {
        return List.of(new Action.About(Area.PRODUCTS, Family.PRODUCTS)
                .changes("UpdateProductFilterConfig", Filter.class, this::update));
    }

    record Filter(String productKey, boolean propertyTimestampFilter, boolean propertyValueFilter) {}

    private Value.Fields update(Call<Filter> call) {
        Filter wanted = call.input();
        Product product = call.product(wanted.productKey());
        repeats.put(new RepeatRule(product.key(), wanted.propertyTimestampFilter(), wanted.propertyValueFilter()));
        return Value.Fields.NONE;
    }
}
