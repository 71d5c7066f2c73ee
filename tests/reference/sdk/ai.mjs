// The AI SDK talks to the server at argv[2] as its documentation shows: prints what it got as one JSON object.
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { cosineSimilarity, embed, embedMany, generateText, jsonSchema, streamText, tool } from "ai";

const provider = createOpenAICompatible({
  name: "wirecheck", baseURL: `${process.argv[2]}/v1`, apiKey: "right", includeUsage: true,
});
const got = {};

const model = provider("echo");
const prompt = "The fox naïve, 日本語 and 🦊 said";
const whole = await generateText({ model, prompt });
got.whole = whole.text;
got.usage = whole.usage.totalTokens;
const streamed = streamText({ model, prompt });
got.streamed = "";
for await (const part of streamed.textStream) got.streamed += part;
got.streamedUsage = (await streamed.usage).totalTokens;
const called = await generateText({
  model, prompt: "what time is it?", toolChoice: "required",
  tools: { get_time: tool({ inputSchema: jsonSchema({ type: "object", properties: { city: { type: "string" } }, required: ["city"] }) }) },
});
got.call = called.toolCalls.map((call) => [call.toolName, call.input]);
got.reason = called.finishReason;

const completion = provider.completionModel("echo");
got.completed = (await generateText({ model: completion, prompt: "one two" })).text;
const pieces = streamText({ model: completion, prompt: "one two" });
got.pieces = "";
for await (const part of pieces.textStream) got.pieces += part;

const embedding = provider.embeddingModel("hash-embed");
const many = await embedMany({ model: embedding, values: ["a cat sat", "a cat sits", "stock markets fell"] });
got.lengths = many.embeddings.map((each) => each.length);
got.tokens = many.usage.tokens;
got.near = cosineSimilarity(many.embeddings[0], many.embeddings[1]) > cosineSimilarity(many.embeddings[0], many.embeddings[2]);
got.one = (await embed({ model: embedding, value: "a cat sat" })).embedding.length;

const failed = await generateText({ model: provider("nobody"), prompt, maxRetries: 0 }).catch((error) => error);
got.unknown = [failed.name, failed.statusCode, failed.data?.error?.code];
console.log(JSON.stringify(got));
