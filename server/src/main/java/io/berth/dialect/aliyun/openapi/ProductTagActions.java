package io.berth.dialect.aliyun.openapi;

import io.berth.core.Slice;
import io.berth.core.Value;
import io.berth.core.caller.Area;
import io.berth.core.product.Product;
import io.berth.core.product.ProductFilter;
import io.berth.core.product.ProductTags;
import io.berth.core.product.Products;
import io.berth.json.Members;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Tags of products (spec aliyun-openapi 3.2).
final class ProductTagActions implements Action.Group {
    private static final int MAX_TAGS = 10;
    private static final int MAX_PAGE = 50;

    private final Products products;
    private final ProductTags tags;

    ProductTagActions(Products products, ProductTags tags) {
        this.products = products;
        this.tags = tags;
    }

    @Override
    public List<Action<?>> actions() {
        Action.About about = new Action.About(Area.PRODUCTS, Family.PRODUCTS);
        return List.of(
                about.changes("CreateProductTags", NewTags.class, this::put),
                about.changes("UpdateProductTags", NewTags.class, this::put),
                about.changes("DeleteProductTags", Keys.class, this::remove),
                about.reads("ListProductTags", ProductActions.OneProduct.class, this::list),
                about.reads("ListProductByTags", Tagged.class, this::find));
    }

    record NewTags(String productKey, List<Tag> productTag) {}

    record Tag(String tagKey, @Nullable String tagValue) {
        String value() {
            return Objects.requireNonNullElse(tagValue, "");
        }
    }

    record Keys(String productKey, List<String> productTagKey) {}

    record Tagged(
            List<Tag> productTag,
            @Nullable Integer currentPage,
            @Nullable Integer pageSize) {}

    /// Those that cannot be are named in the answer, and the others put.
    private Value.Fields put(Call<NewTags> call) {
        Product product = call.product(call.input().productKey());
        demandFew(call.input().productTag().size());
        SequencedMap<String, String> valid = new LinkedHashMap<>();
        List<Value> invalid = new ArrayList<>();
        for (Tag tag : call.input().productTag()) {
            if (ProductTags.isTag(tag.tagKey(), tag.value())) {
                valid.put(tag.tagKey(), tag.value());
            } else {
                invalid.add(words(tag.tagKey(), tag.value()));
            }
        }
        tags.put(product.key(), valid);
        return Value.Fields.of("InvalidProductTags", Value.Fields.of("ProductTag", new Value.Items(invalid)));
    }

    private Value.Fields remove(Call<Keys> call) {
        demandFew(call.input().productTagKey().size());
        tags.remove(call.product(call.input().productKey()).key(), call.input().productTagKey());
        return Value.Fields.NONE;
    }

    private Value.Fields list(Call<ProductActions.OneProduct> call) {
        List<Value> shown = new ArrayList<>();
        tags.find(call.product(call.input().productKey()).key()).forEach((key, value) -> shown.add(words(key, value)));
        return Value.Fields.of("Data", Value.Fields.of("ProductTag", new Value.Items(shown)));
    }

    private Value.Fields find(Call<Tagged> call) {
        Tagged wanted = call.input();
        Paging paging = Paging.of(wanted.currentPage(), wanted.pageSize(), MAX_PAGE);
        demandFew(wanted.productTag().size());
        Map<String, String> all = new HashMap<>();
        for (Tag tag : wanted.productTag()) {
            if (tag.tagValue() == null) {
                throw Refusal.unsupported("products are found by the value of a tag too");
            }
            all.put(tag.tagKey(), tag.tagValue());
        }
        ProductFilter where = new ProductFilter(call.rights().spaces(), null, all, null);
        Slice.Found<Product> found = products.find(where, paging.slice());
        List<Value> infos = found.items().stream()
                .<Value>map(product -> new Members()
                        .with("CreateTime", product.created().toEpochMilli())
                        .with("Description", product.profile().description())
                        .with("NodeType", product.nodeType() == Product.NodeType.GATEWAY ? 1 : 0)
                        .with("ProductKey", product.key())
                        .with("ProductName", product.name())
                        .end())
                .toList();
        return Value.Fields.of("ProductInfos", Value.Fields.of("ProductInfo", new Value.Items(infos)));
    }

    private static Value words(String key, String value) {
        return new Members().with("TagKey", key).with("TagValue", value).end();
    }

    private static void demandFew(int count) {
        Refusal.require(count <= MAX_TAGS, "prod.TooManyProductTags", "at most " + MAX_TAGS + " tags at a time");
    }
}
