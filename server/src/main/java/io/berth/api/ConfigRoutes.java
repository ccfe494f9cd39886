package io.berth.api;

import io.berth.api.Route.Nothing;
import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.caller.Area;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Delivery;
import io.berth.core.message.Downlink;
import io.berth.core.message.Downlink.ConfigPushed.Config;
import io.berth.core.product.Products;
import io.berth.core.product.RemoteConfig;
import io.berth.core.product.RemoteConfigs;
import io.berth.core.session.Downlinks;
import io.berth.core.session.Requests;
import io.berth.core.session.Session;
import io.berth.core.session.Sessions;
import io.berth.json.ValueJson;
import io.berth.web.Endpoint;
import io.berth.web.Exchange;
import io.berth.web.ProblemDocument;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Remote configurations of products: kept here, fetched by devices from an address nobody can guess, and
/// pushed to those that are online.
public final class ConfigRoutes implements NativeApi.Group {
    private final Products products;
    private final RemoteConfigs configs;
    private final Sessions sessions;
    private final Requests requests;
    private final Downlinks downlinks;
    private final Supplier<String> filesUrl;

    /// @param filesUrl where devices reach this server by HTTP, without a slash at the end
    public ConfigRoutes(
            Products products,
            RemoteConfigs configs,
            Sessions sessions,
            Requests requests,
            Downlinks downlinks,
            Supplier<String> filesUrl) {
        this.products = products;
        this.configs = configs;
        this.sessions = sessions;
        this.requests = requests;
        this.downlinks = downlinks;
        this.filesUrl = filesUrl;
    }

    @Override
    public List<Route<?, ?>> routes() {
        String path = "/products/{product}/config";
        return List.of(
                Route.get(
                        path,
                        Demand.read(Area.DEVICES),
                        "Shows the configuration",
                        Nothing.class,
                        ShownConfig.class,
                        this::show),
                Route.post(
                        path,
                        Demand.operate(Area.DEVICES),
                        "Replaces the configuration that devices of a product fetch",
                        NewConfig.class,
                        ShownConfig.class,
                        this::put),
                Route.post(
                        path + "/push",
                        Demand.operate(Area.DEVICES),
                        "Sends the configuration to the devices that are online, or to one",
                        Push.class,
                        Pushed.class,
                        this::push),
                Route.delete(
                        path,
                        Demand.operate(Area.DEVICES),
                        "Lets no device of the product have a configuration",
                        Nothing.class,
                        call -> configs.enable(product(call), false)));
    }

    /// Where devices fetch a configuration. The address is the secret: it holds 128 random bits.
    public Endpoint file() {
        return new Endpoint(Endpoint.Method.GET, "/files/config/{id}", this::fetch);
    }

    /// @param content a JSON document
    public record NewConfig(String content) {}

    /// @param enabled whether devices may have it
    public record ShownConfig(
            String id, boolean enabled, int bytes, String sha256, Instant created, String url, String content) {}

    /// @param device null for every device of the product
    public record Push(@Nullable String device) {}

    public record Pushed(int offered) {}

    private ShownConfig show(Call<Nothing> call) {
        return shown(current(product(call)));
    }

    private ShownConfig put(Call<NewConfig> call) {
        String product = product(call);
        Payload content = Payload.of(call.input().content());
        ProblemException.require(ValueJson.read(content).isPresent(), "a configuration is a JSON document");
        RemoteConfig config = configs.publish(product, content);
        configs.enable(product, true);
        return shown(config);
    }

    private Pushed push(Call<Push> call) {
        String product = product(call);
        RemoteConfig current = current(product);
        if (!configs.isEnabled(product)) {
            throw new ProblemException(
                    Problem.NOT_FOUND, "devices of " + product + " have no configuration now: put one first");
        }
        Config config =
                new Config(current.id(), url(current), current.content().size(), current.sha256(), current.content());
        String name = call.input().device();
        if (name != null) {
            send(new DeviceId(product, name), config);
            return new Pushed(sessions.isAttached(new DeviceId(product, name)) ? 1 : 0);
        }
        List<Session> online = sessions.ofProduct(product);
        online.forEach(session -> send(session.device(), config));
        return new Pushed(online.size());
    }

    private void send(DeviceId device, Config config) {
        downlinks.send(device, new Downlink.ConfigPushed(requests.nextId(), config), Delivery.UNWATCHED);
    }

    private RemoteConfig current(String product) {
        return configs.find(product)
                .orElseThrow(
                        () -> new ProblemException(Problem.NOT_FOUND, "product " + product + " has no configuration"));
    }

    private String product(Call<?> call) {
        return products.get(call.path("product")).key();
    }

    private ShownConfig shown(RemoteConfig config) {
        return new ShownConfig(
                config.id(),
                configs.isEnabled(config.product()),
                config.content().size(),
                config.sha256(),
                config.created(),
                url(config),
                config.content().text());
    }

    private String url(RemoteConfig config) {
        return filesUrl.get() + "/files/config/" + config.id();
    }

    private void fetch(Exchange exchange) throws IOException {
        Optional<RemoteConfig> config =
                configs.findById(exchange.parameter("id")).filter(found -> configs.isEnabled(found.product()));
        exchange.putHeader("Cache-Control", "no-store");
        if (config.isPresent()) {
            exchange.answer(200, "application/json", config.get().content().toBytes());
        } else {
            exchange.answer(ProblemDocument.of("NOT_FOUND", 404, "there is no such file"));
        }
    }
}
