// The official Node SDK has a batch done on the server at argv[2]: prints what it got as one JSON object.
import OpenAI, { toFile } from "openai";

const client = new OpenAI({ baseURL: `${process.argv[2]}/v1`, apiKey: "right", maxRetries: 0 });
const url = "/v1/chat/completions";
const got = {};

const line = (id) =>
  JSON.stringify({
    custom_id: id,
    method: "POST",
    url,
    body: { model: "echo", messages: [{ role: "user", content: `said by ${id}` }] },
  });
const over = ["completed", "failed", "expired", "cancelled"];
const ended = async (id) => {
  for (;;) {
    const batch = await client.batches.retrieve(id);
    if (over.includes(batch.status)) return batch;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

const file = await client.files.create({
  file: await toFile(Buffer.from(["one", "two"].map(line).join("\n")), "lines.jsonl"),
  purpose: "batch",
});
const asked = { input_file_id: file.id, endpoint: url, completion_window: "24h", metadata: { run: "node" } };
const made = [await client.batches.create(asked), await client.batches.create(asked)];
const batch = await ended(made[0].id);
got.ended = [batch.status, batch.request_counts, batch.metadata];
const output = await (await client.files.content(batch.output_file_id)).text();
got.said = output
  .trim()
  .split("\n")
  .map((each) => JSON.parse(each))
  .map((each) => [each.custom_id, each.response.body.choices[0].message.content]);
got.walked = [];
for await (const each of client.batches.list({ limit: 1 })) got.walked.push(each.id);
got.made = made.map((each) => each.id);
const late = await client.batches.cancel(batch.id).catch((error) => error);
got.late = [late.constructor.name, late.status];
const unknown = await client.batches.retrieve("batch_nobody").catch((error) => error);
got.unknown = [unknown.constructor.name, unknown.status];
console.log(JSON.stringify(got));
