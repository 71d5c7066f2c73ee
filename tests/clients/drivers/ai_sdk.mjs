// The AI SDK with a provider for OpenAI-compatible servers, used as its documentation shows: argv[2] names the provider.
import { Output, embed, embedMany, generateText, jsonSchema, streamText, tool } from "ai";
import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { ALIKE, ASKED, LONG, WORDS, joined, serve } from "./lines.mjs";

const official = process.argv[2] === "@ai-sdk/openai";

const model = (url, { of = "echo", key = ASKED.key, includeUsage = false } = {}) => official
  ? createOpenAI({ baseURL: url, apiKey: key }).chat(of)
  : createOpenAICompatible({
    name: "wirecheck", baseURL: url, apiKey: key, includeUsage, supportsStructuredOutputs: true,
  })(of);

// The models beside those that chat: of texts, and of vectors.
const provider = (url, key = ASKED.key) => official
  ? createOpenAI({ baseURL: url, apiKey: key })
  : createOpenAICompatible({ name: "wirecheck", baseURL: url, apiKey: key, includeUsage: true });
const writer = (url, of = "echo") => (official ? provider(url).completion(of) : provider(url).completionModel(of));

// Options of the provider stand below its name.
const options = (fields) => ({ providerOptions: { [official ? "openai" : "wirecheck"]: fields } });

const toolset = (offered) => Object.fromEntries(offered.map(({ function: { name, description, parameters } }) => [
  name, tool({ description, inputSchema: jsonSchema(parameters ?? { type: "object", properties: {} }) }),
]));
const TOOLS = toolset(ASKED.tools), BARE = toolset(ASKED.bare_tools);

const usageOf = (usage) => (usage
  ? [usage.inputTokens ?? null, usage.outputTokens ?? null, usage.totalTokens ?? null] : null);
const callsOf = (calls) => ({
  calls: calls.map((call) => ({ name: call.toolName, arguments: call.input, unreadable: call.invalid ?? false })),
  answered: new Set(calls.map((call) => call.toolCallId)).size,
});
const asked = (url, { of, key, includeUsage, ...fields }) =>
  ({ model: model(url, { of, key, includeUsage }), prompt: ASKED.plain, maxRetries: 0, timeout: ASKED.timeout * 1000, ...fields });

// What differs from a plain question: fields, or what makes them of an address.
const at = (url, fields) => asked(url, typeof fields === "function" ? fields(url) : fields);

const chat = (fields = {}) => async (url) => {
  const found = await generateText(at(url, fields));
  return {
    text: found.text, reason: found.finishReason, model: found.response.modelId, usage: usageOf(found.usage),
    ...callsOf(found.toolCalls),
  };
};

// A stream, read by its parts; an error that is a part of it is thrown. Who did not ask for usage does not look at it.
const stream = (fields = {}, counts = official || fields.includeUsage) => async (url) => {
  const found = streamText({ ...at(url, fields), onError: () => {} });
  const calls = [];
  let text = "", reason = null, usage = null;
  for await (const part of found.stream) {
    if (part.type === "error") throw part.error;
    if (part.type === "text-delta") text += part.text;
    if (part.type === "tool-call") calls.push(part);
    if (part.type === "finish") [reason, usage] = [part.finishReason, usageOf(part.totalUsage)];
  }
  return { text, reason, usage: counts ? usage : null, model: (await found.response).modelId, ...callsOf(calls) };
};

// Texts, by the same functions as chats.
const text = ({ of, ...fields } = {}) => chat((url) => ({ model: writer(url, of), maxOutputTokens: 64, ...fields }));
const textStream = ({ of, ...fields } = {}) =>
  stream((url) => ({ model: writer(url, of), maxOutputTokens: 64, ...fields }), true);

const rounded = (vector) => (Array.isArray(vector) ? vector.map((each) => Math.round(each * 1000) / 1000) : vector);
const bounds = () => ({ maxRetries: 0, abortSignal: AbortSignal.timeout(ASKED.timeout * 1000) });

