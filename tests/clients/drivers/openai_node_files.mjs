// Files by the official SDK for Node: uploaded, read, listed by their purpose, deleted. As openai_files.py.
import { ConflictError, toFile } from "openai";
import { ASKED } from "./lines.mjs";
import { all, common, named, own } from "./openai_node_kept.mjs";
import { client } from "./openai_node_reading.mjs";

const TEXT = Buffer.from(ASKED.content);
const BYTES = Buffer.concat([
  Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)), Buffer.from("\r\n--boundary\r\n"),
  Buffer.from([255, 254, 0]), TEXT,
]);

const upload = async (sdk, options = {}, { content = TEXT, name = ASKED.filename, ...fields } = {}) =>
  sdk.files.create({ file: await toFile(content, name), purpose: ASKED.purpose, ...fields }, options);

const told = (found) => [found.filename, found.bytes, found.purpose, found.status];

const file = (of = {}) => async (url) => {
  const sdk = client(url), made = await upload(sdk, {}, of);
  const found = await sdk.files.retrieve(made.id);
  const content = Buffer.from(await (await sdk.files.content(made.id)).arrayBuffer());
  const text = await (await sdk.files.content(made.id)).text();
  const gone = await sdk.files.delete(made.id);
  return {
    new: told(made), found: told(found), same: [found.id === made.id, found.created_at === made.created_at],
    content: content.toString("hex"), text,
    lasts: made.expires_at === null ? null : made.expires_at - made.created_at,
    deleted: [gone.deleted, gone.id === made.id],
  };
};

const filtered = async (url) => {
  const sdk = client(url);
  const things = [await upload(sdk), await upload(sdk, {}, { purpose: ASKED.other_purpose })];
  const found = [];
  for (const purpose of [ASKED.purpose, ASKED.other_purpose]) {
    found.push(own(await all(sdk.files.list({ purpose })), things));
  }
  for (const each of things) await sdk.files.delete(each.id);
  return found;
};

// Another request with a key of idempotency that was used.
const onceOtherwise = async (url) => {
  const sdk = client(url), options = named(), first = await upload(sdk, options);
  try {
    return (await upload(sdk, options, { content: Buffer.from("another content") })).id === first.id;
  } finally {
    await sdk.files.delete(first.id);
  }
};

// The same upload four times at the same time: how many were made. One that is under way is refused.
const onceAtOnce = async (url) => {
  const sdk = client(url), options = named();
  const sent = await Promise.all([1, 2, 3, 4].map(() => upload(sdk, options).catch((error) => {
    if (error instanceof ConflictError) return null;
    throw error;
  })));
  const found = new Set(sent.filter(Boolean).map((each) => each.id));
  for (const each of found) await sdk.files.delete(each);
  return found.size;
};

// A file is asked for with another key.
const ofAnother = (key, read) => async (url) => {
  const sdk = client(url), thing = await upload(sdk);
  try {
    return await read(client(url, key), thing.id);
  } finally {
    await sdk.files.delete(thing.id);
  }
};

export const files = {
  "file": file(),
  "file-bytes": file({ content: BYTES, name: ASKED.foreign_filename }),
  "file-expiring": file({ expires_after: ASKED.expires }),
  "file-purposes": filtered,
  "file-unknown": async (url) => (await client(url).files.retrieve("file-nobody")).filename,
  "file-unknown-content": async (url) => (await client(url).files.content("file-nobody")).text(),
  "file-unknown-purpose": async (url) => (await upload(client(url), {}, { purpose: "nothing" })).purpose,
  "file-wrong-expiry": async (url) =>
    (await upload(client(url), {}, { expires_after: { ...ASKED.expires, seconds: 1 } })).purpose,
  "file-narrow-key": async (url) => (await client(url, ASKED.narrow_key).files.list()).data.length,
  "file-narrow-key-one": ofAnother(ASKED.narrow_key, async (sdk, id) => (await sdk.files.retrieve(id)).filename),
  "file-others-content": ofAnother(ASKED.other_key, async (sdk, id) => (await sdk.files.content(id)).text()),
  "file-idempotent-long": async (url) =>
    (await upload(client(url), { headers: { "Idempotency-Key": "k".repeat(300) } })).purpose,
  "file-idempotent-otherwise": onceOtherwise,
  "file-idempotent-at-once": onceAtOnce,
  ...common("file", (sdk) => sdk.files, upload, "file-nobody", true),
};
