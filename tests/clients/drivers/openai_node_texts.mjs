// Completions of texts by the official SDK for Node, without a stream and in one. As openai_texts.py.
import { ALIKE, ASKED } from "./lines.mjs";
import { client, usageOf } from "./openai_node_reading.mjs";

const logprobsOf = (found) => (found ? [found.tokens, found.token_logprobs, found.top_logprobs, found.text_offset] : null);
const given = (prompt, fields) => ({ model: "echo", prompt, ...fields });

const text = (prompt = ASKED.plain, fields = {}) => async (url) => {
  const answer = await client(url).completions.create(given(prompt, fields));
  const choices = answer.choices.map((each) => [each.text, each.finish_reason, logprobsOf(each.logprobs)]);
  return { model: answer.model, usage: usageOf(answer.usage), choices };
};

// The texts of several prompts, each found by its index.
const indexed = async (url) => {
  const answer = await client(url).completions.create(given(ASKED.prompts, { n: 2 }));
  return Object.fromEntries(answer.choices.map((each) => [each.index, each.text]));
};

// The text of each choice, its reason and its log probabilities, and each usage that was sent to who asked for it.
const stream = (prompt = ASKED.plain, fields = {}) => async (url) => {
  const said = {}, reasons = {}, logprobs = {}, usage = [], models = new Set();
  for await (const chunk of await client(url).completions.create(given(prompt, { stream: true, ...fields }))) {
    models.add(chunk.model);
    if (chunk.usage && fields.stream_options) usage.push(usageOf(chunk.usage));
    for (const choice of chunk.choices) {
      said[choice.index] = (said[choice.index] ?? "") + choice.text;
      reasons[choice.index] = choice.finish_reason || (reasons[choice.index] ?? null);
      if (choice.logprobs) (logprobs[choice.index] ??= []).push(logprobsOf(choice.logprobs));
    }
  }
  return { models: [...models].sort(), text: said, reasons, logprobs, usage };
};

// A stream read with the loop of the documentation: the first choice of every chunk.
const first = async (url) => {
  let said = "";
  for await (const chunk of await client(url).completions.create(given(ASKED.plain, { stream: true }))) {
    said += chunk.choices[0].text;
  }
  return said;
};

const twice = async (url) => {
  const found = [];
  for (let made = 0; made < 2; made += 1) {
    found.push(await client(url).completions.create(given(ASKED.plain, { seed: 7 })));
  }
  return { texts: found.map((each) => each.choices[0].text), ids: new Set(found.map((each) => each.id)).size };
};

const concurrent = (url) => {
  const sdk = client(url);
  return Promise.all(ALIKE.map(async (prompt) => {
    let said = "";
    const chunks = await sdk.completions.create(given(prompt, { stream: true, max_tokens: 64 }));
    for await (const chunk of chunks) for (const choice of chunk.choices) said += choice.text;
    return said;
  }));
};

const { prompts } = ASKED, long = { max_tokens: 64 };

export const texts = {
  "completion": text(),
  "completion-unicode": text(ASKED.unicode, long),
  "completion-list": text(prompts),
  "completion-choices": text(prompts, { n: 2 }),
  "completion-indexed": indexed,
  "completion-best-of": text(ASKED.plain, { n: 2, best_of: 3 }),
  "completion-too-few": text(ASKED.plain, { n: 2, best_of: 1 }),
  "completion-tokens": text(ASKED.token_lists[0]),
  "completion-token-lists": text(ASKED.token_lists),
  "completion-echo": text(ASKED.plain, { echo: true }),
  "completion-scored": text(ASKED.plain, { echo: true, max_tokens: 0, logprobs: 2 }),
  "completion-logprobs": text(ASKED.plain, { logprobs: 2 }),
  "completion-logprobs-list": text(prompts, { logprobs: 1 }),
  "completion-suffix": text(ASKED.plain, { suffix: " and so on" }),
  "completion-null": text(ASKED.plain, { temperature: null }),
  "completion-stop": text(ASKED.stop, { stop: [ASKED.stop_at] }),
  "completion-max-tokens": text(ASKED.plain, { max_tokens: ASKED.cut }),
  "completion-no-limit": text(ASKED.unicode),
  "completion-twice": twice,
  "completion-concurrent": concurrent,
  "completion-empty-list": text([]),
  "completion-spoiled-list": text(["", null]),
  "completion-unknown-model": text(ASKED.plain, { model: "nobody" }),
  "completion-stream": stream(),
  "completion-stream-first": first,
  "completion-stream-unicode": stream(ASKED.unicode, long),
  "completion-stream-list": stream(prompts),
  "completion-stream-choices": stream(prompts, { n: 2 }),
  "completion-stream-usage": stream(ASKED.plain, { stream_options: { include_usage: true } }),
  "completion-stream-echo": stream(ASKED.plain, { echo: true }),
  "completion-stream-logprobs": stream(ASKED.plain, { logprobs: 2 }),
  "completion-stream-stop": stream(ASKED.stop, { stop: ASKED.stop_at }),
  "completion-stream-max-tokens": stream(ASKED.plain, { max_tokens: ASKED.cut }),
  "completion-failing-stream": stream(ASKED.plain, { model: "echo-failing" }),
};
