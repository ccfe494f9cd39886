'use strict';

// One device, driven by its operator over stdin and stdout: a JSON command per line in, a JSON event per line out.
// Everything on the wire is the vendor's SDK as published; this file only calls its documented methods.
const readline = require('readline');
const iot = require('alibabacloud-iot-device-sdk');

const stdout = process.stdout;
const tell = (event, facts) => stdout.write(JSON.stringify(Object.assign({ event }, facts)) + '\n');

let device;

const commands = {
  // {"do":"connect","productKey":…,"deviceName":…,"deviceSecret":…,"brokerUrl":"mqtt://127.0.0.1:1883"} and any
  // other option of the SDK
  connect(options) {
    device = iot.device(options);
    ['connect', 'close', 'offline', 'reconnect'].forEach(name => device.on(name, () => tell(name)));
    // the SDK hands on the arguments of its MQTT client as one array
    device.on('error', ([error]) => tell('error', { code: error.code, message: error.message }));
    device.on('message', (topic, payload) => tell('message', { topic, payload: payload.toString() }));
    device.onProps(request => tell('props', { request }));
  },

  subscribe({ topic, qos = 1 }) {
    device.subscribe(topic, { qos }, (error, granted) =>
      tell('subscribed', { topic, granted: error ? null : granted.map(grant => grant.qos) }));
  },

  publish({ topic, payload, qos = 1 }) {
    device.publish(topic, payload, { qos }, error => tell('published', { topic, failure: error && error.message }));
  },

  postProps({ props }) {
    device.postProps(props, reply => tell('postReply', { reply }));
  },

  postEvent({ name, params }) {
    device.postEvent(name, params, reply => tell('postReply', { reply }));
  },

  // answers every synchronous call of the service from now on
  serve({ service, output }) {
    device.onService(service, (request, reply) => {
      tell('called', { request });
      reply({ id: request.id, code: 200, data: output }, 'sync');
    });
  },

  end() {
    if (device) {
      device.end(false, {}, () => process.exit(0));
    } else {
      process.exit(0);
    }
  },
};

const lines = readline.createInterface({ input: process.stdin });
lines.on('line', line => {
  const command = JSON.parse(line);
  commands[command.do](command);
});
// whoever drives the device has gone
lines.on('close', () => commands.end());
