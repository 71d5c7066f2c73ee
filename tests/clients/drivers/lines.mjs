// How a driver in Node talks: a line of JSON in (an address, a call), a line out (what its user sees). As lines.py.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

export const ASKED = JSON.parse(readFileSync(new URL("./asked.json", import.meta.url)));

export const LONG = "Repeat exactly: " +
  Array.from({ length: ASKED.sentences }, (_, number) => ASKED.long.replace("{}", number)).join("").trim();

export const ALIKE = Array.from({ length: 10 }, (_, number) => ASKED.alike.replace("{}", number));

export const WORDS = "Repeat exactly: " + Array.from({ length: ASKED.words }, (_, number) => number).join(" ");

export const version = (name) =>
  JSON.parse(readFileSync(new URL(`./node_modules/${name}/package.json`, import.meta.url))).version;

// Log probabilities as a user prints them: each token with its number, and the alternatives.
export const joined = (pieces) => pieces.map((each) => ({
  token: each.token ?? null,
  logprob: each.logprob ?? null,
  top: (each.top_logprobs ?? each.topLogprobs ?? []).map((other) => [other.token ?? null, other.logprob ?? null]),
}));

const plain = (value) =>
  value === undefined || value === null ? null : ["string", "number"].includes(typeof value) ? value : String(value);

// What a user can tell of an error: its class, the fields that say what was wrong, its message.
const raised = (error) => {
  const told = error?.data?.error ?? error;
  return {
    class: (error instanceof DOMException ? error.name : error?.constructor?.name) ?? typeof error,
    status: plain(error?.status ?? error?.statusCode),
    code: plain(told?.code),
    param: plain(told?.param),
    type: plain(told?.type),
    message: plain(error?.message ?? error),
  };
};

const bounded = (call, url) => {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("no answer in time: hangs")), ASKED.timeout * 1000);
  });
  return Promise.race([call(url), late]).finally(() => clearTimeout(timer));
};

export const serve = async (names, calls, exempt = []) => {
  const write = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);
  // A rejection that nobody waits for would end the process, as it would that of a user.
  const stray = [];
  process.on("unhandledRejection", (error) => stray.push(error));
  console.log = console.info = console.warn = console.error = () => {};
  write({ versions: Object.fromEntries(names.map((name) => [name, version(name)])), calls: Object.keys(calls) });
  for await (const line of createInterface({ input: process.stdin })) {
    const { url, call } = JSON.parse(line);
    stray.length = 0;
    try {
      const made = calls[call];
      const returned = await (exempt.includes(call) ? made(url) : bounded(made, url));
      if (stray.length) throw stray[0];
      write({ returned });
    } catch (error) {
      write({ raised: raised(error) });
    }
  }
};
