package io.berth.dialect.huawei;

/// How the members of a product model are spelt: `service_id` in the application API, `serviceId` in the files
/// of the console.
enum Spelling {
    SNAKE {
        @Override
        String of(String snake) {
            return snake;
        }
    },
    CAMEL {
        @Override
        String of(String snake) {
            StringBuilder camel = new StringBuilder(snake.length());
            for (int i = 0; i < snake.length(); i++) {
                camel.append(snake.charAt(i) == '_' ? Character.toUpperCase(snake.charAt(++i)) : snake.charAt(i));
            }
            return camel.toString();
        }
    };

    abstract String of(String snake);
}
