// What both ends of a recipe's link know: the recipe that says nothing, and texts of others. Both are frozen, letter for letter,
// as long as links of this version are to be opened; a first visit that begins otherwise does not change them.

import type { KeptRecipe } from '../experiment/recipe/kept';

const usual = { kind: 'cosine', warmup: 0.01, peak: 1, floor: 0.1 } as const;

/** A link holds what differs from it. */
export const origin: KeptRecipe = {
  setting: { shift: 'weak', scale: null, seeds: 1, budget: 1 },
  draft: { first: usual, second: usual, replayPercent: 0 },
  arms: [],
};

/** Of no meaning: what it has is foretold. */
export const knownRecipes = [
  '{"shift":"none","scale":"M","seeds":5,"budget":0.25,"draft":{"first":{"kind":"cosine","warmup":0.01,"peak":1,"fl',
  'oor":0.1},"second":{"kind":"constant","warmup":0.01,"peak":2},"replayPercent":50},"arms":[{"first":{"kind":"cosi',
  'ne","warmup":0.01,"peak":1,"floor":0.1},"second":{"kind":"constant","warmup":0.01,"peak":1},"replayPercent":0.5,',
  '"hidden":true},{"second":{"kind":"constant","warmup":0.01,"peak":0.5},"replayPercent":1,"slot":3}]}\n{"shift":"st',
  'rong","scale":"L","seeds":3,"budget":0.5,"draft":{"first":{"kind":"infinite","cooldown":"cosine","warmup":0.01,"',
  'peak":1,"constant":0.55,"floor":0.1,"cooldownEnd":0.6,"constantEnd":1,"alpha":10},"second":{"kind":"infinite","c',
  'ooldown":"cosine","warmup":0,"peak":0.55,"constant":0.55,"floor":0.1,"cooldownEnd":0,"constantEnd":0.85,"alpha":',
  '10},"replayPercent":10},"arms":[{"first":{"kind":"infinite","cooldown":"inverse-sqrt","warmup":0.01,"peak":1,"co',
  'nstant":0.55,"floor":0.1,"cooldownEnd":0.6,"constantEnd":1,"alpha":10},"second":{"kind":"infinite","cooldown":"i',
  'nverse-sqrt","warmup":0,"peak":0.55,"constant":0.55,"floor":0.1,"cooldownEnd":0,"constantEnd":0.85,"alpha":10}},',
  '{"first":{"kind":"cosine","warmup":0.01,"peak":1,"floor":0.1},"second":{"kind":"cosine","warmup":0.01,"peak":0.5',
  ',"floor":0.05},"replayPercent":0}]}\n{"scale":"XS","budget":0.5,"draft":{"second":{"kind":"cosine","warmup":0.01,',
  '"peak":2,"floor":0.2}},"arms":[{"second":{"kind":"constant","warmup":0,"peak":0.1},"slot":1},{"second":{"kind":"',
  'cosine","warmup":0.01,"peak":1,"floor":0.1},"slot":2,"hidden":true},{"second":{"kind":"cosine","warmup":0.01,"pe',
  'ak":1,"floor":0.1},"replayPercent":5}]}\n{"shift":"strong","scale":"S","seeds":3,"draft":{"second":{"kind":"const',
  'ant","warmup":0,"peak":0.1},"replayPercent":25},"arms":[{},{"second":{"kind":"cosine","warmup":0.01,"peak":1,"fl',
  'oor":0.1}},{"replayPercent":25}]}\n{"shift":"strong","seeds":3,"draft":{"replayPercent":25},"arms":[{"second":{"k',
  'ind":"constant","warmup":0,"peak":0.1},"replayPercent":0},{"second":{"kind":"cosine","warmup":0.01,"peak":1,"flo',
  'or":0.1}},{"replayPercent":25}]}\n',
].join('');
