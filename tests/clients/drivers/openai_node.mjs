// The official SDK for Node, used as its README shows. Run as a program of its own.
import { ALIKE, ASKED, LONG, WORDS, joined, serve } from "./lines.mjs";
import { conversations } from "./openai_node_conversations.mjs";
import { files } from "./openai_node_files.mjs";
import { asked, callsOf, client, seen, usageOf, user } from "./openai_node_reading.mjs";
import { storedChats } from "./openai_node_stored.mjs";
import { texts } from "./openai_node_texts.mjs";

const chat = (text = ASKED.plain, fields = {}, key = ASKED.key) => async (url) =>
  seen(await client(url, key).chat.completions.create(asked(text, fields)));

// A stream, read with the loop of the README.
const stream = (text = ASKED.plain, fields = {}, key = ASKED.key) => async (url) => {
  let said = "", reason = null;
  const models = new Set();
  for await (const chunk of await client(url, key).chat.completions.create(asked(text, { ...fields, stream: true }))) {
    said += chunk.choices[0]?.delta?.content || "";
    models.add(chunk.model);
    reason = chunk.choices[0]?.finish_reason || reason;
  }
  return { text: said, reason, models: [...models].sort() };
};

const streamUsage = async (url) => {
  let said = "";
  const usage = [];
  const fields = { stream: true, stream_options: { include_usage: true } };
  for await (const chunk of await client(url).chat.completions.create(asked(ASKED.plain, fields))) {
    for (const choice of chunk.choices) said += choice.delta.content ?? "";
    if (chunk.usage) usage.push(usageOf(chunk.usage));
  }
  return { text: said, usage };
};

const streamChoices = async (url) => {
  const text = {}, reasons = {};
  for await (const chunk of await client(url).chat.completions.create(asked(ASKED.plain, { stream: true, n: 2 }))) {
    for (const choice of chunk.choices) {
      text[choice.index] = (text[choice.index] ?? "") + (choice.delta.content ?? "");
      reasons[choice.index] = choice.finish_reason ?? reasons[choice.index];
    }
  }
  return { text, reasons };
};

// Calls put together by their index, with the loop of the documentation.
const streamTools = (text, tools, fields = {}) => async (url) => {
  const final = {};
  let reason = null;
  const given = asked(text, { stream: true, tools, ...fields });
  for await (const chunk of await client(url).chat.completions.create(given)) {
    for (const call of chunk.choices[0].delta.tool_calls || []) {
      if (!final[call.index]) final[call.index] = call;
      else final[call.index].function.arguments += call.function.arguments;
    }
    reason = chunk.choices[0].finish_reason ?? reason;
  }
  return { calls: callsOf(Object.values(final)), reason };
};

// A stream put together by the SDK. Who did not ask for usage does not look at it.
const gathered = (text = ASKED.plain, fields = {}) => async (url) => {
  let deltas = "";
  const runner = client(url).chat.completions.stream(asked(text, fields));
  runner.on("content", (delta) => { deltas += delta; });
  const found = { ...seen(await runner.finalChatCompletion()), deltas };
  return fields.stream_options ? found : { ...found, usage: null };
};

const logprobs = (fields) => async (url) => {
  const answer = await client(url).chat.completions.create(asked(ASKED.plain, { logprobs: true, ...fields }));
  if (!fields.stream) return joined(answer.choices[0].logprobs.content);
  const pieces = [];
  for await (const chunk of answer) {
    for (const choice of chunk.choices) pieces.push(...(choice.logprobs?.content ?? []));
  }
  return joined(pieces);
};

const toolsRound = async (url) => {
  const messages = user(ASKED.both);
  const fields = { model: "echo", messages, tools: ASKED.tools };
  const message = (await client(url).chat.completions.create(fields)).choices[0].message;
  messages.push(message);
  message.tool_calls.forEach((call, place) => messages.push({
    role: "tool", tool_call_id: call.id, content: [{ type: "text", text: `Noon, ${place}.` }],
  }));
  return seen(await client(url).chat.completions.create(fields));
};

const structured = (format, streamed = false) => async (url) => {
  const answer = await client(url).chat.completions.create(
    asked(ASKED.plain, { response_format: format, stream: streamed }),
  );
  if (!streamed) return JSON.parse(answer.choices[0].message.content);
  let said = "";
  for await (const chunk of answer) said += chunk.choices[0]?.delta?.content || "";
  return JSON.parse(said);
};
const schema = (of) => ({ type: "json_schema", json_schema: { name: "person", strict: true, schema: of } });

