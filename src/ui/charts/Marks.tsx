// Draws marks of plot/ with React: inside a drawing, as a layer of a panel, or as the sample of a line.

import { createElement, memo, type ReactElement } from 'react';
import type { Frame } from '../../plot/frame';
import { type Mark, swatch } from '../../plot/marks';
import type { Appearance } from '../../plot/palette';
import styles from './Panel.module.css';

function draw({ tag, role, attributes, children = [] }: Mark): ReactElement {
  const inside = typeof children === 'string' ? [children] : children.map(draw);
  return createElement(tag, { ...attributes, className: role }, ...inside);
}

export function Marks({ marks }: { readonly marks: readonly Mark[] }) {
  // As arguments, children need no keys: a mark is known by its place in the drawing.
  return createElement('g', null, ...marks.map(draw));
}

interface LayerProps {
  readonly frame: Frame;
  readonly marks: readonly Mark[];
}

/** Drawn again only when its marks are others. */
export const Layer = memo(function Layer({ frame, marks }: LayerProps) {
  return (
    <svg className={styles.layer} width={frame.width} height={frame.height} aria-hidden="true">
      <Marks marks={marks} />
    </svg>
  );
});

/** A short piece of an arm's line with its marker, for lists and tables. */
export function Swatch({ appearance }: { readonly appearance: Appearance }) {
  return (
    <svg width="22" height="12" aria-hidden="true" style={{ flex: 'none' }}>
      <Marks marks={swatch(appearance)} />
    </svg>
  );
}
