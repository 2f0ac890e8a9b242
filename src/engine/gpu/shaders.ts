// Puts the text of a kernel together from the files of shaders/, which are what is written in them but for the name of a
// pass. WGSL can include nothing and has no generics, so a header says what its text needs beside itself:
//   // uses     block, gelu                 texts of prelude/; `nothing` where a kernel needs none
//   // uses     FORM for forward, backward  and text that is repeated for these passes
//   // uses     each pass: operands         the text that is repeated, with the pass's name for `pass_` and `PASS_`
//   // forms    registers, subgroups        what FORM stands for: a text for each of them

import type { FormText } from '../forms/forms';
import type { Dispatch } from './dispatch';

const files = import.meta.glob<string>(['../../../shaders/*.wgsl', '../../../shaders/prelude/*.wgsl'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

const names = Object.keys(files).map((path) => path.replace(/^.*\/shaders\/|\.wgsl$/g, ''));
const texts = new Map(names.map((name, i) => [name, Object.values(files)[i] ?? '']));

function textOf(name: string): string {
  const text = texts.get(name);
  if (text === undefined) throw new RangeError(`There is no shaders/${name}.wgsl.`);
  return text;
}

const listed = (words = '') => words.split(', ').filter((word) => word !== '' && word !== 'nothing');

interface Uses {
  readonly texts: readonly string[];
  readonly eachPass: readonly string[];
  readonly passes: readonly string[];
  readonly forms: readonly string[];
}

/** What the header of a text says. */
function usesOf(text: string): Uses {
  const clauses = [...text.matchAll(/^\/\/ uses {5}(.*)$/gm)].map(([, clause = '']) => clause);
  const each = /^each pass: /;
  const plain = clauses.filter((clause) => !each.test(clause)).map((clause) => clause.split(' for '));
  return {
    texts: plain.flatMap(([own]) => listed(own)),
    eachPass: clauses.filter((clause) => each.test(clause)).flatMap((clause) => listed(clause.replace(each, ''))),
    passes: plain.flatMap(([, passes]) => listed(passes)),
    forms: listed(text.match(/^\/\/ forms {4}(.*)$/m)?.[1]),
  };
}

/** A text of prelude/, then what it uses, then what each pass does. */
function included(name: string, passes: readonly string[]): string[] {
  const text = textOf(`prelude/${name}`);
  const { texts: others, eachPass } = usesOf(text);
  const forPass = (each: string, pass: string) =>
    textOf(`prelude/${each}`).replaceAll('pass_', `${pass}_`).replaceAll('PASS_', `${pass.toUpperCase()}_`);
  return [
    text,
    ...others.flatMap((other) => included(other, passes)),
    ...passes.flatMap((pass) => eachPass.map((each) => forPass(each, pass))),
  ];
}

/** What a kernel uses, in one form, then its own text. */
function assembled(shader: string, form: string): string {
  const own = textOf(shader);
  const { texts: others, passes } = usesOf(own);
  if (!/^\/\/ uses /m.test(own)) throw new RangeError(`${shader}.wgsl does not say what it uses.`);
  return [...others.flatMap((name) => included(name.replace('FORM', form), passes)), own].join('\n');
}

type Wanted = Pick<Dispatch, 'shader' | 'form'>;

/** Every text there is: of each kernel, in each of its forms. */
export const shaderTexts: readonly Wanted[] = names
  .filter((name) => !name.includes('/'))
  .flatMap((shader): Wanted[] => {
    const { forms } = usesOf(textOf(shader));
    return forms.length === 0 ? [{ shader }] : forms.map((form) => ({ shader, form: form as FormText }));
  });

const key = ({ shader, form = '' as FormText }: Wanted) => `${shader} ${form}`;
const sources = new Map(shaderTexts.map((wanted) => [key(wanted), assembled(wanted.shader, wanted.form ?? '')]));

/** The complete WGSL text that a dispatch runs. */
export function shaderSource(wanted: Wanted): string {
  const source = sources.get(key(wanted));
  if (source === undefined) throw new RangeError(`There is no shader ${key(wanted)}.`);
  return source;
}