const embedOne = ({ of = ASKED.embedder, value = ASKED.texts[0], ...fields } = {}) => async (url) => {
  const found = await embed({ model: provider(url).embeddingModel(of), value, ...bounds(), ...fields });
  return { vector: rounded(found.embedding), usage: found.usage.tokens };
};
const embedAll = (fields = {}) => async (url) => {
  const model = provider(url).embeddingModel(ASKED.embedder);
  const found = await embedMany({ model, values: ASKED.texts, ...bounds(), ...fields });
  return { vectors: found.embeddings.map(rounded), usage: found.usage.tokens };
};

const logprobs = (streamed) => async (url) => {
  const fields = asked(url, options({ logprobs: 2 }));
  const found = streamed ? streamText({ ...fields, onError: () => {} }) : await generateText(fields);
  if (streamed) {
    for await (const part of found.stream) if (part.type === "error") throw part.error;
  }
  return joined((await found.providerMetadata).openai.logprobs);
};

const textLogprobs = async (url) => {
  const fields = { model: writer(url), maxOutputTokens: 64, ...options({ logprobs: 2 }) };
  return (await generateText(asked(url, fields))).providerMetadata.openai.logprobs;
};

const structured = (of, streamed = false) => async (url) => {
  const fields = { ...asked(url, {}), output: of ? Output.object({ schema: jsonSchema(of) }) : Output.json() };
  if (!streamed) return (await generateText(fields)).output;
  const found = streamText({ ...fields, onError: () => {} });
  for await (const part of found.stream) if (part.type === "error") throw part.error;
  return found.output;
};

const round = async (url) => {
  const first = await generateText(asked(url, { prompt: ASKED.both, tools: TOOLS }));
  const results = first.toolCalls.map((call, place) => ({
    type: "tool-result", toolCallId: call.toolCallId, toolName: call.toolName,
    output: { type: "text", value: `Noon, ${place}.` },
  }));
  const messages = [
    { role: "user", content: ASKED.both }, ...first.response.messages, { role: "tool", content: results },
  ];
  return chat({ prompt: undefined, messages, tools: TOOLS })(url);
};

const twice = async (url) => {
  const found = [await generateText(asked(url, { seed: 7 })), await generateText(asked(url, { seed: 7 }))];
  return { texts: found.map((each) => each.text), ids: new Set(found.map((each) => each.response.id)).size };
};

const concurrent = (url) =>
  Promise.all(ALIKE.map(async (prompt) => (await generateText(asked(url, { prompt }))).text));

const times = (count, maxRetries) => async (url) => {
  const found = [];
  for (let made = 0; made < count; made += 1) {
    const fields = asked(url, { key: ASKED.limited_key, maxRetries });
    found.push((await generateText({ ...fields, timeout: 30000 })).text);
  }
  return found;
};

const messages = [
  { role: "user", content: "Say nothing yet." },
  { role: "assistant", content: [{ type: "text", text: "Well." }] },
  { role: "user", content: [{ type: "text", text: "Repeat exactly: one" }, { type: "text", text: " and two" }] },
];
const image = (...of) => ({
  prompt: undefined,
  messages: [{
    role: "user",
    content: [{ type: "text", text: "What is this?" }, ...of.map((each) => ({ type: "image", image: each }))],
  }],
});
const named = { type: "tool", toolName: "get_time" };
const cut = { maxOutputTokens: ASKED.cut }, stop = { prompt: ASKED.stop, stopSequences: [ASKED.stop_at] };
const both = { prompt: ASKED.both, tools: TOOLS };
const one = options(official ? { parallelToolCalls: false } : { parallel_tool_calls: false });

