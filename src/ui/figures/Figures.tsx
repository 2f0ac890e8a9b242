// The figures' corner of the page, fetched when it is opened: the gallery, one figure, or results out of a file or a link. Each
// visit begins anew: which part, what is hidden.

import type { FigureLook } from '../../store/look';
import { fetchedPart } from '../fetched';
import type { Page } from '../route';
import { FigurePage } from './FigurePage';
import { Gallery } from './Gallery';

/** Few are sent something. */
const Opened = fetchedPart(() => import('./Opened'));

interface FiguresProps {
  readonly route: Page;
  /** How the address wants a figure to be looked at. */
  readonly look: FigureLook | undefined;
  readonly tables: boolean;
  readonly onTables: (tables: boolean) => void;
}

export default function Figures({ route, look, tables, onTables }: FiguresProps) {
  if (route.page === 'link' || route.page === 'file') {
    return <Opened route={route} tables={tables} onTables={onTables} />;
  }
  if (route.page === 'figure') {
    return <FigurePage id={route.id} look={look} tables={tables} onTables={onTables} />;
  }
  return <Gallery />;
}
