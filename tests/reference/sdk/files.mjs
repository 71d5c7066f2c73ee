// The official Node SDK keeps files on the server at argv[2]: prints what it got as one JSON object.
import { createReadStream } from "node:fs";
import { fileURLToPath } from "node:url";
import OpenAI, { toFile } from "openai";

const client = new OpenAI({ baseURL: `${process.argv[2]}/v1`, apiKey: "right", maxRetries: 0 });
const got = {};

const bytes = Uint8Array.from({ length: 256 }, (_, place) => place);
const path = fileURLToPath(new URL("check.mjs", import.meta.url));
const made = [
  await client.files.create({
    file: await toFile(bytes, 'naïve "q".txt'), purpose: "user_data",
    expires_after: { anchor: "created_at", seconds: 7200 },
  }),
  await client.files.create({ file: createReadStream(path), purpose: "assistants" }),
  await client.files.create({ file: new File(["{}\n"], "plain.jsonl"), purpose: "batch" }),
];
for (const letter of "ab") made.push(await client.files.create({ file: await toFile(Buffer.from(letter), letter), purpose: "vision" }));
got.made = made.map((file) => file.id);
got.names = made.slice(0, 3).map((file) => file.filename);
got.lasts = made[0].expires_at - made[0].created_at;
got.content = [...new Uint8Array(await (await client.files.content(made[0].id)).arrayBuffer())];
got.walked = [];
for await (const file of client.files.list({ limit: 2 })) got.walked.push(file.id);
got.found = (await client.files.retrieve(made[0].id)).id;
got.deleted = await client.files.delete(made[0].id);
const unknown = await client.files.retrieve(made[0].id).catch((error) => error);
got.unknown = [unknown.constructor.name, unknown.status];
const refused = await client.files.create({ file: await toFile(bytes, "a"), purpose: "homework" }).catch((error) => error);
got.refused = [refused.constructor.name, refused.status, refused.param];
for (const file of made.slice(1)) await client.files.delete(file.id);
console.log(JSON.stringify(got));
