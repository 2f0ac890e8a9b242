// What was sent, fetched when something is opened: results out of files, or of the address itself.

import type { Page } from '../route';
import { FilePage } from './FilePage';
import { LinkPage } from './LinkPage';

interface OpenedProps {
  readonly route: Page;
  readonly tables: boolean;
  readonly onTables: (tables: boolean) => void;
}

export default function Opened({ route, tables, onTables }: OpenedProps) {
  if (route.page === 'link') {
    return <LinkPage letters={route.letters} asked={route.asked} tables={tables} onTables={onTables} />;
  }
  return <FilePage tables={tables} onTables={onTables} />;
}
