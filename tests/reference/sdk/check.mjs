// The official Node SDK against the server at argv[2]: prints what it got as one JSON object.
import OpenAI from "openai";

const client = new OpenAI({ baseURL: `${process.argv[2]}/v1`, apiKey: "right", maxRetries: 0 });
const text = "The fox naïve, 日本語 and 🦊 said";
const messages = [{ role: "user", content: `Repeat exactly: ${text}` }];
const parameters = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };
const tools = [{ type: "function", function: { name: "get_time", parameters } }];
const got = {};

const whole = await client.chat.completions.create({ model: "echo", messages });
got.whole = whole.choices[0].message.content;

got.streamed = "";
const stream = await client.chat.completions.create({
  model: "echo", messages, stream: true, stream_options: { include_usage: true },
});
for await (const chunk of stream) {
  got.streamed += chunk.choices[0]?.delta.content ?? "";
  got.usage = chunk.usage?.total_tokens ?? got.usage;
}

const runner = client.chat.completions.stream({ model: "echo", messages, tools, tool_choice: "required" });
const called = (await runner.finalChatCompletion()).choices[0];
got.call = called.message.tool_calls[0].function;
got.reason = called.finish_reason;

const schema = { type: "object", properties: { age: { type: "integer", minimum: 1 } }, required: ["age"] };
const parsed = await client.chat.completions.parse({
  model: "echo", messages,
  response_format: { type: "json_schema", json_schema: { name: "person", strict: true, schema } },
});
got.structured = JSON.parse(parsed.choices[0].message.content);

const continued = await client.completions.create({ model: "echo", prompt: `Repeat exactly: ${text}`, max_tokens: 64 });
got.continued = continued.choices[0].text;
const list = await client.completions.create({ model: "echo", prompt: ["one", "two"], n: 2 });
got.list = list.choices.map((choice) => choice.text);
got.pieces = ["", ""];
const pieces = await client.completions.create({
  model: "echo", prompt: ["one two", "three"], stream: true, stream_options: { include_usage: true },
});
for await (const chunk of pieces) {
  for (const choice of chunk.choices) got.pieces[choice.index] += choice.text;
  got.counted = chunk.usage?.total_tokens ?? got.counted;
}
const behind = await client.completions.create({ model: "echo", prompt: "one two", echo: true, logprobs: 2 });
got.behind = behind.choices[0];

got.models = [];
for await (const model of client.models.list()) got.models.push(model.id);
got.slash = (await client.models.retrieve("wirecheck/echo")).id;

const texts = ["The cat sleeps on the sofa.", "Interest rates rose in March."];
const packed = await client.embeddings.create({ model: "hash-embed", input: texts });
const floats = await client.embeddings.create({ model: "hash-embed", input: texts, encoding_format: "float" });
const short = await client.embeddings.create({ model: "hash-embed", input: [[1, 2], [3]], dimensions: 8 });
got.packed = packed.data.map((each) => each.embedding);
got.floats = floats.data.map((each) => each.embedding);
got.short = short.data.map((each) => each.embedding.length);

const failed = await client.chat.completions.create({ model: "nobody", messages }).catch((error) => error);
got.unknown = [failed.constructor.name, failed.status, failed.code, failed.param];
try {
  for await (const _ of await client.chat.completions.create({ model: "echo-failing", messages, stream: true })) {}
} catch (error) {
  got.broken = error.message;
}
console.log(JSON.stringify(got));
