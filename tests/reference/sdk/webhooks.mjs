// The official Node SDK takes what the server at argv[2] delivers to this script: prints what it got as one JSON object.
import { createServer } from "node:http";
import OpenAI, { toFile } from "openai";

const client = new OpenAI({ baseURL: `${process.argv[2]}/v1`, apiKey: "right", maxRetries: 0 });
const got = {};

let heard;
const delivery = new Promise((resolve) => (heard = resolve));
const receiver = createServer(async (request, response) => {
  const body = (await request.toArray()).join("");
  response.writeHead(204).end();
  heard({ body, headers: request.headers });
});
await new Promise((resolve) => receiver.listen(0, "127.0.0.1", resolve));

const endpoint = await client.post("/webhook_endpoints", {
  body: { name: "node", url: `http://127.0.0.1:${receiver.address().port}/`, event_types: ["batch.completed"] },
});
const line = {
  custom_id: "one",
  method: "POST",
  url: "/v1/chat/completions",
  body: { model: "echo", messages: [{ role: "user", content: "one" }] },
};
const file = await client.files.create({
  file: await toFile(Buffer.from(JSON.stringify(line)), "lines.jsonl"),
  purpose: "batch",
});
const batch = await client.batches.create({
  input_file_id: file.id, endpoint: line.url, completion_window: "24h",
});
const { body, headers } = await delivery;
const event = await client.webhooks.unwrap(body, headers, endpoint.signing_secret);
got.event = [event.object, event.type, event.data.id === batch.id];
const wrong = await client.webhooks.unwrap(`${body} `, headers, endpoint.signing_secret).catch((error) => error);
got.wrong = wrong.constructor.name;
await client.delete(`/webhook_endpoints/${endpoint.id}`);
receiver.close();
receiver.closeAllConnections();
console.log(JSON.stringify(got));
