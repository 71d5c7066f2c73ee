// What holds for all that is kept, by the official SDK for Node. As openai_kept.py.
import { randomUUID } from "node:crypto";
import { NotFoundError } from "openai";
import { ASKED } from "./lines.mjs";
import { client } from "./openai_node_reading.mjs";

export const all = async (pages) => {
  const found = [];
  for await (const each of pages) found.push(each);
  return found;
};

// The places, among what was made, of what a list shows of it.
export const own = (things, made) => {
  const ids = made.map((each) => each.id);
  return things.map((each) => ids.indexOf(each.id)).filter((place) => place >= 0);
};

export const named = () => ({ headers: { "Idempotency-Key": randomUUID() } });

const pages = (area, make) => async (url) => {
  const sdk = client(url), kept = area(sdk), things = [];
  for (let made = 0; made < 3; made += 1) things.push(await make(sdk));
  const first = await kept.list({ limit: 2 });
  const shown = {
    page: [first.data.length, first.hasNextPage()],
    newest: own(await all(kept.list({ limit: 2, order: "desc" })), things),
    oldest: own(await all(kept.list({ limit: 2, order: "asc" })), things),
  };
  for (const each of things) await kept.delete(each.id);
  return { ...shown, after: own(await all(kept.list({ order: "desc" })), things) };
};

const gone = (area, make) => async (url) => {
  const sdk = client(url), thing = await make(sdk);
  await area(sdk).retrieve(thing.id);
  await area(sdk).delete(thing.id);
  return (await area(sdk).retrieve(thing.id)).id === thing.id;
};

// What one key keeps is asked for with another: found, or not.
const others = (area, make, listed) => async (url) => {
  const sdk = client(url), thing = await make(sdk);
  if (listed) await area(sdk).list({ limit: 1 });
  let found;
  try {
    found = (await area(client(url, ASKED.other_key)).retrieve(thing.id)).id === thing.id;
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    found = "not found";
  }
  await area(sdk).delete(thing.id);
  return found;
};

const othersList = (area, make) => async (url) => {
  const sdk = client(url), thing = await make(sdk);
  const found = own(await all(area(client(url, ASKED.other_key)).list()), [thing]);
  await area(sdk).delete(thing.id);
  return found;
};

const madeAt = (thing) => thing.created_at ?? thing.created;

// The same request with one key of idempotency: twice, and with another caller's key.
const once = (area, make) => async (url) => {
  const sdk = client(url), other = client(url, ASKED.other_key), options = named();
  const [first, second, third] = [await make(sdk, options), await make(sdk, options), await make(other, options)];
  await area(sdk).delete(first.id);
  await area(other).delete(third.id);
  return [first.id === second.id, madeAt(first) === madeAt(second), first.id === third.id];
};

// The entries of a list behind one that there is not.
const afterNobody = (area, make, after) => async (url) => {
  const sdk = client(url), thing = await make(sdk);
  await area(sdk).list({ limit: 1 });
  try {
    return (await area(sdk).list({ after })).data.length;
  } finally {
    await area(sdk).delete(thing.id);
  }
};

// `nobody` is an id that none of them has; `listed`: the SDK lists them.
export const common = (name, area, make, nobody, listed) => ({
  [`${name}-deleted`]: gone(area, make),
  [`${name}-others`]: others(area, make, listed),
  [`${name}-idempotent`]: once(area, make),
  ...(listed ? {
    [`${name}-pages`]: pages(area, make),
    [`${name}-others-list`]: othersList(area, make),
    [`${name}-after-nobody`]: afterNobody(area, make, nobody),
  } : {}),
});
