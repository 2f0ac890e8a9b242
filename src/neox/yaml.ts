// A YAML file as GPT-NeoX reads it (PyYAML, YAML 1.1): one argument a line, with what is to be said about it above.

export type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value };

/** Sentences, then the arguments they are about. */
export interface Section {
  readonly says: readonly string[];
  readonly values: Readonly<Record<string, Value>>;
}

/** PyYAML takes 1e-8 for a text: a number with an exponent needs a point. */
function numberText(value: number): string {
  const text = String(value);
  return text.includes('e') && !text.includes('.') ? text.replace('e', '.0e') : text;
}

function valueText(value: Value): string {
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(valueText).join(', ')}]`;
  const pairs = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${valueText(item)}`);
  return `{${pairs.join(', ')}}`;
}

/** A person's words on one line: nothing that ends a comment or that YAML refuses. */
export function tame(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}\p{P}\p{S}\p{M} ]/gu, ' ');
}

const width = 110;

/** Sentences as a comment, in lines of a readable length. */
export function commented(sentences: readonly string[]): string {
  const lines = sentences.flatMap((sentence) => {
    const broken = [''];
    for (const word of tame(sentence).split(' ')) {
      const line = broken.at(-1) ?? '';
      if (line !== '' && line.length + 1 + word.length > width) broken.push(word);
      else broken[broken.length - 1] = line === '' ? word : `${line} ${word}`;
    }
    return broken;
  });
  return lines.map((line) => `# ${line}\n`).join('');
}

export function yamlText(sections: readonly Section[]): string {
  return sections
    .map(({ says, values }) => {
      const lines = Object.entries(values).map(([key, value]) => `${JSON.stringify(key)}: ${valueText(value)}\n`);
      return commented(says) + lines.join('');
    })
    .join('\n');
}
