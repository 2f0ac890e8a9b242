// figure.svg: a figure's charts as one drawing without scripts or style sheets, from the same lines, references and axis as
// the page. Fixed light colours, so that it prints.

import type { Evidence } from '../experiment/figures/evidence';
import type { Figure } from '../experiment/figures/figure';
import { kinOf } from '../experiment/figures/kin';
import { figureAxis, figureLines, figureRates, referenceValues } from '../experiment/figures/lines';
import type { PartResults } from './figure_files';
import { escaped, type Look, panelHeight, panelSvg, panelWidth, text } from './figure_svg_panel';

/** Contrast with white is 4 or more for each. */
const colours = ['#c24e00', '#0072b2', '#007a5a', '#b0568a', '#a86400', '#1f86c4'] as const;
const grey = '#5B6470';
const dashes = ['', '7 3', '2 3'] as const;

const width = 1280;
const margin = 24;
const headHeight = 92;
const partHeight = panelHeight + 64;
const footHeight = 40;

export function figureSvg(figure: Figure, done: readonly PartResults[], evidence: Evidence): string {
  const height = headHeight + done.length * partHeight + footHeight;
  const looks = lookOf(done);
  const parts = done.map((one, i) => partSvg(figure, one, evidence, looks, headHeight + i * partHeight));
  const [first] = done;
  const origin = first
    ? `${first.results.adapter.description || first.results.adapter.kind} · ${first.part.experiment.seeds.length} seed(s) · Rewarm ${first.results.version}`
    : '';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Inter, Helvetica, Arial, sans-serif">`,
    `<title>${escaped(`${figure.name}: ${figure.question}`)}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    text(margin, 40, figure.question, { size: 24, family: "'Source Serif 4', Georgia, serif" }),
    text(margin, 66, figure.watch, { size: 14, colour: grey }),
    ...parts,
    text(margin, height - 16, `After ${figure.source}, thousands of times smaller. ${origin}`, {
      size: 12,
      colour: grey,
    }),
    '</svg>\n',
  ].join('\n');
}

/** A colour and dash for every arm of the figure, the same in all its parts. */
function lookOf(done: readonly PartResults[]): (arm: string) => Look {
  const curves = [
    ...new Set(
      done.flatMap(({ part }) =>
        part.experiment.arms.map(({ id }) => id).filter((id) => !part.references.includes(id)),
      ),
    ),
  ];
  const families = [...new Set(curves.map(kinOf))];
  return (arm) => {
    if (!curves.includes(arm)) return { colour: grey, dash: '5 4' };
    const i = families.indexOf(kinOf(arm));
    const turn = Math.floor(i / colours.length) + (kinOf(arm) === arm ? 0 : 1);
    return { colour: colours[i % colours.length] ?? grey, dash: dashes[turn % dashes.length] ?? '' };
  };
}

function partSvg(
  figure: Figure,
  { part }: PartResults,
  evidence: Evidence,
  look: (arm: string) => Look,
  top: number,
): string {
  const axis = figureAxis(figure, part);
  const end = axis.end * figure.window;
  const rates = figureRates(figure, part).map((line) => ({ ...line, look: look(line.arm) }));
  const panels = figure.measures.map((measure, i) =>
    panelSvg({
      x: margin + i * (panelWidth + margin),
      y: top + 30,
      width: figure.measures.length === 1 ? width - 2 * margin : panelWidth,
      title: measure === 'd1' ? 'New data (D1): what it learns' : 'Old data (D0): what it forgets',
      end,
      bands: axis.bands,
      // The first drop of a training from scratch would flatten everything after it.
      from: figure.origin === 'start' ? 0.1 * axis.end : 0,
      lines: figureLines(figure, part, measure, evidence).map((line) => ({ ...line, look: look(line.arm) })),
      references: referenceValues(part, measure, evidence).map((line) => ({ ...line, look: look(line.arm) })),
      rates,
    }),
  );
  return [text(margin, top + 16, part.title, { size: 16, weight: 600 }), ...panels].join('\n');
}
