// The figures' corner of the page, fetched when it is opened: the gallery, one figure, or results out of a file or a link.

import type { FigureLook } from '../../store/figure_link';
import type { Page } from '../route';
import { FigurePage } from './FigurePage';
import { FilePage } from './FilePage';
import { Gallery } from './Gallery';
import { LinkPage } from './LinkPage';

interface FiguresProps {
  readonly route: Page;
  /** How the address wants a figure to be looked at. */
  readonly look: FigureLook | undefined;
  readonly tables: boolean;
  readonly onTables: (tables: boolean) => void;
}

export default function Figures({ route, look, tables, onTables }: FiguresProps) {
  if (route.page === 'link') {
    return <LinkPage key={route.letters} letters={route.letters} tables={tables} onTables={onTables} />;
  }
  if (route.page === 'file') return <FilePage tables={tables} onTables={onTables} />;
  // Each figure has its own state: which part, what is solo.
  if (route.page === 'figure') {
    const { id, asked } = route;
    return <FigurePage key={`${id}?${asked}`} id={id} look={look} tables={tables} onTables={onTables} />;
  }
  return <Gallery />;
}
