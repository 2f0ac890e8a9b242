// Short names of the figures' arms, for the ends of lines.

/** Names short enough for the end of a line, where neither the id nor a number in it is one. */
const shortNames: Readonly<Record<string, string>> = {
  peak: 'no decay',
  'rewarm-half': '0.5×',
  'rewarm-double': '2×',
  base: 'old only',
  scratch: 'from scratch',
  'cosine-inf': 'inf. cosine',
  'invsqrt-inf': 'inf. root',
  'cosine-repeat': 'repeated',
};

/** What the plain re-warmed run is called beside its neighbours. */
function plainName(arms: readonly string[]): string {
  if (arms.some((arm) => arm.startsWith('replay-'))) return 'no replay';
  if (arms.some((arm) => arm.startsWith('warmup-'))) return '1 %';
  if (arms.some((arm) => arm.startsWith('from-'))) return 'from the end';
  return arms.includes('rewarm-half') ? '1×' : 're-warm';
}

/** @param arms all arms of the part */
export function shortName(arm: string, arms: readonly string[]): string {
  if (arm === 'rewarm') return plainName(arms);
  if (arm.startsWith('same-')) return `same, ${shortName(arm.slice(5), arms)}`;
  const [, kind, number] = /-?(anneal|replay|warmup|from)-(\dp?\d*)$/.exec(arm) ?? [];
  if (kind === 'anneal') return `annealed ${number}`;
  const percent = number && `${number.replace('p', '.')} %`;
  return percent ? (kind === 'from' ? `from ${percent}` : percent) : (shortNames[arm] ?? arm.replaceAll('-', ' '));
}

/** Longest name that the space right of a chart holds, in characters. */
const mostCharacters = 14;

const cut = (name: string) => (name.length > mostCharacters ? `${name.slice(0, mostCharacters - 1).trimEnd()}…` : name);

/**
 * Short names of the arms of an experiment of one's own: of a label such as `re-warm, 25 % replay` what others do not say
 * too, cut where that is still too long. A label whose short name another arm would have as well is only cut.
 */
export function ownNames(labels: readonly string[]): string[] {
  const said = labels.map((label) => label.split(', '));
  const everywhere = (phrase: string) => said.every((phrases) => phrases.includes(phrase));
  const short = said.map(
    (phrases, i) => phrases.filter((phrase) => !everywhere(phrase)).join(', ') || (labels[i] ?? ''),
  );
  return labels.map((label, i) =>
    cut(short.filter((name) => name === short[i]).length > 1 ? label : (short[i] ?? label)),
  );
}
