// The client is called as its users call it; what it hands back is looked at, in both formats.
// Needs JINGWEI_URL (http://localhost:3000) and JINGWEI_KEY (a key with the scope open311).
import assert from 'node:assert/strict';
import { promisify } from 'node:util';
import Open311 from 'open311';

const { JINGWEI_URL: url, JINGWEI_KEY: apiKey } = process.env;
assert.ok(url && apiKey, 'JINGWEI_URL and JINGWEI_KEY are needed');

/** A point in a grid of the small county. */
const place = { lat: 28.103, long: 112.902 };
const own = (client, name) => promisify(client[name]).bind(client);
const refused = async (call, status) => {
  const told = await new Promise((resolve) => call((error, text) => resolve({ error, text })));
  assert.ok(told.error, 'was not refused');
  assert.match(String(told.text), new RegExp(String(status)));
};

for (const format of ['json', 'xml']) {
  const client = new Open311({
    discovery: `${url}/open311/discovery.${format}`,
    apiKey,
    jurisdiction: '439901',
    format,
  });
  const found = await own(client, 'serviceDiscovery')({ cache: true });
  assert.equal(found.endpoints[0].specification, 'http://wiki.open311.org/GeoReport_v2');
  client.format = format; // the client prefers JSON whatever it is told
  const services = await own(client, 'serviceList')();
  const sunken = services.find(({ service_code }) => service_code === 'road-sunken');
  assert.equal(sunken.service_name, '路面塌陷');
  assert.equal(String(sunken.metadata), 'true');

  const definition = await own(client, 'serviceDefinition')('bridge');
  const [attribute] = definition.attributes;
  assert.equal(String(attribute.required), 'true');
  assert.ok(attribute.values.some(({ key }) => key === 'bridge-rail'));

  const description = `客户端 ${format}：栏杆断了 <3 & “危险” ${Date.now()}`;
  const attributes = { condition: 'bridge-rail' };
  const form = { service_code: 'bridge', ...place, description, attributes, first_name: '小明', phone: '17000000001' };
  const [made] = await own(client, 'submitRequest')(form);
  const id = made.service_request_id;
  assert.match(id, /^\d{8}-\d{6}$/);
  await refused((done) => client.submitRequest(form, done), id);

  const [read] = await own(client, 'serviceRequest')(id);
  assert.deepEqual([read.service_request_id, read.status, read.service_code], [id, 'open', 'bridge']);
  assert.ok(read.requested_datetime instanceof Date && !Number.isNaN(read.requested_datetime.getTime()));
  // The client sends its key with POST only: reading, it sees what everybody sees.
  assert.ok(!JSON.stringify(read).includes('客户端') && !JSON.stringify(read).includes('17000000001'));

  const several = await own(client, 'serviceRequests')([id, '20000101-000000'], {});
  assert.deepEqual(
    several.map(({ service_request_id }) => service_request_id),
    [id],
  );
  const open = await own(client, 'serviceRequests')({ status: 'open', service_code: 'bridge,street-lamp' });
  assert.ok(open.some(({ service_request_id }) => service_request_id === id));

  const [batch] = await own(client, 'submitRequest')({ service_code: 'street-stall', ...place, description });
  assert.ok(batch.token && !batch.service_request_id);
  const [token] = await own(client, 'token')(batch.token);
  assert.equal(token.token, batch.token);
  assert.ok(!token.service_request_id);

  await refused((done) => client.serviceRequest('20000101-000000', done), 404);
  await refused((done) => client.submitRequest({ ...form, service_code: 'no-such' }, done), 404);
  client.apiKey = 'jwk_1.wrong';
  await refused((done) => client.submitRequest(form, done), 403);
  process.stdout.write(`open311 0.0.12, ${format}: ok\n`);
}
