// The official Node SDK keeps conversations on the server at argv[2]: prints what it got as one JSON object.
import OpenAI from "openai";

const client = new OpenAI({ baseURL: `${process.argv[2]}/v1`, apiKey: "right", maxRetries: 0 });
const kept = client.conversations;
const got = {};

const message = (content, role = "user") => ({ type: "message", role, content });
const texts = (items) => items.map((each) => each.content.map((part) => part.text).join(""));

const made = await kept.create({ items: [message("one"), message("two", "assistant")], metadata: { run: "node" } });
got.made = [made.object, made.metadata];
const added = await kept.items.create(made.id, { items: [message([{ type: "input_text", text: "naïve 日本語 🦊" }])] });
got.added = texts(added.data);
got.walked = [];
for await (const each of kept.items.list(made.id, { limit: 2 })) got.walked.push(...texts([each]));
got.oldest = texts((await kept.items.list(made.id, { order: "asc" })).data);
const one = await kept.items.retrieve(added.first_id, { conversation_id: made.id });
got.found = [one.role, one.status, one.content[0].type];
const left = await kept.items.delete(added.first_id, { conversation_id: made.id });
got.left = [left.id === made.id, left.object];
got.changed = (await kept.update(made.id, { metadata: { run: "again" } })).metadata;
got.empty = (await kept.create()).object;
const refused = await kept.create({ items: [message("x", "nobody")] }).catch((error) => error);
got.refused = [refused.constructor.name, refused.status, refused.param];
const image = { type: "input_image", image_url: "data:image/png;base64,iVBORw0KGgo=", detail: "low" };
const steps = [
  message([image]),
  { type: "reasoning", id: "rs_1", summary: [{ type: "summary_text", text: "Look." }] },
  { type: "function_call", call_id: "call_1", name: "look", arguments: '{ "at":"sofa" }' },
  message([{ type: "refusal", refusal: "No more." }], "assistant"),
  { type: "function_call_output", call_id: "call_1", output: [{ type: "input_text", text: "Two cats." }] },
];
const include = ["message.input_image.image_url", "reasoning.encrypted_content"];
got.steps = (await kept.items.create(made.id, { items: steps, include })).data.map(({ id, ...rest }) => [id.split("_")[0], rest]);
got.sent = steps.map(({ id, ...rest }) => ({ ...rest, status: "completed" }));
const listed = (await kept.items.list(made.id, { include })).data;
got.types = listed.map((each) => each.type);
const alone = listed.map(({ id }) => kept.items.retrieve(id, { conversation_id: made.id, include }));
got.alone = JSON.stringify(await Promise.all(alone)) === JSON.stringify(listed);
got.deleted = [(await kept.delete(made.id)).deleted];
const unknown = await kept.retrieve(made.id).catch((error) => error);
got.unknown = [unknown.constructor.name, unknown.status];
console.log(JSON.stringify(got));