const twice = async (url) => {
  const first = await client(url).chat.completions.create(asked(ASKED.plain, { seed: 7 }));
  const second = await client(url).chat.completions.create(asked(ASKED.plain, { seed: 7 }));
  const texts = [first, second].map((each) => each.choices[0].message.content);
  return { texts, ids: new Set([first.id, second.id]).size };
};

const concurrent = (url) => {
  const sdk = client(url);
  return Promise.all(ALIKE.map(async (text) =>
    (await sdk.chat.completions.create(asked(text))).choices[0].message.content));
};

// A chat without a key.
const missing = (streamed) => async (url) => {
  const answer = await client(url).chat.completions.create(
    asked(ASKED.plain, { stream: streamed }), { headers: { Authorization: null } },
  );
  if (!streamed) return seen(answer);
  let said = "";
  for await (const chunk of answer) said += chunk.choices[0]?.delta?.content || "";
  return said;
};

const times = (count, retries) => async (url) => {
  const found = [], sdk = client(url, ASKED.limited_key, retries);
  for (let made = 0; made < count; made += 1) found.push(seen(await sdk.chat.completions.create(asked(ASKED.plain))));
  return found;
};

const models = (key) => async (url) => {
  const found = [];
  for await (const model of client(url, key).models.list()) found.push(model.id);
  return found;
};
const model = (name) => async (url) => {
  const found = await client(url).models.retrieve(name);
  return [found.id, found.owned_by];
};

const roles = [
  { role: "system", content: "You repeat." },
  { role: "user", content: "Say nothing yet.", name: "somebody" },
  { role: "assistant", content: [{ type: "text", text: "Well." }] },
  { role: "user", content: [{ type: "text", text: "Repeat exactly: one" }, { type: "text", text: " and two" }] },
];
// Vectors, in base64 below where nothing is said of it.
const embeddings = (input = ASKED.texts, fields = {}) => async (url) => {
  const answer = await client(url).embeddings.create({ model: ASKED.embedder, input, ...fields });
  const vectors = answer.data.map(({ embedding }) =>
    Array.isArray(embedding) ? embedding.map((each) => Math.round(each * 1000) / 1000) : embedding);
  return { model: answer.model, usage: { ...answer.usage }, vectors };
};

// A question about an image.
const image = (url, made = chat) => made("", {
  messages: user([{ type: "text", text: "What is this?" }, { type: "image_url", image_url: { url } }]),
});

const images = [ASKED.image, ASKED.other_image].map((url, place) =>
  ({ type: "image_url", image_url: place ? { url } : { url, detail: "high" } }));

// A function, as they were before tools, that has to be called.
const functions = async (url) => {
  const { function: offered } = ASKED.tools[0];
  const fields = { functions: [offered], function_call: { name: offered.name } };
  const called = (await client(url).chat.completions.create(asked(ASKED.plain, fields))).choices[0].message.function_call;
  return called ? [called.name, JSON.parse(called.arguments)] : null;
};

const developer = [{ role: "developer", content: "You repeat." }, ...user(ASKED.plain)];
const tools = { tools: ASKED.tools };

