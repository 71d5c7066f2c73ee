// Conversations and their items by the official SDK for Node. As openai_conversations.py.
import { ASKED } from "./lines.mjs";
import { all, common } from "./openai_node_kept.mjs";
import { client } from "./openai_node_reading.mjs";

const begun = (sdk, options = {}, items = ASKED.turns) =>
  sdk.conversations.create({ items, metadata: ASKED.labels }, options);
const textOf = (item) => [item.type, item.role, item.content.map((part) => part.text).join("")];

const conversation = async (url) => {
  const kept = client(url).conversations, made = await begun({ conversations: kept });
  const items = await all(kept.items.list(made.id, { order: "asc", limit: 2 }));
  const more = await kept.items.create(made.id, { items: ASKED.turns.slice(0, 2) });
  const one = await kept.items.retrieve(items[1].id, { conversation_id: made.id });
  const changed = await kept.update(made.id, { metadata: ASKED.other_labels });
  const found = await kept.retrieve(made.id);
  const after = await kept.items.delete(items[0].id, { conversation_id: made.id });
  const left = await all(kept.items.list(made.id, { order: "desc" }));
  const ended = await kept.delete(made.id);
  return {
    new: made.metadata, items: items.map(textOf), distinct: new Set(items.map((each) => each.id)).size,
    more: more.data.map(textOf), one: [textOf(one), one.id === items[1].id],
    changed: [changed.metadata, found.metadata, found.id === made.id, found.created_at === made.created_at],
    after: after.id === made.id, left: [left.map(textOf), new Set(left.map((each) => each.id)).size],
    ended: [ended.deleted, ended.id === made.id],
  };
};

// How many items a page holds, whether there is more, and all of them.
const itemPages = async (url) => {
  const kept = client(url).conversations, made = await begun({ conversations: kept });
  const page = await kept.items.list(made.id, { limit: 2 });
  const found = [page.data.length, page.hasNextPage(), (await all(page)).map(textOf)];
  await kept.delete(made.id);
  return found;
};

// A text that no one may compose otherwise, and whose lines end as they do.
const untouched = async (url) => {
  const kept = client(url).conversations;
  const items = [{ type: "message", role: "user", content: ASKED.untouched }];
  const made = await begun({ conversations: kept }, {}, items);
  const found = (await all(kept.items.list(made.id))).map(textOf);
  await kept.delete(made.id);
  return found;
};

// An item of any type, without its id.
const shown = ({ id, ...rest }) => rest;

// Function calls, their outputs, reasoning, an image and a file.
const types = async (url) => {
  const kept = client(url).conversations, made = await begun({ conversations: kept }, {}, ASKED.typed);
  const found = (await all(kept.items.list(made.id, { order: "asc" }))).map(shown);
  await kept.delete(made.id);
  return found;
};

// A function call is fetched, or deleted and asked for again.
const call = (deleted) => async (url) => {
  const kept = client(url).conversations, made = await begun({ conversations: kept }, {}, ASKED.typed);
  const { id } = (await all(kept.items.list(made.id))).find((each) => each.type === "function_call");
  const place = { conversation_id: made.id };
  try {
    const found = await kept.items.retrieve(id, place);
    if (!deleted) return shown(found);
    await kept.items.delete(id, place);
    return shown(await kept.items.retrieve(id, place));
  } finally {
    await kept.delete(made.id);
  }
};

const itemsOfEnded = async (url) => {
  const kept = client(url).conversations, made = await begun({ conversations: kept });
  await kept.items.list(made.id);
  await kept.delete(made.id);
  return (await kept.items.list(made.id)).data.length;
};

// A conversation of other items, to which more are added: how many it has, or what is said to be wrong.
const conversationOf = (items, more = null) => async (url) => {
  const kept = client(url).conversations, made = await begun({ conversations: kept }, {}, items);
  try {
    if (more) await kept.items.create(made.id, { items: more });
    return (await all(kept.items.list(made.id))).length;
  } finally {
    await kept.delete(made.id);
  }
};

// An item is asked for in another conversation, or in its own once that is deleted.
const itemElsewhere = (ended) => async (url) => {
  const kept = client(url).conversations, sdk = { conversations: kept };
  const [made, other] = [await begun(sdk), await begun(sdk)];
  const [item] = (await kept.items.list(made.id)).data;
  if (ended) await kept.delete(made.id);
  try {
    return textOf(await kept.items.retrieve(item.id, { conversation_id: (ended ? made : other).id }));
  } finally {
    for (const each of ended ? [other] : [made, other]) await kept.delete(each.id);
  }
};

const many = Array.from({ length: 21 }, () => ASKED.turns[1]);

export const conversations = {
  "conversation": conversation,
  "conversation-pages": itemPages,
  "conversation-untouched": untouched,
  "conversation-items-ended": itemsOfEnded,
  "conversation-types": types,
  "conversation-call": call(false),
  "conversation-call-deleted": call(true),
  "conversation-twenty": conversationOf(many.slice(0, 20), many.slice(0, 20)),
  "conversation-too-many": conversationOf(many),
  "conversation-too-many-more": conversationOf(many.slice(0, 1), many),
  "conversation-unknown-type": conversationOf([{ type: "nothing", role: "user", content: "x" }]),
  "conversation-unknown-role": conversationOf([{ type: "message", role: "nobody", content: "x" }]),
  "conversation-unknown": async (url) => (await client(url).conversations.retrieve("conv_nobody")).metadata,
  "conversation-unknown-change": async (url) =>
    (await client(url).conversations.update("conv_nobody", { metadata: {} })).id,
  "conversation-item-elsewhere": itemElsewhere(false),
  "conversation-item-ended": itemElsewhere(true),
  ...common("conversation", (sdk) => sdk.conversations, begun, "conv_nobody", false),
};