await serve(["ai", official ? "@ai-sdk/openai" : "@ai-sdk/openai-compatible"], {
  "chat": chat(),
  "chat-unicode": chat({ prompt: ASKED.unicode }),
  "chat-long": chat({ prompt: LONG }),
  "chat-roles": chat({ prompt: undefined, system: "You repeat.", messages }),
  "chat-twice": twice,
  "chat-fields": chat(options({ user: "somebody", textVerbosity: "low", store: false, metadata: { for: "a test" } })),
  "chat-stop": chat(stop),
  "chat-max-tokens": chat(cut),
  "chat-concurrent": concurrent,
  "chat-image": chat(image(ASKED.image)),
  "chat-image-stream": stream(image(ASKED.image)),
  "chat-images": chat(image(ASKED.image, ASKED.other_image)),
  "chat-context": chat({ prompt: WORDS, ...cut }),
  "chat-image-broken": chat(image(ASKED.not_an_image)),
  ...(official ? { "logprobs": logprobs(false), "logprobs-stream": logprobs(true) } : {}),
  "stream": stream(),
  "stream-unicode": stream({ prompt: ASKED.unicode }),
  "stream-long": stream({ prompt: LONG }),
  "stream-usage": stream({ includeUsage: true }),
  "stream-stop": stream(stop),
  "stream-max-tokens": stream(cut),
  "tools": chat(both),
  "tools-named": chat({ ...both, toolChoice: named }),
  "tools-required": chat({ prompt: "hello", tools: TOOLS, toolChoice: "required" }),
  "tools-forbidden": chat({ ...both, toolChoice: "none" }),
  "tools-one": chat({ ...both, ...one }),
  "tools-text": chat({ prompt: ASKED.spoken, tools: TOOLS }),
  "tools-text-stream": stream({ prompt: ASKED.spoken, tools: TOOLS }),
  "tools-no-parameters": chat({ prompt: ASKED.bare, tools: BARE }),
  "tools-round": round,
  "tools-stream": stream(both),
  "tools-stream-named": stream({ ...both, toolChoice: named }),
  "tools-stream-forbidden": stream({ ...both, toolChoice: "none" }),
  "tools-stream-one": stream({ ...both, ...one }),
  "tools-stream-no-parameters": stream({ prompt: ASKED.bare, tools: BARE }),
  "schema": structured(ASKED.schema),
  "schema-stream": structured(ASKED.schema, true),
  "schema-unusable": structured(ASKED.unusable_schema),
  "json-object": structured(null),
  "json-object-stream": structured(null, true),
  "wrong-key-end": chat({ key: ASKED.wrong_keys[0] }),
  "wrong-key-capitals": chat({ key: ASKED.wrong_keys[1] }),
  "wrong-key": chat({ key: ASKED.wrong_keys[2] }),
  "wrong-key-stream": stream({ key: ASKED.wrong_keys[2] }),
  "revoked-key": chat({ key: ASKED.revoked_key }),
  "narrow-key": chat({ key: ASKED.narrow_key }),
  ...Object.fromEntries(Object.entries(ASKED.tokens).map(([name, key]) => [`token-${name}`, chat({ key })])),
  "completion": text(),
  "completion-unicode": text({ prompt: ASKED.unicode }),
  "completion-stop": text(stop),
  "completion-max-tokens": text(cut),
  "completion-suffix": text(options({ suffix: " and so on" })),
  "completion-echo": text(options({ echo: true })),
  ...(official ? { "completion-logprobs": textLogprobs } : {}),
  "completion-unknown-model": text({ of: "nobody" }),
  "completion-stream": textStream(),
  "completion-stream-unicode": textStream({ prompt: ASKED.unicode }),
  "completion-stream-stop": textStream(stop),
  "completion-stream-max-tokens": textStream(cut),
  "completion-failing-stream": textStream({ of: "echo-failing" }),
  "embed": embedOne(),
  "embed-list": embedAll(),
  "embed-dimensions": embedAll(options({ dimensions: ASKED.dimensions })),
  "embed-empty": embedOne({ value: "" }),
  "embed-unknown-model": embedOne({ of: "nobody" }),
  "embed-wrong-model": embedOne({ of: "echo" }),
  "invalid": chat({ temperature: 3 }),
  "invalid-stream": stream({ temperature: 3 }),
  "unknown-model": chat({ of: "nobody" }),
  "unknown-model-stream": stream({ of: "nobody" }),
  "window": chat({ maxOutputTokens: ASKED.window }),
  "failing": chat({ of: "echo-failing" }),
  "failing-stream": stream({ of: "echo-failing" }),
  "limited": times(4, 0),
  "limited-waits": times(2, 2),
}, ["limited-waits"]);
