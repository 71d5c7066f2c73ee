// How the official SDK for Node is set up, and what is looked at of its completions. As openai_reading.py.
import OpenAI from "openai";
import { ASKED } from "./lines.mjs";

export const client = (url, key = ASKED.key, maxRetries = 0) =>
  new OpenAI({ baseURL: url, apiKey: key, maxRetries, timeout: ASKED.timeout * 1000 });
export const user = (content) => [{ role: "user", content }];
export const asked = (text, fields = {}) => ({ model: "echo", messages: user(text), ...fields });
export const usageOf = (usage) => (usage ? [usage.prompt_tokens, usage.completion_tokens, usage.total_tokens] : null);

// Calls with their arguments read, and how many of them can be told apart.
export const callsOf = (calls) => {
  const found = [...(calls ?? [])];
  const answered = new Set(found.map((call) => call.id)).size;
  return found.map((call) => ({ name: call.function.name, arguments: JSON.parse(call.function.arguments), answered }));
};

export const seen = (completion) => ({
  model: completion.model,
  usage: usageOf(completion.usage),
  choices: completion.choices.map((choice) => ({
    text: choice.message.content, reason: choice.finish_reason, calls: callsOf(choice.message.tool_calls),
  })),
});
