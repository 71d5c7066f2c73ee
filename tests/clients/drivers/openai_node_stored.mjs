// Stored chats by the official SDK for Node. As openai_stored.py.
import { ASKED } from "./lines.mjs";
import { all, common, own } from "./openai_node_kept.mjs";
import { asked, client, seen } from "./openai_node_reading.mjs";

const stored = (sdk, options = {}, fields = {}) =>
  sdk.chat.completions.create(asked(ASKED.plain, { store: true, metadata: ASKED.labels, ...fields }), options);

const keptChat = async (url) => {
  const sdk = client(url), chats = sdk.chat.completions, made = await stored(sdk);
  const found = await chats.retrieve(made.id), said = await all(chats.messages.list(made.id));
  const changed = await chats.update(made.id, { metadata: ASKED.other_labels });
  const again = await chats.retrieve(made.id);
  const labels = [], models = [];
  for (const metadata of [ASKED.labels, ASKED.other_labels]) labels.push(own(await all(chats.list({ metadata })), [made]));
  for (const model of ["echo", "wirecheck/echo"]) models.push(own(await all(chats.list({ model })), [made]));
  const ended = await chats.delete(made.id);
  return {
    same: [JSON.stringify(seen(found)) === JSON.stringify(seen(made)), found.created === made.created],
    found: [seen(found), found.metadata], said: said.map((each) => [each.role, each.content]),
    changed: [changed.metadata, again.metadata], labels, models,
    ended: [ended.deleted, ended.id === made.id],
  };
};

const keptMessages = async (url) => {
  const chats = client(url).chat.completions;
  const messages = ASKED.turns.map(({ role, content }) => ({ role, content }));
  const made = await chats.create({ model: "echo", messages, store: true });
  const found = await all(chats.messages.list(made.id, { limit: 2 }));
  await chats.delete(made.id);
  return found.map((each) => [each.role, each.content]);
};

const keptStream = async (url) => {
  const sdk = client(url);
  const { id } = (await all(await stored(sdk, {}, { stream: true }))).at(-1);
  const found = seen(await sdk.chat.completions.retrieve(id));
  await sdk.chat.completions.delete(id);
  return found.choices;
};

const othersMessages = async (url) => {
  const sdk = client(url), made = await stored(sdk);
  try {
    return (await client(url, ASKED.other_key).chat.completions.messages.list(made.id)).data.length;
  } finally {
    await sdk.chat.completions.delete(made.id);
  }
};

// A chat that was not to be stored is asked for.
const notKept = async (url) => {
  const sdk = client(url), made = await stored(sdk, {}, { store: false });
  return seen(await sdk.chat.completions.retrieve(made.id));
};

export const storedChats = {
  "stored": keptChat,
  "stored-messages": keptMessages,
  "stored-stream": keptStream,
  "stored-others-messages": othersMessages,
  "stored-not": notKept,
  "stored-unknown": async (url) => (await client(url).chat.completions.retrieve("chatcmpl-nobody")).model,
  "stored-unknown-change": async (url) =>
    (await client(url).chat.completions.update("chatcmpl-nobody", { metadata: {} })).id,
  ...common("stored", (sdk) => sdk.chat.completions, stored, "chatcmpl-nobody", true),
};
