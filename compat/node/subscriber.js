'use strict';

// One subscriber on the AMQP client rhea, driven over stdin and stdout as device.js is.
const readline = require('readline');
const rhea = require('rhea');

const tell = (event, facts) => process.stdout.write(JSON.stringify(Object.assign({ event }, facts)) + '\n');

let connection;
// deliveries that the driver has not settled yet, in the order they came
const unsettled = [];

const commands = {
  // {"do":"connect","options":{…of rhea…},"source":"default","credit":10}
  connect({ options, source, credit }) {
    connection = rhea.create_container().connect(options);
    connection.on('connection_open', () => tell('open', { server: connection.remote.open.container_id }));
    connection.on('connection_error', ({ error }) => tell('error', { condition: error.condition }));
    connection.on('connection_close', () => tell('closed'));
    connection.on('disconnected', ({ error }) => tell('disconnected', { message: error && error.message }));
    connection.on('receiver_error', ({ receiver: { error } }) => tell('error', { condition: error.condition }));
    connection.on('receiver_open', ({ receiver }) => tell('attached', { address: receiver.source.address }));
    connection.on('message', ({ message, delivery }) => {
      unsettled.push(delivery);
      const isBytes = typeof message.body !== 'string';
      tell('message', {
        body: isBytes ? message.body.content.toString() : message.body,
        isBytes,
        deliveryCount: message.delivery_count || 0,
        messageId: message.message_id,
        properties: message.application_properties
      });
    });
    connection.open_receiver({ source, credit_window: credit, autoaccept: false });
  },

  // {"do":"settle","as":"accept"}, or release, reject, modified: the oldest delivery
  settle({ as }) {
    unsettled.shift()[as](as === 'modified' ? { delivery_failed: true } : undefined);
  },

  end() {
    connection.close();
    lines.close();
  }
};

const lines = readline.createInterface({ input: process.stdin });
lines.on('line', line => {
  const command = JSON.parse(line);
  commands[command.do](command);
});
