package io.berth.dialect.aliyun.openapi;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.caller.Area;
import io.berth.core.product.Product;
import io.berth.core.product.ProductTopic;
import io.berth.core.product.Products;
import io.berth.core.topic.Access;
import io.berth.core.topic.TopicClass;
import io.berth.json.Members;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Topic classes of products (spec aliyun-openapi 3.2).
final class ProductTopicActions implements Action.Group {
    private static final String CUSTOM = "user/";

    private final Products products;

    ProductTopicActions(Products products) {
        this.products = products;
    }

    @Override
    public List<Action<?>> actions() {
        Action.About about = new Action.About(Area.PRODUCTS, Family.TOPICS);
        return List.of(
                about.changes("CreateProductTopic", NewTopic.class, this::create),
                about.failing("messagebroker.QueryProductTopicListActionError")
                        .reads("QueryProductTopic", ProductActions.OneProduct.class, this::list),
                about.changes("UpdateProductTopic", ChangedTopic.class, this::update),
                about.changes("DeleteProductTopic", OneTopic.class, this::delete));
    }

    record NewTopic(
            String productKey,
            String topicShortName,
            String operation,
            @Nullable String desc) {}

    record ChangedTopic(
            long topicId,
            String topicShortName,
            String operation,
            @Nullable String desc) {}

    record OneTopic(long topicId) {}

    private Value.Fields create(Call<NewTopic> call) {
        NewTopic wanted = call.input();
        Product product = call.product(wanted.productKey());
        TopicClass topic = topic(wanted.topicShortName(), wanted.operation());
        demandNew(product, topic);
        if (product.topics().size() >= Product.MAX_TOPICS) {
            throw new ProblemException(
                    Problem.LIMIT_REACHED, "a product has at most " + Product.MAX_TOPICS + " topic classes");
        }
        products.allowTopic(product.key(), topic);
        ProductTopic made = products.topics(product.key()).stream()
                .filter(one -> one.topic().equals(topic))
                .findFirst()
                .orElseThrow();
        if (wanted.desc() != null) {
            products.changeTopic(new ProductTopic(made.id(), product.key(), topic, wanted.desc()));
        }
        return Value.Fields.of("TopicId", new Value.Whole(made.id()));
    }

    private Value.Fields list(Call<ProductActions.OneProduct> call) {
        List<Value> infos = products
                .topics(call.product(call.input().productKey()).key())
                .stream()
                .map(ProductTopicActions::info)
                .toList();
        return Value.Fields.of("Data", Value.Fields.of("ProductTopicInfo", new Value.Items(infos)));
    }

    private Value.Fields update(Call<ChangedTopic> call) {
        ChangedTopic wanted = call.input();
        ProductTopic known = known(call, wanted.topicId());
        TopicClass topic = topic(wanted.topicShortName(), wanted.operation());
        if (!topic.path().equals(known.topic().path())) {
            demandNew(call.product(known.product()), topic);
        }
        products.changeTopic(new ProductTopic(
                known.id(), known.product(), topic, Objects.requireNonNullElse(wanted.desc(), known.description())));
        return Value.Fields.NONE;
    }

    private Value.Fields delete(Call<OneTopic> call) {
        ProductTopic known = known(call, call.input().topicId());
        products.forbidTopic(known.product(), known.topic().path());
        return Value.Fields.NONE;
    }

    /// One of a product that does not exist for the caller does not exist either.
    private ProductTopic known(Call<?> call, long id) {
        ProductTopic topic = products.topic(id);
        try {
            call.product(topic.product());
        } catch (ProblemException e) {
            throw e.problem() == Problem.PRODUCT_NOT_FOUND ? Products.noTopic(id) : e;
        }
        return topic;
    }

    private static void demandNew(Product product, TopicClass topic) {
        boolean isTaken = product.topics().stream().anyMatch(one -> one.path().equals(topic.path()));
        Refusal.require(!isTaken, "messagebroker.TopicAlreadyFound", "there is a topic class " + topic.path());
    }

    /// The part behind `user/`, or the whole path as answers show it.
    private static TopicClass topic(String name, String operation) {
        String path = TopicClass.parse(name, Access.SUBSCRIBE).path();
        return new TopicClass(path.startsWith(CUSTOM) ? path : CUSTOM + path, access(operation));
    }

    private static Access access(String operation) {
        return switch (operation) {
            case "SUB" -> Access.SUBSCRIBE;
            case "PUB" -> Access.PUBLISH;
            case "ALL" -> Access.BOTH;
            default ->
                throw Refusal.of(
                        Problem.INVALID_ARGUMENT,
                        "messagebroker.InvalidTopicTemplateOperationValue",
                        "Operation is SUB, PUB or ALL");
        };
    }

    /// The number is a text here.
    private static Value info(ProductTopic topic) {
        return new Members()
                .with("Desc", topic.description())
                .with("Id", Long.toString(topic.id()))
                .with(
                        "Operation",
                        switch (topic.topic().access()) {
                            case SUBSCRIBE -> "SUB";
                            case PUBLISH -> "PUB";
                            case BOTH -> "ALL";
                        })
                .with("ProductKey", topic.product())
                .with(
                        "TopicShortName",
                        "/" + topic.product() + "/${deviceName}/"
                                + topic.topic().path())
                .end();
    }
}