await serve(["openai"], {
  "chat": chat(),
  "chat-unicode": chat(ASKED.unicode),
  "chat-long": chat(LONG),
  "chat-roles": chat("", { messages: roles }),
  "chat-developer": chat("", { messages: developer }),
  "chat-twice": twice,
  "chat-choices": chat(ASKED.plain, { n: 2 }),
  "chat-fields": chat(ASKED.plain, ASKED.fields),
  "chat-stop": chat(ASKED.stop, { stop: [ASKED.stop_at] }),
  "chat-max-tokens": chat(ASKED.plain, { max_tokens: ASKED.cut }),
  "chat-max-completion-tokens": chat(ASKED.plain, { max_completion_tokens: ASKED.cut }),
  "chat-concurrent": concurrent,
  "chat-image": image(ASKED.image),
  "chat-image-stream": image(ASKED.image, stream),
  "chat-images": chat("", { messages: user([{ type: "text", text: "What are these?" }, ...images]) }),
  "chat-context": chat(WORDS, { max_tokens: ASKED.cut }),
  "chat-image-broken": image(ASKED.not_an_image),
  "chat-functions": functions,
  "logprobs": logprobs({ top_logprobs: 2 }),
  "logprobs-alone": logprobs({}),
  "logprobs-stream": logprobs({ top_logprobs: 2, stream: true }),
  "stream": stream(),
  "stream-unicode": stream(ASKED.unicode),
  "stream-long": stream(LONG),
  "stream-usage": streamUsage,
  "stream-choices": streamChoices,
  "stream-stop": stream(ASKED.stop, { stop: [ASKED.stop_at] }),
  "stream-stop-string": stream(ASKED.stop, { stop: ASKED.stop_at }),
  "stream-max-tokens": stream(ASKED.plain, { max_tokens: ASKED.cut }),
  "stream-max-completion-tokens": stream(ASKED.plain, { max_completion_tokens: ASKED.cut }),
  "gathered": gathered(),
  "gathered-unicode": gathered(ASKED.unicode, { stream_options: { include_usage: true } }),
  "gathered-tools": gathered(ASKED.both, tools),
  "tools": chat(ASKED.both, tools),
  "tools-named": chat(ASKED.both, { tool_choice: ASKED.named, ...tools }),
  "tools-required": chat("hello", { tool_choice: "required", ...tools }),
  "tools-forbidden": chat(ASKED.both, { tool_choice: "none", ...tools }),
  "tools-one": chat(ASKED.both, { parallel_tool_calls: false, ...tools }),
  "tools-text": chat(ASKED.spoken, tools),
  "tools-text-stream": gathered(ASKED.spoken, tools),
  "tools-concurrent": (url) => Promise.all(ALIKE.map(() => streamTools(ASKED.both, ASKED.tools)(url))),
  "tools-no-parameters": chat(ASKED.bare, { tools: ASKED.bare_tools }),
  "tools-unknown-choice": chat(ASKED.both, { tool_choice: ASKED.unknown_choice, ...tools }),
  "tools-round": toolsRound,
  "tools-stream": streamTools(ASKED.both, ASKED.tools),
  "tools-stream-named": streamTools(ASKED.both, ASKED.tools, { tool_choice: ASKED.named }),
  "tools-stream-forbidden": stream(ASKED.both, { tool_choice: "none", ...tools }),
  "tools-stream-one": streamTools(ASKED.both, ASKED.tools, { parallel_tool_calls: false }),
  "tools-stream-no-parameters": streamTools(ASKED.bare, ASKED.bare_tools),
  "schema": structured(schema(ASKED.schema)),
  "schema-stream": structured(schema(ASKED.schema), true),
  "schema-unusable": structured(schema(ASKED.unusable_schema)),
  "json-object": structured({ type: "json_object" }),
  "json-object-stream": structured({ type: "json_object" }, true),
  "embed": embeddings(ASKED.texts[0]),
  "embed-list": embeddings(),
  "embed-list-of-one": embeddings(ASKED.texts.slice(0, 1)),
  "embed-float": embeddings(ASKED.texts, { encoding_format: "float" }),
  "embed-dimensions": embeddings(ASKED.texts, { dimensions: ASKED.dimensions }),
  "embed-tokens": embeddings(ASKED.token_lists),
  "embed-token-list": embeddings(ASKED.token_lists[0]),
  "embed-empty": embeddings(""),
  "embed-unknown-model": embeddings(ASKED.texts, { model: "nobody" }),
  "embed-wrong-model": embeddings(ASKED.texts, { model: "echo" }),
  "models": models(ASKED.key),
  "models-narrow-key": models(ASKED.narrow_key),
  "model": model("echo"),
  "model-slash": model("wirecheck/echo"),
  "model-unknown": model("nobody"),
  "wrong-key-end": chat(ASKED.plain, {}, ASKED.wrong_keys[0]),
  "wrong-key-capitals": chat(ASKED.plain, {}, ASKED.wrong_keys[1]),
  "wrong-key": chat(ASKED.plain, {}, ASKED.wrong_keys[2]),
  "wrong-key-stream": stream(ASKED.plain, {}, ASKED.wrong_keys[2]),
  "revoked-key": chat(ASKED.plain, {}, ASKED.revoked_key),
  "narrow-key": chat(ASKED.plain, {}, ASKED.narrow_key),
  ...Object.fromEntries(Object.entries(ASKED.tokens).map(([name, token]) => [`token-${name}`, chat(ASKED.plain, {}, token)])),
  "missing-key": missing(false),
  "missing-key-stream": missing(true),
  "invalid": chat(ASKED.plain, { temperature: 3 }),
  "invalid-stream": stream(ASKED.plain, { temperature: 3 }),
  "unknown-model": chat(ASKED.plain, { model: "nobody" }),
  "unknown-model-stream": stream(ASKED.plain, { model: "nobody" }),
  "window": chat(ASKED.plain, { max_tokens: ASKED.window }),
  "failing": chat(ASKED.plain, { model: "echo-failing" }),
  "failing-stream": stream(ASKED.plain, { model: "echo-failing" }),
  "limited": times(4, 0),
  "limited-waits": times(2, 2),
  ...texts,
  ...files,
  ...conversations,
  ...storedChats,
}, ["limited-waits"]);
