// The official Node SDK keeps chat completions on the server at argv[2]: prints what it got as one JSON object.
import OpenAI from "openai";

const client = new OpenAI({ baseURL: `${process.argv[2]}/v1`, apiKey: "right", maxRetries: 0 });
const kept = client.chat.completions;
const got = {};

const made = [];
for (const part of ["one", "two", "three"]) {
  made.push(await kept.create({
    model: "echo", store: true, metadata: { part, run: "node" }, messages: [{ role: "user", content: part }],
  }));
}
got.made = made.map((each) => each.id);
got.walked = [];
for await (const each of kept.list({ limit: 2, metadata: { run: "node" } })) got.walked.push(each.id);
got.narrowed = (await kept.list({ metadata: { part: "two" } })).data.map((each) => each.id);
got.found = (await kept.retrieve(made[0].id)).choices[0].message.content;
got.messages = [];
for await (const each of kept.messages.list(made[0].id)) got.messages.push([each.role, each.content]);
got.changed = (await kept.update(made[0].id, { metadata: { part: "first" } })).metadata;
got.deleted = (await kept.delete(made[0].id)).deleted;
const unknown = await kept.retrieve(made[0].id).catch((error) => error);
got.unknown = [unknown.constructor.name, unknown.status];
for (const each of made.slice(1)) await kept.delete(each.id);
console.log(JSON.stringify(got));
